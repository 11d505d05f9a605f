"""100,000 timers pending: how long after its moment each of 200 a second has fired, and how long a burst of them takes.

The cases wait at an intermediate timer; one has fired when the task behind it is there for everybody to see.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, select, update

from benchmarks.bare import NAME as BARE
from benchmarks.bare import bare_transactions
from benchmarks.clones import cloned
from benchmarks.http.office import PERSON, prepare, serving
from benchmarks.long.sigkill import database
from benchmarks.processes import server_of, used_by
from benchmarks.rows import Goal, row, spread
from engine.commands.checking import Resource
from engine.commands.create_instance import CreateInstance
from engine.store.database import Database
from engine.store.tables import job, user_task
from tests.execution.bench import diagram, flows, node, user

PENDING, PER_SECOND, SECONDS, BURST = 100_000, 200, 15, 5_000
LEAD = 5.0  # seconds for the service to start, at least
LATEST = 120.0  # seconds after the last is due
LOOK_EVERY = 0.005  # seconds
WINDOW = 2_000 << 22  # between the keys of two tasks that were made two seconds apart (adapters/keys.py)
QUIET = 2.0  # seconds without news, after which all are read
BYTES = 1_500  # what a fired timer writes, about: six events of the history and the state
FIRED_MS, BURST_S = 50.0, 3.0
_TIMER = (
    '<bpmn:intermediateCatchEvent id="w"><bpmn:timerEventDefinition id="td">'
    '<bpmn:timeDuration>="P30D"</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>'
)


def process() -> bytes:
    """Wait, then a task."""
    assigned = '<zeebe:assignmentDefinition assignee="bench"/>'
    body = node("startEvent", "s") + _TIMER + user("a", assigned) + node("endEvent", "e")
    return diagram(body + flows("s w", "w a", "a e"))


def measure(
    kind: str, pending: int = PENDING, per_second: int = PER_SECOND, seconds: int = SECONDS, burst: int = BURST
) -> dict[str, Any]:
    """The figures for one kind of database."""
    with database(kind) as url:
        bus = prepare(url, Resource("p.bpmn", process()))
        case = int(bus.run(CreateInstance("p"), PERSON)["processInstanceKey"])
        cases = cloned(bus.database, case, pending)
        began = time.monotonic()
        with serving(url):  # how long that takes here is to be known before anything is due
            lead = max(LEAD, 3 * (time.monotonic() - began))
        paced = [(key, number / per_second) for number, key in enumerate(cases[: per_second * seconds])]
        times, cpu = _fired(bus.database, url, paced, lead)
        at_once = [(key, 0.0) for key in cases[len(paced) : len(paced) + burst]]
        together, burst_cpu = _fired(bus.database, url, at_once, lead)
        bare = bare_transactions(url, BYTES)
        bus.database.close()
    last = max(together) / 1000
    return {
        "rows": [
            row(
                f"from due to fired, {per_second} a second of {pending:,} pending timers, {kind}", times, "ms",
                {BARE: bare}, [Goal("p95, ms", spread(times)["p95"], FIRED_MS)],
            ),
            row(
                f"a burst of {burst:,} timers, until the last has fired, {kind}", last, "s",
                {f"{burst:,} times {BARE}": spread(bare)["median"] * burst / 1000}, [Goal("s", last, BURST_S)],
            ),
        ],
        "cpu_ms_each": {"service": _each(cpu[0], times), "database": _each(cpu[1], times)},
        "burst_cpu_ms_each": {"service": _each(burst_cpu[0], together), "database": _each(burst_cpu[1], together)},
    }  # fmt: skip


def _each(seconds: float, times: Sequence[float]) -> float:
    return round(seconds * 1000 / len(times), 3)


def _fired(
    store: Database, url: str, plan: Sequence[tuple[int, float]], lead: float
) -> tuple[list[float], list[float]]:
    """Have a service fire each case's timer so many seconds after the first is due, which is in `lead` seconds. The
    milliseconds that each was late, and the seconds of the processor that service and database used meanwhile."""
    begin = datetime.now(UTC) + timedelta(seconds=lead)
    due = {key: begin + timedelta(seconds=after) for key, after in plan}
    wanted = update(job).where(job.c.process_instance_key == bindparam("of"))
    with store.write() as db:
        moved = wanted.values(due_at=bindparam("at", type_=job.c.due_at.type))
        db.execute(moved, [{"of": key, "at": at} for key, at in due.items()])
    times: list[float] = []
    with serving(url) as (_, pid):
        if (late := (datetime.now(UTC) - begin).total_seconds()) > 0:
            raise RuntimeError(f"the service was {late:.1f} s late: it was not ready when the first was due")
        used = used_by(lambda: times.extend(_watched(store, due)), pid, server_of(url))
    return times, used


def _watched(store: Database, due: Mapping[int, datetime]) -> list[float]:
    """How late the task of each was first seen. Raises RuntimeError when one has not fired in the end."""
    seen: dict[int, float] = {}
    u, since, news, end = user_task.c, 0, time.time(), max(due.values()).timestamp() + LATEST
    while len(seen) < len(due):
        with store.read() as db:
            rows = db.execute(select(u.key, u.process_instance_key).where(u.key > since)).all()
        now = time.time()
        fired = {found.process_instance_key for found in rows} & due.keys() - seen.keys()
        seen.update(dict.fromkeys(fired, now))
        news = now if fired else news
        if now > end:
            raise RuntimeError(f"{len(due) - len(seen)} of {len(due)} timers have not fired")
        # keys tell when a task was made, not in which order several workers wrote theirs: the last are read again
        since = max(0, max((found.key for found in rows), default=0) - WINDOW) if now - news < QUIET else 0
        threading.Event().wait(LOOK_EVERY)
    return [(seen[key] - at.timestamp()) * 1000 for key, at in due.items()]
