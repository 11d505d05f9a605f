"""bpmn-engine in Node, its state in SQLite."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.http.content import TASKS
from benchmarks.http.office import ANSWERS
from benchmarks.http.serving import ROOT
from benchmarks.peers.content import plain

NAME = "bpmn-engine"
_HERE = Path(__file__).parent / "node"
_FOLDER = ROOT / ".krabuan" / "bpmn-engine"
_NODE = (sys.executable, str(ROOT / "build_backend" / "frontend.py"))


def steps(cases: int) -> list[float]:
    """The milliseconds of each step of so many cases."""
    _install()
    with TemporaryDirectory() as folder:
        question = {
            "diagram": plain(), "database": f"{folder}/peer.db", "cases": cases, "tasks": TASKS, "answers": ANSWERS
        }  # fmt: skip
        run = [*_NODE, "node", str(_FOLDER / "peer.mjs")]
        asked = json.dumps(question).encode()
        finished = subprocess.run(run, input=asked, cwd=_FOLDER, check=True, stdout=subprocess.PIPE)
    times: list[float] = json.loads(finished.stdout)["times"]
    return times


def _install() -> None:
    """As the lock file says, once."""
    wanted = hashlib.sha256((_HERE / "package-lock.json").read_bytes()).hexdigest()
    stamp = _FOLDER / ".lock-digest"
    if not stamp.is_file() or stamp.read_text(encoding="ascii") != wanted:
        _FOLDER.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json", ".npmrc"):
            shutil.copy(_HERE / name, _FOLDER / name)
        subprocess.run([*_NODE, "npm", "ci", "--ignore-scripts", "--silent"], cwd=_FOLDER, check=True)
        stamp.write_text(wanted, encoding="ascii")
    # beside its package: Node looks for packages from the script's own folder upwards
    shutil.copy(_HERE / "peer.mjs", _FOLDER / "peer.mjs")
