"""A step of ours beside one of theirs."""

from __future__ import annotations

import time
from typing import Any

from sqlalchemy import select

from benchmarks.http.content import TASKS
from benchmarks.http.office import ANSWERS, PERSON, prepare
from benchmarks.long.sigkill import database
from benchmarks.peers import bpmn_engine, operaton_engine
from benchmarks.rows import row
from engine.bus import Bus
from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.commands.create_instance import CreateInstance
from engine.store.tables import user_task

CASES, WARM_UP = 100, 10


def measure(cases: int = CASES, warm_up: int = WARM_UP) -> dict[str, Any]:
    """The rows, and why a peer was not measured."""
    skipped = warm_up * TASKS
    sqlite, postgresql = (ours(kind, cases + warm_up)[skipped:] for kind in ("sqlite", "postgresql"))
    theirs = bpmn_engine.steps(cases + warm_up)[skipped:]
    said: dict[str, Any] = {}
    beside = {}
    try:
        beside[f"{operaton_engine.NAME}, PostgreSQL"] = operaton_engine.steps(cases + warm_up)[skipped:]
    except operaton_engine.NotThere as reason:
        said["operaton"] = f"not measured: {reason}"
        print(f"Operaton is not measured: {reason}")
    return {
        "rows": [
            row("a step of 12, without HTTP, sqlite", sqlite, "ms", {f"{bpmn_engine.NAME}, SQLite": theirs}),
            row("a step of 12, without HTTP, postgresql", postgresql, "ms", beside),
        ],
        **said,
    }


def ours(kind: str, cases: int) -> list[float]:
    """The milliseconds of each completion of so many cases, through the bus."""
    with database(kind) as url:
        bus = prepare(url)
        times = [took for _ in range(cases) for took in _through(bus)]
        bus.database.close()
    return times


def _through(bus: Bus) -> list[float]:
    """One case from its start to its end."""
    case = int(bus.run(CreateInstance("bench", variables={"amount": 5}), PERSON)["processInstanceKey"])
    u, times = user_task.c, []
    for _ in range(TASKS):
        with bus.database.read() as db:
            query = select(u.key).where(u.process_instance_key == case, u.completed_at.is_(None))
            key = db.execute(query).scalar_one()
        bus.run(ClaimTask(key), PERSON)
        began = time.perf_counter()
        bus.run(CompleteTask(key, ANSWERS), PERSON)
        times.append((time.perf_counter() - began) * 1000)
    return times
