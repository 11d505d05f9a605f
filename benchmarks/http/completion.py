"""Complete user tasks through HTTP with everything on: identity, form, control point, deadline, history, reminders."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import asdict
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import orjson
from sqlalchemy import event, select

from benchmarks.http.content import FORM, PROCESS
from benchmarks.http.load import Measured, send_all
from benchmarks.http.serving import free_port, served
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

NAME, PASSWORD = "bench", "a-long-password-for-the-bench"
COUNT, CLIENTS, WARM_UP = 400, 4, 40
_ANSWERS = {"amount": 1200, "note": "ตรวจแล้วถูกต้อง", "checked": True}


def measure(kind: str) -> dict[str, Any]:
    """The figures for one kind of database: floor, completion, start, and the ratios."""
    with database(kind) as url:
        floor = _floor(url)
        bus = _prepare(url)
        statements = _statements(bus)
        tasks = _open_tasks(bus, COUNT + WARM_UP)
        bus.database.close()
        headers = {
            "Authorization": "Basic " + b64encode(f"{NAME}:{PASSWORD}".encode()).decode(),
            "Content-Type": "application/json",
        }
        port = free_port()
        krabuan = "import sys; from api.cli import main; sys.exit(main())"
        arguments = ("-c", krabuan, "serve", "--port", str(port), "--database", url, "--no-content")
        with TemporaryDirectory() as folder, served(*arguments, "--data", folder, port=port):
            body = orjson.dumps({"variables": _ANSWERS})
            requests = [("POST", f"/v2/user-tasks/{key}/completion", body) for key in tasks]
            send_all(port, requests[:WARM_UP], headers, CLIENTS)
            completion = send_all(port, requests[WARM_UP:], headers, CLIENTS)
            start = orjson.dumps({"processDefinitionId": "bench", "variables": {"amount": 5}})
            starts = send_all(port, [("POST", "/v2/process-instances", start)] * COUNT, headers, CLIENTS)
    return {
        "floor": asdict(floor),
        "completion": asdict(completion),
        "start": asdict(starts),
        "completion_to_floor_p50": round(completion.p50 / floor.p50, 2),
        "completion_to_floor_rate": round(floor.per_second / completion.per_second, 2),
        "start_to_floor_p50": round(starts.p50 / floor.p50, 2),
        "statements_per_completion": statements,
    }


def _floor(url: str) -> Measured:
    port = free_port()
    with served("-m", "benchmarks.http.floor", url, str(port), port=port):
        send_all(port, [("POST", "/floor", b"")] * WARM_UP, {}, CLIENTS)
        return send_all(port, [("POST", "/floor", b"")] * COUNT, {}, CLIENTS)


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
