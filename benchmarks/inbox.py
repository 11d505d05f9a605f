"""The inbox of one person among a million open tasks: how long its pages and its counts take.

There are 50 groups with as many free tasks each; the person belongs to five of them (a tenth of all tasks) and has 200
of one's own. A page is the second one of 50 rows, after a cursor. Beside each the floor of the same run: the same page
out of one index, without anything asked.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import Connection, insert, select, text

from benchmarks.places import opened
from engine.bus import Bus
from engine.commands.checking import Resource
from engine.commands.deploy import Deploy
from engine.model.actor import SYSTEM, Actor
from engine.queries.inbox import count_inbox, search_inbox
from engine.queries.search import Search
from engine.store import tables as t
from engine.store.database import Database
from engine.store.tables import moment_text
from tests.execution.bench import diagram, flows, node, user

TASKS, GROUPS, MINE, PROCESSES = 1_000_000, 50, 200, 20
BEGIN = datetime(2026, 4, 1, tzinfo=UTC)
NOW = BEGIN + timedelta(days=30)
ANN = Actor("ann", roles=frozenset({"staff"}), groups=frozenset(f"g{n}" for n in range(5)))
# name -> the filter of a page; what one of them finds is rare among what the person may see
PAGES: dict[str, dict[str, Any]] = {
    "mine": {"view": "mine"},
    "groups": {"view": "groups"},
    "overdue": {"view": "overdue"},
    "unread": {"view": "groups", "unread": True},
    "process": {"view": "groups", "processDefinitionId": "p3"},
    "unit": {"view": "groups", "candidateGroup": "g2"},
    "text": {"view": "groups", "text": "ตรวจ ๑๒"},
    "rare text": {"view": "groups", "text": "พิเศษ"},
    "business id": {"view": "groups", "businessId": "กษ 77/2569"},
    "variable": {"view": "groups", "processInstanceVariables": [{"name": "amount", "value": {"$gt": "990"}}]},
    "nothing": {"view": "groups", "text": "ไม่มี"},
}
SORTS: dict[str, list[dict[str, Any]]] = {
    "newest": [{"field": "creationDate", "order": "DESC"}],
    "priority": [{"field": "priority", "order": "DESC"}, {"field": "dueBy", "order": "ASC"}],
}
_AT_ONCE = 5_000


def measure(database: str, tasks: int = TASKS) -> dict[str, Any]:
    """Milliseconds of each page and of the counts (the median of five), of the floor, and how many times that they
    are."""
    with opened(database) as (bus, db):
        began = time.perf_counter()
        fill(db, bus, tasks)
        filled = time.perf_counter() - began
        with db.read() as connection:
            return {"tasks": tasks, "fillSeconds": round(filled, 1), **asked(connection)}


def asked(db: Connection) -> dict[str, Any]:
    """The figures of one filled database."""
    floor = _median(lambda: _floor(db))
    found: dict[str, Any] = {"floorMs": floor}
    for name, filter in PAGES.items():
        first = search_inbox(db, ANN, Search(filter, (), {"limit": 50}), NOW)
        cursor = first["page"]["endCursor"] if len(first["items"]) == 50 else None
        page = {"limit": 50, **({"after": cursor} if cursor else {})}
        took = _median(lambda f=filter, p=page: search_inbox(db, ANN, Search(f, (), p), NOW))  # type: ignore[misc]
        found[name] = {"ms": took, "ratio": round(took / floor, 1), "total": first["page"]["totalItems"]}
    for name, sort in SORTS.items():
        took = _median(lambda s=sort: search_inbox(db, ANN, Search({"view": "groups"}, s, {"limit": 50}), NOW))  # type: ignore[misc]
        found[name] = {"ms": took, "ratio": round(took / floor, 1)}
    took = _median(lambda: count_inbox(db, ANN, NOW))
    return {**found, "counts": {"ms": took, "ratio": round(took / floor, 1)}}


def _median(work: Callable[[], Any]) -> float:
    times = []
    for _ in range(5):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return round(sorted(times)[2] * 1_000, 1)


def _floor(db: Connection) -> None:
    c = t.task_candidate.c
    free = (c.kind == "group", c.name == "g0", c.status == "free", c.due_sort > moment_text(NOW))
    keys = list(db.execute(select(c.task_key).where(*free).order_by(c.due_sort, c.task_key).limit(50)).scalars())
    db.execute(select(t.user_task).where(t.user_task.c.key.in_(keys))).all()


def fill(db: Database, bus: Bus, tasks: int) -> None:
    """Put the cases into the database, with a task each."""
    file = diagram(node("startEvent", "s") + user("a") + node("endEvent", "e") + flows("s a", "a e"))
    deployed = bus.run(Deploy((Resource("p.bpmn", file),)), SYSTEM)
    definition = int(deployed["deployments"][0]["processDefinition"]["processDefinitionKey"])
    rows = _rows(definition, tasks)
    tables = (t.process_instance, t.user_task, t.task_candidate, t.variable, t.task_mark)
    while some := list(islice(rows, _AT_ONCE)):
        with db.write() as connection:
            for at, table in enumerate(tables):
                if made := [case[at] for case in some if case[at] is not None]:
                    connection.execute(insert(table), made)
    with db.write() as connection:
        connection.execute(text("ANALYZE"))


def _rows(definition: int, tasks: int) -> Iterator[tuple[dict[str, Any] | None, ...]]:
    """Of each case its row, its task, for whom that is, in every tenth a variable, and in every fourth that the person
    has read it."""
    chance = random.Random(1)
    for n in range(tasks):
        case, task = 10_000 + 3 * n, 10_001 + 3 * n
        due = BEGIN + timedelta(minutes=chance.randrange(86_400))
        mine = n < MINE
        process, number = f"p{n % PROCESSES}", f"กษ {n}/2569"
        group = f"g{chance.randrange(GROUPS)}"
        yield (
            _case(case, definition, process, number),
            _task(task, case, definition, (process, number, group), due, "ann" if mine else None, rare=n % 10_007 == 0),
            _candidate(task, case, group, due, mine),
            _variable(task + 1, case, chance.randrange(1_000)) if n % 10 == 0 else None,
            _mark(task, case) if n % 4 == 0 else None,
        )


def _case(key: int, definition: int, process: str, number: str) -> dict[str, Any]:
    return {
        "key": key, "root_key": key, "definition_key": definition, "process_id": process, "version": 1,
        "business_id": number, "state": "ACTIVE", "execution_format": 1, "rev": 1, "started_at": BEGIN,
        "started_by": "x", "history_sequence": 3, "history_head": "0" * 64, "access_class": 0,
    }  # fmt: skip


def _task(
    key: int, case: int, definition: int, of: tuple[str, str, str], due: datetime, assignee: str | None, rare: bool
) -> dict[str, Any]:
    process, number, group = of
    return {
        "key": key, "process_instance_key": case, "root_key": case, "definition_key": definition, "process_id": process,
        "process_version": 1, "process_name": f"กระบวนงาน {process}", "business_id": number, "element_id": "a",
        "name": "ตรวจเรื่องพิเศษ" if rare else "ตรวจเอกสาร", "state": "CREATED", "assignee": assignee,
        "candidate_groups": [group], "candidate_users": [], "due_at": due, "priority": 50, "custom_headers": {},
        "created_at": BEGIN, "rev": 1, "hands": [],
    }  # fmt: skip


def _candidate(task: int, case: int, group: str, due: datetime, mine: bool) -> dict[str, Any]:
    return {
        "kind": "group", "name": group, "task_key": task, "process_instance_key": case,
        "status": "assigned" if mine else "free", "due_sort": moment_text(due), "priority": 50,
    }  # fmt: skip


def _variable(key: int, case: int, amount: int) -> dict[str, Any]:
    return {"key": key, "process_instance_key": case, "scope_key": case, "name": "amount", "value": str(amount)}


def _mark(task: int, case: int) -> dict[str, Any]:
    return {"username": "ann", "task_key": task, "process_instance_key": case, "read_at": BEGIN, "snoozed_until": None}
