"""Complete user tasks through HTTP with everything on: identity, form, control point, deadline, history, reminders."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import asdict
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import orjson
from sqlalchemy import event, select

from benchmarks.http.content import FORM, PROCESS
from benchmarks.http.load import Measured, Request, send_all, together
from benchmarks.http.serving import KRABUAN, free_port, served
from benchmarks.long.sigkill import database
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
from engine.store.tables import user_task

NAME, PASSWORD = "bench", "Srimuang-47-thulium-orbit"
COUNT, ROUNDS, CLIENTS, WARM_UP = 800, 8, 4, 40
_HEADERS = {
    "Authorization": "Basic " + b64encode(f"{NAME}:{PASSWORD}".encode()).decode(),
    "Content-Type": "application/json",
}
_ANSWERS = {"amount": 1200, "note": "ตรวจแล้วถูกต้อง", "checked": True}


def measure(kind: str) -> dict[str, Any]:
    """The figures for one kind of database: floor, completion, start, and the medians of their ratios.

    Both servers run at once and are asked in turn, round by round, so that a machine that is slower for a while is so
    for both.
    """
    with database(kind) as url, ExitStack() as stack:
        bus = _prepare(url)
        statements = _statements(bus)
        tasks = _open_tasks(bus, COUNT + WARM_UP)
        bus.database.close()
        floor, krabuan = free_port(), free_port()
        stack.enter_context(served("-m", "benchmarks.http.floor", url, str(floor), port=floor))
        folder = stack.enter_context(TemporaryDirectory())
        options = ("serve", "--port", str(krabuan), "--database", url, "--no-content", "--data", folder)
        stack.enter_context(served(*KRABUAN, *options, port=krabuan))
        body = orjson.dumps({"variables": _ANSWERS})
        completions = [("POST", f"/v2/user-tasks/{key}/completion", body) for key in tasks]
        start = orjson.dumps({"processDefinitionId": "bench", "variables": {"amount": 5}})
        kinds = {
            "floor": (floor, [("POST", "/floor", b"")] * (COUNT + WARM_UP), {}),
            "completion": (krabuan, completions, _HEADERS),
            "start": (krabuan, [("POST", "/v2/process-instances", start)] * (COUNT + WARM_UP), _HEADERS),
        }
        rounds = _rounds(kinds)
    return {
        **{name: asdict(together(found)) for name, found in rounds.items()},
        "completion_to_floor_p50": _ratio(rounds, "completion", lambda m: m.p50),
        "completion_to_floor_rate": _ratio(rounds, "completion", lambda m: 1 / m.per_second),
        "start_to_floor_p50": _ratio(rounds, "start", lambda m: m.p50),
        "statements_per_completion": statements,
    }


def _rounds(kinds: dict[str, tuple[int, list[Request], dict[str, str]]]) -> dict[str, list[Measured]]:
    found: dict[str, list[Measured]] = {name: [] for name in kinds}
    for port, requests, headers in kinds.values():
        send_all(port, requests[:WARM_UP], headers, CLIENTS)
    size = COUNT // ROUNDS
    for number in range(ROUNDS):
        first = WARM_UP + number * size
        for name, (port, requests, headers) in kinds.items():
            found[name].append(send_all(port, requests[first : first + size], headers, CLIENTS))
    return found


def _ratio(rounds: dict[str, list[Measured]], name: str, of: Callable[[Measured], float]) -> float:
    """The median over the rounds of what a request takes, in floors of the same round."""
    return round(median(of(m) / of(floor) for m, floor in zip(rounds[name], rounds["floor"], strict=True)), 2)


def _prepare(url: str) -> Bus:
    found = Database(url)
    upgrade(found)
    bus = Bus(found, SystemClock(), Services(Keys(), Definitions(), Passwords()))
    bus.run(Deploy((Resource("bench.bpmn", PROCESS), Resource("bench.form", FORM))), SYSTEM)
    bus.run(AddPerson(NAME, "Bench", PASSWORD, roles=(("process-owner", "*"), ("staff", ""))), SYSTEM)
    return bus


_PERSON = Actor(NAME, roles=frozenset({"process-owner", "staff"}), owned=frozenset({"*"}))


def _open_tasks(bus: Bus, count: int) -> list[int]:
    """`count` cases, each with its first task claimed."""
    for _ in range(count):
        bus.run(CreateInstance("bench", variables={"amount": 5}), _PERSON)
    u = user_task.c
    with bus.database.read() as db:
        query = select(u.key).where(u.state == "CREATED", u.assignee.is_(None)).order_by(u.key)
        keys = db.execute(query).scalars().all()
    for key in keys:
        bus.run(ClaimTask(key), _PERSON)
    return list(keys)


def _statements(bus: Bus) -> int:
    """How many statements one completion needs, BEGIN and COMMIT not counted."""
    first, key = _open_tasks(bus, 2)
    bus.run(CompleteTask(first, _ANSWERS), _PERSON)  # the form is read once
    count = [0]

    def counted(*_about: Any) -> None:
        count[0] += 1

    compiled = Prepared.compiled

    def prepared(self: Prepared, *about: Any) -> Any:
        counted()  # asked for once for each execution
        return compiled(self, *about)

    event.listen(bus.database.engine, "before_cursor_execute", counted)
    with patch.object(Prepared, "compiled", prepared):
        bus.run(CompleteTask(key, _ANSWERS), _PERSON)
    event.remove(bus.database.engine, "before_cursor_execute", counted)
    return count[0]
