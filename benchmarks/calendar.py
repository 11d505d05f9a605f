"""A holiday is added while 100,000 deadlines are open: how long until all of them are moved, with history.

80,000 tasks of a step in working days, with candidates and two reminders each, and 20,000 clocks in working days, every
one in a case of its own; the cases are copies of two that ran. (The reminders' rows stay: what a holiday puts off waits
again when it comes.) Measured is from the command to the end of the change,
step by step as the service does it, with its progress; aim: under 10 seconds. The floor, in the same run on the same
rows: the same writes with values at hand, without looking for anything, counting, hashing or telling (`ratio`).
`cpu_seconds` are those of this process, which other work on the machine does not lengthen.
"""

from __future__ import annotations

import time
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Table, func, select

from api.memory import keep_what_is_loaded
from benchmarks.long.sigkill import database
from engine.adapters.clock import SystemClock
from engine.adapters.keys import Keys
from engine.adapters.passwords import Passwords
from engine.bus import Bus
from engine.commands.add_calendar_days import AddCalendarDays
from engine.commands.checking import Resource
from engine.commands.create_instance import CreateInstance
from engine.commands.definitions import Definitions
from engine.commands.deploy import Deploy
from engine.commands.transaction import Services
from engine.jobs.calendars import STEP, run_calendar_changes
from engine.model.actor import Actor
from engine.model.chain import genesis
from engine.store import counted
from engine.store import tables as t
from engine.store.batch import Batch
from engine.store.database import Database
from engine.store.many import ManyInserts
from engine.store.migrations import upgrade

TASKS, CLOCKS = 80_000, 20_000
AT_ONCE = 2_000
_OWNER = Actor("bench", roles=frozenset({"process-owner", "administrator"}), owned=frozenset({"*"}))
_CLOCK = '<krabuan:deadline id="dl" from="=now()" duration="P5D" calendar="working" stoppedBy="a"/>'
_STEP = '<krabuan:step key="a" number="1" standardTime="P5D" calendar="working"/>'
_COPIED = (
    (t.process_instance, "key"), (t.element_instance, "process_instance_key"), (t.user_task, "process_instance_key"),
    (t.task_candidate, "process_instance_key"), (t.job, "process_instance_key"), (t.deadline, "process_instance_key"),
)  # fmt: skip


_BEGINNINGS = ("created_at", "started_at", "standard_from")


class _At(SystemClock):
    """Friday 5 June 2026 at ten in Bangkok, a week without holidays before it."""

    def now(self) -> datetime:
        return datetime(2026, 6, 5, 3, tzinfo=UTC)


def _diagram(process_id: str, clock: str, step: str) -> bytes:
    box = f"<bpmn:extensionElements>{clock}</bpmn:extensionElements>" if clock else ""
    return f"""<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
        xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:krabuan="https://krabuan.org/schema/1.0"
        targetNamespace="https://krabuan.org/benchmarks">
      <bpmn:process id="{process_id}" isExecutable="true">{box}
        <bpmn:startEvent id="s"/><bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="a"/>
        <bpmn:userTask id="a" name="a"><bpmn:extensionElements><zeebe:userTask/>{step}
          <zeebe:assignmentDefinition candidateGroups="clerks"/></bpmn:extensionElements></bpmn:userTask>
        <bpmn:sequenceFlow id="f2" sourceRef="a" targetRef="e"/><bpmn:endEvent id="e"/>
      </bpmn:process>
    </bpmn:definitions>""".encode()


def measure(backend: str, tasks: int = TASKS, clocks: int = CLOCKS) -> dict[str, Any]:
    """Seconds of the change and of the floor, their ratio, how many deadlines a second, and the progress seen."""
    with database(backend) as url, closing(Database(url)) as store:
        upgrade(store)
        bus = Bus(store, _At(), Services(Keys(), Definitions(), Passwords()))
        for name, clock, step, count in (("tasks", "", _STEP, tasks), ("clocks", _CLOCK, "", clocks)):
            bus.run(Deploy((Resource(f"{name}.bpmn", _diagram(name, clock, step)),)), _OWNER)
            case = int(bus.run(CreateInstance(name), _OWNER)["processInstanceKey"])
            _copy(bus, case, count - 1)
        with store.write() as db:
            if not store.is_sqlite:
                db.exec_driver_sql("ANALYZE")
        keep_what_is_loaded()  # as the service does
        cpu = time.process_time()
        seconds, progress = _change(bus, tasks + clocks)
        cpu = time.process_time() - cpu
        floor = _floor(bus)  # afterwards, so that what it leaves behind slows nothing that is measured
    return {
        "deadlines": tasks + clocks, "seconds": round(seconds, 2), "cpu_seconds": round(cpu, 2),
        "per_second": round((tasks + clocks) / seconds),
        "floor_seconds": round(floor, 2), "ratio": round(seconds / floor, 2), "progress_seen": progress,
    }  # fmt: skip


def _copy(bus: Bus, case: int, count: int) -> None:
    """As many copies of a case, each with keys of its own and a history that begins anew."""
    with bus.database.read() as db:
        found = {table.name: db.execute(select(table).where(table.c[of] == case)) for table, of in _COPIED}
        rows = {name: result.mappings().all() for name, result in found.items()}
    known = sorted({row["key"] for found in rows.values() for row in found if "key" in row})
    for start in range(0, count, AT_ONCE):
        made: dict[str, list[dict[str, Any]]] = {table.name: [] for table, _ in _COPIED}
        for number in range(start, min(start + AT_ONCE, count)):
            keys = {key: bus.services.keys.next() for key in known}
            for table, _ in _COPIED:
                earlier = timedelta(seconds=number % 5_000)
                made[table.name] += [_changed(dict(row), keys, earlier) for row in rows[table.name]]
        for row in made["process_instance"]:
            row |= {"history_sequence": 0, "history_head": genesis(row["key"])}
        with bus.database.write() as db:
            batch = Batch()
            for table, _ in _COPIED:
                ManyInserts(table).add(batch, db, made[table.name])
            batch.run(db)


def _changed(row: dict[str, Any], keys: dict[int, int], earlier: timedelta) -> dict[str, Any]:
    """With other keys, and begun so much earlier on the same morning."""
    made = {name: keys.get(value, value) if isinstance(value, int) else value for name, value in row.items()}
    return made | {name: made[name] - earlier for name in _BEGINNINGS if made.get(name) is not None}


def _change(bus: Bus, deadlines: int) -> tuple[float, int]:
    """The seconds, and how many different stages of progress a reader saw."""
    began, seen = time.perf_counter(), set()
    day = date(2026, 6, 9)
    texts = ("วันหยุดพิเศษ", "Special holiday", "มติคณะรัฐมนตรี", "announced at short notice")
    bus.run(AddCalendarDays("", day, day, (), *texts), _OWNER)
    query = select(t.calendar_change.c.state, t.calendar_change.c.done, t.calendar_change.c.moved)
    while run_calendar_changes(bus):
        with bus.database.read() as db:
            seen.add(db.execute(query).one())
    seconds = time.perf_counter() - began
    with bus.database.read() as db:
        told = select(func.count()).where(t.history_event.c.type == "deadlines-moved")
        found = db.execute(told).scalar_one()
    state, done, moved = max(seen)[0], max(row.done for row in seen), max(row.moved for row in seen)
    if (done, moved, found) != (deadlines, deadlines, deadlines):
        raise RuntimeError(f"{state}: {done} looked at, {moved} moved, {found} told, of {deadlines}")
    return seconds, len(seen)


def _floor(bus: Bus) -> float:
    """The writes alone: each row to what it is already, in transactions as large as those of the change."""
    with bus.database.read() as db:
        cases = list(db.execute(select(t.process_instance.c.key).order_by(t.process_instance.c.key)).scalars())
        rows = {table.name: _by_case(db, table) for table, _ in _COPIED[1:]}
    seconds = 0.0
    for start in range(0, len(cases), STEP):
        wanted = cases[start : start + STEP]
        found = {name: [row for case in wanted for row in by.get(case, ())] for name, by in rows.items()}
        began = time.perf_counter()
        with bus.database.write() as db:
            batch = Batch()
            for write, name in _WRITES:
                write.add(batch, db, found[name])
            batch.run(db)
        seconds += time.perf_counter() - began
    return seconds


_WRITES = (
    (counted.MOVE_TASKS, "user_task"),
    (counted.MOVE_CANDIDATES, "task_candidate"),
    (counted.MOVE_CLOCKS, "deadline"),
)


def _by_case(db: Any, table: Table) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = {}
    for row in db.execute(select(table)).mappings():
        found.setdefault(row["process_instance_key"], []).append(dict(row))
    return found
