"""The inbox of one person among a million open tasks: how long its pages and its counts take.

There are 50 groups with as many free tasks each; the person belongs to five of them (a tenth of all tasks), has 200
of one's own and has done every hundredth. One of the 20 processes, and one place, is of other groups alone: what only
others have is found nowhere among one's own, which takes the longest. A page is the second one of 50 rows, after a
cursor. Beside each the floor of the same run: the same page out of one index, without anything asked.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import Connection, insert, literal_column, select, text

from engine.bus import Bus
from engine.commands.checking import Resource
from engine.commands.deploy import Deploy
from engine.model.actor import SYSTEM, Actor, Within
from engine.queries.inbox import count_inbox, search_inbox
from engine.queries.search import Search
from engine.store import tables as t
from engine.store.database import Database
from engine.store.labels import add_labels, found_by, label
from engine.store.tables import moment_text
from tests.execution.bench import diagram, flows, node, user

TASKS, GROUPS, MINE, PROCESSES = 1_000_000, 50, 200, 20
OTHERS = PROCESSES - 1  # the process that only other groups have
BEGIN = datetime(2026, 4, 1, tzinfo=UTC)
NOW = BEGIN + timedelta(days=30)
ANN = Actor("ann", roles=frozenset({"staff"}), groups=frozenset(f"g{n}" for n in range(5)))
RARE, USUAL = "ตรวจเรื่องพิเศษ", "ตรวจเอกสาร"
# name -> the filter of a page; what one of them finds is rare among what the person may see
PAGES: dict[str, dict[str, Any]] = {
    "mine": {"view": "mine"},
    "groups": {"view": "groups"},
    "overdue": {"view": "overdue"},
    "today": {"view": "today"},
    "done": {"view": "done"},
    "done with text": {"view": "done", "text": "พิเศษ"},
    "unread": {"view": "groups", "unread": True},
    "process": {"view": "groups", "processDefinitionId": "p3"},
    "others' process": {"view": "groups", "processDefinitionId": f"p{OTHERS}"},
    "unit": {"view": "groups", "candidateGroup": "g2"},
    "due this week": {"view": "groups", "dueBy": {"$gte": "2026-05-01T00:00:00Z", "$lt": "2026-05-08T00:00:00Z"}},
    "no due date": {"view": "groups", "dueBy": {"$exists": False}},
    "urgent": {"view": "groups", "priority": {"$gt": 50}},
    "follow-up": {"view": "groups", "followUpDate": {"$exists": True}},
    "text": {"view": "groups", "text": "ตรวจ ๑๒"},
    "rare text": {"view": "groups", "text": "พิเศษ"},
    "others' text": {"view": "groups", "text": f"p{OTHERS}"},
    "short text": {"view": "groups", "text": "ฮฮ"},
    "number": {"view": "groups", "text": "70077/2569"},
    "business id": {"view": "groups", "businessId": "กษ 70077/2569"},
    "business ids": {"view": "groups", "businessId": {"$like": "*7707/2569"}},
    "variable": {"view": "groups", "processInstanceVariables": [{"name": "amount", "value": "990"}]},
    "others' variable": {"view": "groups", "processInstanceVariables": [{"name": "place", "value": '"z"'}]},
    "variable above": {"view": "groups", "processInstanceVariables": [{"name": "amount", "value": {"$gt": "990"}}]},
    "nothing": {"view": "groups", "text": "ไม่มี"},
}
SORTS: dict[str, list[dict[str, Any]]] = {
    "newest": [{"field": "creationDate", "order": "DESC"}],
    "priority": [{"field": "priority", "order": "DESC"}, {"field": "dueBy", "order": "ASC"}],
}
_AT_ONCE = 5_000


def asked(db: Connection) -> dict[str, Any]:
    """The figures of one filled database."""
    floor = _median(lambda: _floor(db))
    found: dict[str, Any] = {"floorMs": floor}
    for name, filter in PAGES.items():
        found[name] = _page(db, Search(filter, ()), floor)
    for sorted_by, sort in SORTS.items():
        for name in ("groups", "process", "others' process", "rare text"):
            found[f"{sorted_by}, {name}"] = _page(db, Search(PAGES[name], sort), floor)
    for kind, name in (("group", "g2"), ("process", "p3"), ("process", f"p{OTHERS}")):
        limited = replace(ANN, id="sub", on_behalf_of="ann", within=Within(kind, frozenset({name})))  # type: ignore[arg-type]
        found[f"substitute for {name}"] = _page(db, Search({"view": "groups"}), floor, limited)
    took = _median(lambda: count_inbox(db, ANN, NOW))
    return {**found, "counts": {"ms": took, "ratio": round(took / floor, 1)}}


def _page(db: Connection, search: Search, floor: float, actor: Actor = ANN) -> dict[str, Any]:
    """Of the second page, or of the only one: {ms, ratio, total}."""

    def found(page: dict[str, Any]) -> dict[str, Any]:
        return search_inbox(db, actor, Search(search.filter, search.sort, {"limit": 50, **page}), NOW)

    first = found({})
    after = {"after": first["page"]["endCursor"]} if len(first["items"]) == 50 else {}
    took = _median(lambda: found(after))
    return {"ms": took, "ratio": round(took / floor, 1), "total": first["page"]["totalItems"]}


def _median(work: Callable[[], Any]) -> float:
    times = []
    for _ in range(5):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return round(sorted(times)[2] * 1_000, 1)


def floor_ms(db: Connection) -> float:
    """The milliseconds of the floor, once."""
    began = time.perf_counter()
    _floor(db)
    return (time.perf_counter() - began) * 1_000


def _floor(db: Connection) -> None:
    c = t.task_candidate.c
    free = (c.kind == "group", c.name == "g0", c.status == literal_column("'free'"), c.due_sort > moment_text(NOW))
    keys = list(db.execute(select(c.task_key).where(*free).order_by(c.due_sort, c.task_key).limit(50)).scalars())
    db.execute(select(t.user_task).where(t.user_task.c.key.in_(keys))).all()


def fill(db: Database, bus: Bus, tasks: int) -> None:
    """Put the cases into the database, with a task each."""
    definitions = [_deployed(bus, f"p{n}") for n in range(PROCESSES)]
    rows = _rows(definitions, tasks)
    tables = (t.process_instance, t.user_task, t.task_candidate, t.variable, t.variable, t.task_mark)
    with db.write() as connection:
        add_labels(connection, (label(_called(f"p{n}", name)) for n in range(PROCESSES) for name in (RARE, USUAL)))
    while some := list(islice(rows, _AT_ONCE)):
        with db.write() as connection:
            for at, table in enumerate(tables):
                if made := [row for case in some if (row := case[at]) is not None]:
                    connection.execute(insert(table), made)
    look_through(db)


def look_through(db: Database) -> None:
    """Let PostgreSQL know what lies in it, as it does by itself within minutes; SQLite never does."""
    if not db.is_sqlite:
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM (ANALYZE)"))


def _deployed(bus: Bus, process_id: str) -> int:
    """The key of a process's version."""
    body = node("startEvent", "s") + user("a") + user("b") + node("endEvent", "e") + flows("s a", "a b", "b e")
    deployed = bus.run(Deploy((Resource(f"{process_id}.bpmn", diagram(body, process_id=process_id)),)), SYSTEM)
    return int(deployed["deployments"][0]["processDefinition"]["processDefinitionKey"])


def _rows(definitions: list[int], tasks: int) -> Iterator[tuple[dict[str, Any] | None, ...]]:
    """Of each case its row, its task, for whom that is, of every tenth an amount and of every twentieth a place, and of
    every fourth that the person has read it."""
    chance = random.Random(1)
    for n in range(tasks):
        case, task = 10_000 + 4 * n, 10_001 + 4 * n
        due = BEGIN + timedelta(minutes=chance.randrange(86_400))
        group, others = f"g{chance.randrange(GROUPS)}", n % PROCESSES == OTHERS
        if others and group in ANN.groups:
            group = f"g{GROUPS - 1}"
        made = _task(n, definitions[n % PROCESSES], group, due)
        yield (
            _case(case, made),
            made,
            _candidate(made, group, due),
            _variable(task + 1, case, "amount", str(chance.randrange(1_000))) if n % 10 == 0 else None,
            _variable(task + 2, case, "place", '"z"' if others else '"a"') if n % PROCESSES in (0, OTHERS) else None,
            _mark(task, case) if n % 4 == 0 else None,
        )


def _case(key: int, task: dict[str, Any]) -> dict[str, Any]:
    return {
        "key": key, "root_key": key, "definition_key": task["definition_key"], "process_id": task["process_id"],
        "version": 1, "business_id": task["business_id"], "state": "ACTIVE", "execution_format": 1, "rev": 1,
        "started_at": BEGIN, "started_by": "x", "history_sequence": 0, "history_head": "0" * 64, "access_class": 0,
    }  # fmt: skip


def _task(n: int, definition: int, group: str, due: datetime) -> dict[str, Any]:
    case, process, rare, done = 10_000 + 4 * n, f"p{n % PROCESSES}", n % 10_007 == 0, n >= MINE and n % 100 == 50
    called = _called(process, RARE if rare else USUAL)
    return {
        "key": case + 1, "process_instance_key": case, "root_key": case, "definition_key": definition,
        "process_version": 1,
        "business_id": f"กษ {n}/2569", "element_id": "b" if rare else "a",
        "state": "COMPLETED" if done else "CREATED",
        "assignee": "ann" if n < MINE or done else None, "candidate_groups": [group], "candidate_users": [],
        "due_at": due, "follow_up_at": NOW if n % 50_021 == 0 else None, "priority": 80 if n % 100 == 7 else 50,
        "custom_headers": {}, "created_at": BEGIN, "rev": 1, "hands": [],
        "label_key": label(called)["key"], **called,
        "completed_at": BEGIN + timedelta(minutes=n) if done else None, "completed_by": "ann" if done else None,
    }  # fmt: skip


def _called(process: str, name: str) -> dict[str, Any]:
    names = {"name": name, "name_en": None, "process_name": f"กระบวนงาน {process}", "process_name_en": None}
    return {"process_id": process, **names}


def _candidate(task: dict[str, Any], group: str, due: datetime) -> dict[str, Any]:
    status = "closed" if task["completed_at"] else "assigned" if task["assignee"] else "free"
    return {
        "kind": "group", "name": group, "task_key": task["key"], "process_instance_key": task["process_instance_key"],
        "status": status, "due_sort": moment_text(due), "priority": task["priority"],
        **found_by(task["label_key"], task["business_id"]),
    }  # fmt: skip


def _variable(key: int, case: int, name: str, value: str) -> dict[str, Any]:
    return {"key": key, "process_instance_key": case, "scope_key": case, "name": name, "value": value}


def _mark(task: int, case: int) -> dict[str, Any]:
    return {"username": "ann", "task_key": task, "process_instance_key": case, "read_at": BEGIN, "snoozed_until": None}
