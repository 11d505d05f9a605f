"""The office of the HTTP benchmarks: a database with the process, one person who may do everything, and open tasks."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import orjson
from sqlalchemy import event, select

from benchmarks.http.content import FORM, PROCESS
from benchmarks.http.load import Request
from benchmarks.http.serving import KRABUAN, free_port, served, until_served
from engine.adapters.clock import SystemClock
from engine.adapters.keys import Keys
from engine.adapters.passwords import Passwords
from engine.bus import Bus
from engine.commands.add_person import AddPerson
from engine.commands.checking import Resource
from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.commands.create_instance import CreateInstance
from engine.commands.definitions import Definitions
from engine.commands.deploy import Deploy
from engine.commands.transaction import Services
from engine.model.actor import SYSTEM, Actor
from engine.store.database import Database
from engine.store.migrations import upgrade
from engine.store.prepared import Prepared
from engine.store.tables import history_event, process_instance, user_task

NAME, PASSWORD = "bench", "Srimuang-47-thulium-orbit"
PERSON = Actor(NAME, roles=frozenset({"process-owner", "staff"}), owned=frozenset({"*"}))


def basic(name: str) -> dict[str, str]:
    """The headers of requests of this person, who has the password."""
    known = b64encode(f"{name}:{PASSWORD}".encode()).decode()
    return {"Authorization": f"Basic {known}", "Content-Type": "application/json"}


HEADERS = basic(NAME)
ANSWERS = {"amount": 1200, "note": "ตรวจแล้วถูกต้อง", "checked": True}
_START = orjson.dumps({"processDefinitionId": "bench", "variables": {"amount": 5}})
START: Request = ("POST", "/v2/process-instances", _START)


def prepare(url: str, *resources: Resource, people: Sequence[str] = (NAME,)) -> Bus:
    """Tables, the process (or other files instead of it), and people who own every process."""
    found = Database(url)
    upgrade(found)
    bus = Bus(found, SystemClock(), Services(Keys(), Definitions(), Passwords()))
    bus.run(Deploy(resources or (Resource("bench.bpmn", PROCESS), Resource("bench.form", FORM))), SYSTEM)
    for name in people:
        bus.run(AddPerson(name, "Bench", PASSWORD, roles=(("process-owner", "*"), ("staff", ""))), SYSTEM)
    return bus


@contextmanager
def serving(url: str) -> Iterator[tuple[int, int]]:
    """The port and the process of `krabuan serve` over the database; it answers."""
    port = free_port()
    with TemporaryDirectory() as folder:
        options = ("serve", "--port", str(port), "--database", url, "--no-content", "--data", folder)
        with served(*KRABUAN, *options, port=port, silent=True) as process:
            until_served(port)
            yield port, process.pid


def open_tasks(bus: Bus, count: int) -> list[int]:
    """`count` cases, each with its first task claimed."""
    for _ in range(count):
        bus.run(CreateInstance("bench", variables={"amount": 5}), PERSON)
    u = user_task.c
    with bus.database.read() as db:
        query = select(u.key).where(u.state == "CREATED", u.assignee.is_(None)).order_by(u.key)
        keys = db.execute(query).scalars().all()
    for key in keys:
        bus.run(ClaimTask(key), PERSON)
    return list(keys)


def completions(tasks: Sequence[int]) -> list[Request]:
    """What completes each of them."""
    body = orjson.dumps({"variables": ANSWERS})
    return [("POST", f"/v2/user-tasks/{key}/completion", body) for key in tasks]


def bytes_per_completion(bus: Bus) -> int:
    """What one writes, at least: the events of the history, and the state."""
    key = open_tasks(bus, 1)[0]
    h, i = history_event.c, process_instance.c
    with bus.database.read() as db:
        case, last = db.execute(
            select(i.key, i.history_sequence).join(user_task, user_task.c.process_instance_key == i.key)
            .where(user_task.c.key == key)
        ).one()  # fmt: skip
    bus.run(CompleteTask(key, ANSWERS), PERSON)
    with bus.database.read() as db:
        bodies = db.execute(select(h.body).where(h.process_instance_key == case, h.sequence > last)).scalars().all()
        state = db.execute(select(i.execution).where(i.key == case)).scalar_one()
    return sum(len(text.encode()) for text in (*bodies, state))


def statements_per_completion(bus: Bus) -> int:
    """How many statements one completion needs, BEGIN and COMMIT not counted."""
    first, key = open_tasks(bus, 2)
    bus.run(CompleteTask(first, ANSWERS), PERSON)  # the form is read once
    count = [0]

    def counted(*_about: Any) -> None:
        count[0] += 1

    compiled = Prepared.compiled

    def prepared(self: Prepared, *about: Any) -> Any:
        counted()  # asked for once for each execution
        return compiled(self, *about)

    event.listen(bus.database.engine, "before_cursor_execute", counted)
    with patch.object(Prepared, "compiled", prepared):
        bus.run(CompleteTask(key, ANSWERS), PERSON)
    event.remove(bus.database.engine, "before_cursor_execute", counted)
    return count[0]
