"""Start the node, kill it with SIGKILL at random moments, start it again, and judge in the end."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.crash.diagram import CASE
from benchmarks.crash.judge import Verdict, judge
from engine.adapters.clock import SystemClock
from engine.adapters.keys import Keys
from engine.adapters.passwords import Passwords
from engine.bus import Bus
from engine.commands.checking import Resource
from engine.commands.definitions import Definitions
from engine.commands.deploy import Deploy
from engine.commands.transaction import Services
from engine.model.actor import SYSTEM
from engine.store.database import Database
from engine.store.tables import metadata

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 300.0  # seconds without the end before the run counts as stuck
# seconds that a node lives: so short that 100 kills come before 500 cases are done, long enough to do a few commands
LIFE = (0.01, 0.12)


@dataclass(slots=True)
class Run:
    """One crash run and its figures."""

    database: str
    cases: int
    kills: int = 0
    seconds: float = 0.0
    verdict: Verdict = field(default_factory=Verdict)

    def figures(self) -> dict[str, Any]:
        """What goes into the figures file."""
        return {**asdict(self), "database": self.database.split(":")[0]}


def prepare(url: str) -> None:
    """An empty database with the process deployed."""
    database = Database(url)
    metadata.create_all(database.engine)
    bus = Bus(database, SystemClock(), Services(Keys(), Definitions(), Passwords()))
    bus.run(Deploy((Resource("crash.bpmn", CASE.encode()),)), SYSTEM)
    database.close()


def crash_run(url: str, cases: int, kills: int, seed: int) -> Run:
    """Run `cases` cases while killing the node `kills` times; the moments follow from `seed`."""
    prepare(url)
    run, chance, began = Run(url, cases), random.Random(seed), time.monotonic()
    while True:
        node = _spawn(url, cases)
        done = _run_for(node, chance.uniform(*LIFE) if run.kills < kills else PATIENCE)
        if done:
            break
        node.kill()
        node.wait()
        if run.kills >= kills:
            break  # it did not come to its end in all the time it had
        run.kills += 1
    run.seconds = round(time.monotonic() - began, 1)
    run.verdict = judge(url, cases)
    return run


def _spawn(url: str, cases: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "benchmarks.crash.node", "--database", url, "--cases", str(cases)]
    node = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert node.stdout is not None
    node.stdout.readline()  # ready: kills before that only prove that Python starts
    return node


def _run_for(node: subprocess.Popen[str], seconds: float) -> bool:
    """Whether the node came to its end by itself within the time."""
    try:
        status = node.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    if status != 0:
        raise RuntimeError(f"the node ended by itself with {status}")
    return True
