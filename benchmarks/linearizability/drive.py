"""Prepare a database, let the crew act on fresh cases, cut connections meanwhile, and judge each case."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import orjson
from sqlalchemy import select, text

from benchmarks.http.serving import KRABUAN, ROOT, free_port, served, until_served
from benchmarks.linearizability.content import ACTORS, GROUP, ORGANISATION, PASSWORD, PROCESS_ID, VERSIONS, diagram
from benchmarks.linearizability.doors import BusDoor, Known
from benchmarks.linearizability.model import OWNER
from benchmarks.linearizability.operations import Operation, read_lines
from benchmarks.linearizability.trail import FIRST, Told, read_trails
from benchmarks.linearizability.verdict import Tally, count, judged
from engine.adapters.clock import SystemClock
from engine.adapters.keys import Keys
from engine.adapters.passwords import Passwords
from engine.bus import Bus
from engine.commands.add_person import AddPerson
from engine.commands.checking import Resource
from engine.commands.create_instance import CreateInstance
from engine.commands.definitions import Definitions
from engine.commands.deploy import Deploy
from engine.commands.import_organisation import ImportOrganisation
from engine.commands.transaction import Services
from engine.history.verify import verify_instance
from engine.model.actor import SYSTEM
from engine.store.database import Database
from engine.store.migrations import upgrade
from engine.store.tables import process_definition

LOOKS = 100  # how often the end of a case is looked at until what was under way has come to its end
_CUT = text(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
    " ORDER BY random() LIMIT 1"
)


@dataclass(frozen=True, slots=True)
class Shape:
    """Who acts and how: clients of each process on the bus, clients of each HTTP node, how often a process is killed
    and a connection is cut (seconds between two, on average; None: never), cases, and operations on each."""

    bus: tuple[int, ...]
    http: tuple[int, ...] = ()
    kill_every: float | None = None
    cut_every: float | None = None
    cases: int = 200
    each: int = 50


class Arena:
    """One database with the process and the people, and the nodes that serve it; a context manager."""

    def __init__(self, url: str, shape: Shape, seed: str) -> None:
        self.url, self.shape, self.chance = url, shape, Random(seed)
        self.database = Database(url)
        upgrade(self.database)
        self.bus = Bus(self.database, SystemClock(), Services(Keys(), Definitions(), Passwords()))
        self.versions = _prepare(self.bus)
        self.ports = [free_port() for _ in shape.http]
        self._stack = ExitStack()

    def __enter__(self) -> Arena:
        for port in self.ports:
            data = self._stack.enter_context(TemporaryDirectory(prefix="krabuan-node-"))
            options = ("serve", "--port", str(port), "--database", self.url, "--no-content", "--data", data)
            self._stack.enter_context(served(*KRABUAN, *options, port=port, silent=True))
            until_served(port)
        return self

    def __exit__(self, *_about: object) -> None:
        self._stack.close()
        self.database.close()

    def round(self) -> Tally:
        """Fresh cases, all clients at them, and the judgement of each."""
        begun, tally = time.monotonic(), Tally()
        version = self.chance.randint(1, VERSIONS)
        start = CreateInstance(PROCESS_ID, version=version)
        cases = [int(self.bus.run(start, ACTORS[OWNER])["processInstanceKey"]) for _ in range(self.shape.cases)]
        with TemporaryDirectory(prefix="krabuan-linearizability-") as folder:
            self.act(Path(folder), self._windows(cases), tally)
            operations: dict[str, list[Operation]] = {str(case): [] for case in cases}
            for operation in read_lines(sorted(Path(folder).glob("*.jsonl"))):
                operations[operation.case].append(operation)
        judging = time.monotonic()
        trails = self._end(cases, operations)
        for case, acted in operations.items():
            count(tally, acted)
            tally.violations += judged(case, acted, version, trails[case])
        tally.violations += self._broken(cases)
        tally.seconds, tally.judging = time.monotonic() - begun, time.monotonic() - judging
        return tally

    def _windows(self, cases: Sequence[int]) -> list[Sequence[int]]:
        """Few cases at a time, so that all meet at them."""
        windows, at = [], 0
        while at < len(cases):
            windows.append(cases[at : at + self.chance.choice((1, 2, 3))])
            at += len(windows[-1])
        return windows

    def act(self, folder: Path, windows: Sequence[Sequence[int]], tally: Tally) -> None:
        """Have the crew work through the windows; what it asked and was answered is in the folder then. Raises
        RuntimeError when a client met what is no answer."""
        shape = self.shape
        members = [(count, None) for count in shape.bus] + list(zip(shape.http, self.ports, strict=True))
        plan = {
            "database": self.url, "folder": str(folder), "windows": windows, "each": shape.each, "members": members,
            "versions": {str(number): key for number, key in self.versions.items()},
            "kill_every": shape.kill_every, "seed": str(self.chance.random()),
        }  # fmt: skip
        (folder / "plan.json").write_bytes(orjson.dumps(plan))
        command = [sys.executable, "-m", "benchmarks.linearizability.crew", str(folder / "plan.json")]
        crew = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        try:
            while crew.poll() is None:
                time.sleep(0.05)
                if shape.cut_every is not None and self.chance.random() < 0.05 / shape.cut_every:
                    tally.cuts += self._cut()
            if crew.returncode:
                raise RuntimeError(f"the crew ended with {crew.returncode}")
            assert crew.stdout is not None
            tally.kills = int(crew.stdout.read())
        finally:
            crew.kill()
            crew.communicate()

    def _cut(self) -> int:
        with self.database.engine.connect() as db:
            return len(db.execute(_CUT).all())

    def _end(self, cases: Sequence[int], operations: dict[str, list[Operation]]) -> dict[str, list[Told]]:
        """See each case and its tasks once more, when nothing is under way any more; returns what history tells. What a
        killed client had asked for may still come to its end meanwhile."""
        door = BusDoor(self.bus)
        for look in range(LOOKS):
            seen: list[Operation] = []
            for case in cases:
                known = Known(self.versions, case)
                for kind in ("see-tasks", "see-case"):
                    asked = Operation(f"end.{kind}", str(case), kind, OWNER, called=time.monotonic_ns())
                    outcome = door.ask(asked, known)
                    seen.append(replace(asked, outcome=outcome, returned=time.monotonic_ns()))
            with self.database.read() as db:
                trails = read_trails(db, cases)
            revs = {o.case: o.outcome[2] for o in seen if o.kind == "see-case" and o.outcome is not None}
            if look == LOOKS - 1 or all(revs[case] == FIRST + len(trail) for case, trail in trails.items()):
                break
            time.sleep(0.05)
        for operation in seen:
            operations[operation.case].append(operation)
        return trails

    def _broken(self, cases: Sequence[int]) -> list[str]:
        with self.database.read() as db:
            bad = [case for case in cases if (found := verify_instance(db, case)) is None or not found.valid]
        return [f"case {case}: its chain does not verify" for case in bad]


def _prepare(bus: Bus) -> dict[int, int]:
    """The people, and the keys of the versions by their numbers."""
    bus.run(ImportOrganisation(ORGANISATION), SYSTEM)
    for name, actor in ACTORS.items():
        roles = tuple((role, "*" if role == "process-owner" else "") for role in sorted(actor.roles))
        groups = (GROUP,) if actor.groups else ()
        bus.run(AddPerson(name, name.title(), PASSWORD, groups=groups, roles=roles), SYSTEM)
    for version in range(1, VERSIONS + 1):
        bus.run(Deploy((Resource("shared.bpmn", diagram(version)),)), SYSTEM)
    d = process_definition.c
    with bus.database.read() as db:
        return {row.version: row.key for row in db.execute(select(d.version, d.key).where(d.process_id == PROCESS_ID))}
