"""A report of a year over a million finished tasks: how long it takes, on SQLite and on PostgreSQL.

They are the tasks of 250,000 finished cases of one process, spread over four years; the report reads the quarter that
ended in one year (250,000 tasks, 250,000 steps, 62,500 cases). Beside it the floor: the rows of these tasks, read and
thrown away.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import Connection, insert, text

from benchmarks.places import opened
from engine.bus import Bus
from engine.calendar.holidays import government_holidays
from engine.calendar.working import WorkingCalendar
from engine.commands.checking import Resource
from engine.commands.deploy import Deploy
from engine.model.actor import SYSTEM
from engine.reports.standard_time import Wanted, standard_time_report
from engine.store import tables as t
from engine.store.database import Database
from engine.store.measured import tasks_done
from tests.execution.bench import diagram, flows, node, user

TASKS, OF_A_CASE, YEARS = 1_000_000, 4, 4
BEGIN = datetime(2022, 10, 1, tzinfo=UTC)
YEAR = Wanted("p", "FISCAL_YEAR", date(2025, 1, 1))
OFFICE = WorkingCalendar(government_holidays(range(2022, 2028)))
STEP = '<krabuan:step key="{0}" standardTime="P5D" calendar="working"/>'
_AT_ONCE = 5_000


def measure(database: str) -> dict[str, Any]:
    """Seconds for filling, for the report (the median of three; of this process's own work, too), for the floor; and
    what the report counted."""
    with opened(database) as (bus, place):
        began = time.perf_counter()
        _fill(place, bus)
        filled = time.perf_counter() - began
        with place.read() as db:
            found, own, report = _three(lambda: _report(db, bus))
            floor, _, rows = _three(lambda: _floor(db))
    return {
        "tasks": TASKS, "fillSeconds": round(filled, 1), "reportSeconds": round(found, 2),
        "reportCpuSeconds": round(own, 2),
        "floorSeconds": round(floor, 2), "ratio": round(found / floor, 2), "tasksRead": rows,
        "steps": report["steps"], "cases": report["cases"],
    }  # fmt: skip


def _three(work: Callable[[], Any]) -> tuple[float, float, Any]:
    times, answer = [], None
    for _ in range(3):
        began, cpu = time.perf_counter(), time.process_time()
        answer = work()
        times.append((time.perf_counter() - began, time.process_time() - cpu))
    return *sorted(times)[1], answer


def _report(db: Connection, bus: Bus) -> dict[str, Any]:
    services = bus.services

    def process(db: Connection, key: int) -> Any:
        return services.definitions.process(db, key).definition.process

    return standard_time_report(db, SYSTEM, process, YEAR, OFFICE, bus.clock.now())


def _floor(db: Connection) -> int:
    c, within = t.user_task.c, (datetime(2024, 9, 30, 17, tzinfo=UTC), datetime(2025, 9, 30, 17, tzinfo=UTC))
    query = tasks_done(c.process_id == "p", c.completed_at >= within[0], c.completed_at < within[1])
    return sum(1 for _ in db.execute(query, execution_options={"yield_per": 10_000}))


def _fill(place: Database, bus: Bus) -> None:
    tasks = "".join(user(f"t{n}", STEP.format(f"t{n}")) for n in range(OF_A_CASE))
    chain = flows("s t0", *(f"t{n} t{n + 1}" for n in range(OF_A_CASE - 1)), f"t{OF_A_CASE - 1} e")
    file = diagram(node("startEvent", "s") + tasks + node("endEvent", "e") + chain)
    deployed = bus.run(Deploy((Resource("p.bpmn", file),)), SYSTEM)
    definition = int(deployed["deployments"][0]["processDefinition"]["processDefinitionKey"])
    rows = _rows(definition)
    while some := list(islice(rows, _AT_ONCE)):
        with place.write() as db:
            for at, table in enumerate((t.process_instance, t.element_instance, t.user_task)):
                db.execute(insert(table), [row for case in some for row in case[at]])
    with place.write() as db:
        db.execute(text("ANALYZE"))


def _rows(definition: int) -> Iterator[tuple[list[dict[str, Any]], ...]]:
    chance = random.Random(1)
    key, span = 10_000, timedelta(days=365 * YEARS) / (TASKS // OF_A_CASE)
    for number in range(TASKS // OF_A_CASE):
        case, now = key, BEGIN + number * span
        key += 1
        elements, tasks = [], []
        began = now
        for n in range(OF_A_CASE):
            claimed = began + timedelta(minutes=chance.randrange(1, 3_000))
            ended = claimed + timedelta(minutes=chance.randrange(1, 6_000))
            due = began + timedelta(days=5)
            elements.append(_element(key, case, n, began, ended, due))
            tasks.append(_task(key, case, definition, n, chance.randrange(40), (began, claimed, ended, due)))
            key, began = key + 1, ended
        yield [_case(case, definition, now, began)], elements, tasks


def _case(key: int, definition: int, began: datetime, ended: datetime) -> dict[str, Any]:
    return {
        "key": key, "root_key": key, "definition_key": definition, "process_id": "p", "version": 1,
        "state": "COMPLETED", "execution_format": 1, "rev": 5, "started_at": began, "started_by": "x",
        "ended_at": ended, "history_sequence": 30, "history_head": "0" * 64, "access_class": 0,
    }  # fmt: skip


def _element(key: int, case: int, n: int, began: datetime, ended: datetime, due: datetime) -> dict[str, Any]:
    return {
        "key": key, "process_instance_key": case, "scope_key": case, "element_id": f"t{n}", "element_type": "USER_TASK",
        "state": "COMPLETED", "started_at": began, "ended_at": ended, "standard_due_at": due,
    }  # fmt: skip


def _task(
    key: int, case: int, definition: int, n: int, person: int, moments: tuple[datetime, datetime, datetime, datetime]
) -> dict[str, Any]:
    began, claimed, ended, due = moments
    return {
        "key": key, "process_instance_key": case, "root_key": case, "definition_key": definition, "process_id": "p",
        "process_version": 1, "element_id": f"t{n}", "state": "COMPLETED", "candidate_groups": [f"g{n}"],
        "candidate_users": [], "due_at": due, "standard_due_at": due, "priority": 50, "custom_headers": {},
        "created_at": began, "claimed_at": claimed, "completed_at": ended, "completed_by": f"p{person}", "rev": 3,
        "hands": [],
    }  # fmt: skip
