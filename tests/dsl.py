"""Tests that read like cases: an office over a real database, with a clock moved by hand.

`office.deploy(...)`, `office.start("p", x=1)`, `office.complete("a", x=2)`, `office.advance("PT3H")`.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import orjson
from sqlalchemy import Row, Table, inspect, make_url, select

from engine.adapters.clock import TestClock
from engine.adapters.keys import CountingKeys
from engine.adapters.vault import KeyVault
from engine.bus import Bus
from engine.calendar.durations import add, parse_duration
from engine.commands.checking import Resource
from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.commands.create_instance import CreateInstance
from engine.commands.decide_intervention import ApproveIntervention
from engine.commands.definitions import Definitions
from engine.commands.deploy import Deploy
from engine.commands.request_intervention import RequestIntervention
from engine.commands.transaction import Services
from engine.commands.waive_control_point import WaiveControlPoint
from engine.history.verify import verify_instance
from engine.jobs.dispatcher import next_due
from engine.jobs.outbox import deliver, next_delivery
from engine.jobs.work import work
from engine.model.actor import SYSTEM, Actor
from engine.ports import Courier
from engine.store import tables as t
from engine.store.database import Database
from engine.store.sealing import read_bodies
from engine.store.tables import metadata

START = datetime(2026, 4, 10, 9, tzinfo=UTC)  # Friday 16:00 in Bangkok


class PlainHasher:
    """Passwords are not what these tests are about."""

    def hash(self, password: str) -> str:
        return f"plain:{password}"

    def verify(self, hashed: str, password: str) -> bool:
        return hashed == f"plain:{password}"


def person(name: str, *groups: str) -> Actor:
    """A member of groups."""
    return Actor(name, roles=frozenset({"staff"}), groups=frozenset(groups))


KEY = bytes(32)  # of the vault of second factors
OWNER = Actor("owner", roles=frozenset({"process-owner"}), owned=frozenset({"*"}))
AUDITOR = Actor("auditor", roles=frozenset({"auditor"}))
ADMIN = Actor("admin", roles=frozenset({"administrator"}))
WORKER = Actor("worker", kind="client", roles=frozenset({"client"}))


@cache
def _without_rows() -> bytes:
    """A file of SQLite with every table and nothing in them: copying it takes a hundredth of the time of making it."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "empty.db")
        made = Database(f"sqlite:///{path}")
        metadata.create_all(made.engine)
        made.close()
        return path.read_bytes()


def with_tables(url: str) -> Database:
    """The database there, with its tables; they are made if there are none."""
    file = make_url(url).database
    if url.startswith("sqlite:///") and file and not Path(file).exists():
        Path(file).write_bytes(_without_rows())
    database = Database(url)
    if not inspect(database.engine).has_table(t.process_instance.name):
        metadata.create_all(database.engine)
    return database


class Office:
    """An engine over one database."""

    def __init__(self, url: str) -> None:
        self.database = with_tables(url)
        self.clock = TestClock(START)
        self.couriers: dict[str, Courier | None] = {"mail": None}
        self.bus = Bus(self.database, self.clock, Services(CountingKeys(), Definitions(), PlainHasher(), vault=KeyVault(KEY)))
        self.me = person("somchai", "staff_group")
        self.key = 0

    def close(self) -> None:
        self.database.close()

    def as_group(self, *groups: str, name: str = "somying") -> Office:
        """From here on a member of these groups acts."""
        self.me = person(name, *groups)
        return self

    def run(self, command: Any, actor: Actor | None = None, **options: Any) -> Any:
        return self.bus.run(command, actor or self.me, **options)

    def deploy(self, *files: tuple[str, bytes] | bytes) -> dict[str, Any]:
        """Files by name; bytes alone are `p.bpmn`."""
        resources = tuple(Resource("p.bpmn", f) if isinstance(f, bytes) else Resource(*f) for f in files)
        answer: dict[str, Any] = self.run(Deploy(resources), OWNER)
        return answer

    def start(self, process_id: str = "p", business_id: str | None = None, **variables: Any) -> int:
        """Start an instance; it becomes the one that is looked at."""
        answer = self.run(CreateInstance(process_id, variables=variables, business_id=business_id), OWNER)
        self.key = int(answer["processInstanceKey"])
        self.settle()
        return self.key

    def task(self, element_id: str) -> Row[Any]:
        """The open task of an element."""
        return next(r for r in self.rows(t.user_task) if r.element_id == element_id and r.state == "CREATED")

    def complete(self, element_id: str, actor: Actor | None = None, **variables: Any) -> Office:
        """Claim the task and complete it."""
        task = self.task(element_id)
        if task.assignee is None:
            self.run(ClaimTask(task.key), actor or OWNER)
        self.run(CompleteTask(task.key, variables), actor or OWNER)
        self.settle()
        return self

    def ask_waiver(self, element_id: str, point: str, actor: Actor, reason: str = "the minister agreed") -> int:
        """Ask that a control point of the open task is waived: the key of what waits for a second person."""
        waiver = WaiveControlPoint(self.task(element_id).key, point, reason)
        return int(self.run(RequestIntervention("waive", waiver), actor)["interventionKey"])

    def waive(self, element_id: str, point: str, asks: Actor, approves: Actor | None = None) -> Office:
        """One asks for it, the other (the owner) approves."""
        self.run(ApproveIntervention(self.ask_waiver(element_id, point, asks)), approves or OWNER)
        return self

    def settle(self) -> None:
        """Do everything that is due now."""
        while work(self.bus) + sum(deliver(self.bus, kind, courier) for kind, courier in self.couriers.items()):
            pass

    def advance(self, duration: str) -> Office:
        """Move the clock on, doing what comes due at its time."""
        target = add(self.clock.now(), parse_duration(duration), "Asia/Bangkok")
        while (due := self.next_due()) is not None and due <= target:
            self.clock.set(max(due, self.clock.now()))
            self.settle()
        self.clock.set(target)
        self.settle()
        return self

    def next_due(self) -> datetime | None:
        """When something happens next by itself."""
        moments = [next_due(self.bus), *(next_delivery(self.bus, kind) for kind in self.couriers)]
        return min((moment for moment in moments if moment is not None), default=None)

    def rows(self, table: Table, everything: bool = False) -> list[Row[Any]]:
        """The rows of a table, of this instance where it has such a column, by key."""
        query = select(table)
        if not everything and self.key and "process_instance_key" in table.c:
            query = query.where(table.c.process_instance_key == self.key)
        order = [c for name in ("sequence", "key") if (c := table.c.get(name)) is not None]
        with self.database.read() as db:
            return list(db.execute(query.order_by(*order)))

    @property
    def instance(self) -> Row[Any]:
        return next(r for r in self.rows(t.process_instance) if r.key == self.key)

    @property
    def waiting(self) -> list[str]:
        """The open user tasks of the instance."""
        return sorted(r.element_id for r in self.rows(t.user_task) if r.state == "CREATED")

    @property
    def variables(self) -> dict[str, Any]:
        """The variables of the process scope, as JSON values."""
        return {r.name: orjson.loads(r.value) for r in self.rows(t.variable) if r.scope_key == self.key}

    def events(self, *types: str) -> list[tuple[str, str | None]]:
        """(type, element) of the history events, of these types if any are named."""
        return [(r.type, r.element_id) for r in self.rows(t.history_event) if not types or r.type in types]

    def event(self, type_: str) -> dict[str, Any]:
        """The data of the last event of a type."""
        data: dict[str, Any] = [said for said in self.trail() if said["type"] == type_][-1]["data"]
        return data

    def trail(self, table: Table = t.history_event, everything: bool = False) -> list[dict[str, Any]]:
        """What the events say, with names and values as they were."""
        bodies = [row.body for row in self.rows(table, everything)]
        with self.database.read() as db:
            return read_bodies(db, bodies)

    def verified(self) -> bool:
        """Whether every chain verifies."""
        with self.database.read() as db:
            keys = db.execute(select(t.process_instance.c.key)).scalars().all()
            results = [verify_instance(db, key) for key in keys]
        return all(r is not None and r.valid for r in results)

    def snapshot(self) -> dict[str, list[Row[Any]]]:
        """Every row of every table: to prove that a refused request changed nothing."""
        return {name: self.rows(table, everything=True) for name, table in metadata.tables.items()}


__all__ = ["ADMIN", "AUDITOR", "OWNER", "SYSTEM", "WORKER", "Office", "person"]
