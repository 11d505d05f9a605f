"""A real server on the loopback interface, for clients that are not ours."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from api.runtime import open_runtime
from engine.adapters.passwords import Passwords
from engine.commands.add_client import AddClient
from engine.commands.add_person import AddPerson
from engine.commands.import_organisation import ImportOrganisation
from engine.model.actor import SYSTEM
from engine.store.migrations import upgrade

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "correct horse"
ORGANISATION = "units: [{key: clerks, th: กลุ่มธุรการ, en: Clerks}]"
START = "from api.cli import main; raise SystemExit(main())"
PEOPLE = (
    AddPerson("ann", "Ann", PASSWORD, groups=("clerks",)),
    AddPerson("owner", "Process owner", PASSWORD, roles=(("process-owner", "*"),)),
    AddPerson("admin", "Administrator", PASSWORD, roles=(("administrator", ""),)),
    AddPerson("worker", "A worker", PASSWORD, roles=(("client", ""),)),
)


@dataclass(frozen=True)
class Server:
    """A running server: its address, the process, and the clients that were added."""

    url: str
    process: subprocess.Popen[bytes]
    clients: tuple[dict[str, str], ...] = ()  # ids and secrets


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """`krabuan serve` with no process and three accounts, over SQLite and over PostgreSQL."""
    folder = tmp_path_factory.mktemp("server")
    url = f"sqlite:///{folder / 'krabuan.db'}"
    if request.param == "postgresql":
        cluster = request.getfixturevalue("postgres_cluster")
        url = cluster.url(cluster.create())
    runtime = open_runtime(url, hasher=Passwords(8, 1))
    upgrade(runtime.database)
    runtime.bus.run(ImportOrganisation(ORGANISATION), SYSTEM)
    for person in PEOPLE:
        runtime.bus.run(person, SYSTEM)
    client = runtime.bus.run(AddClient("worker", "jobs alone", frozenset({"job:work"})), SYSTEM)
    runtime.close()
    port = free_port()
    command = [sys.executable, "-c", START, "serve", "--no-content", "--port", str(port), "--database", url]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    with open(folder / "server.log", "wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, env=environment)
    try:
        wait_until_up(f"http://127.0.0.1:{port}/v2/status", process, folder / "server.log")
        yield Server(f"http://127.0.0.1:{port}", process, (client,))
    finally:
        process.terminate()
        process.wait(30)


def wait_until_up(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Ask until the server answers; fail with its log when it ends or a minute is over."""
    import time

    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    raise AssertionError(f"the server did not start:\n{log.read_text(encoding='utf-8')}")
