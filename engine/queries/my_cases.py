"""The cases that a person started or worked on, and where each of them stands.

Every part a person can have is a range of one index, so that the list costs what the person did, and not what the
office did. The latest case comes first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select, union

from engine.errors import InvalidArgument
from engine.model.actor import Actor
from engine.queries.evidence import Diagrams
from engine.queries.instances import PROCESS_INSTANCE, there
from engine.queries.search import Search, search
from engine.queries.visibility import candidate, sees_case
from engine.store.tables import co_signature as cs
from engine.store.tables import deadline as dl
from engine.store.tables import element_instance as ei
from engine.store.tables import moment_text, task_candidate
from engine.store.tables import process_instance as pi
from engine.store.tables import user_task as t
from engine.store.tasks import DUE_BY

PARTS, TURNS = ("STARTED", "WORKED"), ("MINE", "OTHERS")
FILTERS = ("text", "state", "processDefinitionId", "part", "turn", "late")
LATEST_FIRST = ({"field": "processInstanceKey", "order": "DESC"},)
_OVER = ("COMPLETED", "CANCELED")
_RUNS = (dl.c.kind == "statutory", dl.c.state.in_(("RUNNING", "MISSED")), dl.c.stopped_at.is_(None))
# being in one of these says nothing about where the case stands
_AROUND = ("PROCESS", "SUB_PROCESS", "EVENT_SUB_PROCESS", "AD_HOC_SUB_PROCESS", "MULTI_INSTANCE_BODY")


def search_my_cases(db: Connection, actor: Actor, diagrams: Diagrams, request: Search, now: datetime) -> dict[str, Any]:
    """A page {items, page} of the cases that the actor (or who is stood in for) had a part in. The filters are FILTERS:
    `part` is one of PARTS, `turn` one of TURNS, `late` whether something of it should have been done by now.

    Each item is a process instance with `part`; `late`; `dueBy`, when the next of it is due; and `steps`, where it
    stands: [{elementId, name, type, since, userTaskKey, assignee, candidateGroups, dueBy, mine}].
    Raises InvalidArgument.
    """
    wanted = {name: value for name, value in request.filter.items() if value is not None}
    if unknown := set(wanted) - set(FILTERS):
        raise InvalidArgument(f"filter: there is no {', '.join(sorted(unknown))}")
    if request.sort:
        raise InvalidArgument("sort: the latest case comes first")
    part, turn, late = (wanted.pop(name, None) for name in ("part", "turn", "late"))
    where = [pi.c.key.in_(_mine(actor, part)), there, sees_case(actor, pi.c.key, pi.c.process_id)]
    if turn is not None:
        where.append(_turn(actor, turn))
    if late is not None:
        where.append(_late(now) if _truth("late", late) else ~_late(now))
    found = search(db, PROCESS_INSTANCE, Search(wanted, LATEST_FIRST, request.page), *where, actor=actor)
    _tell(db, actor, diagrams, found["items"], now)
    return found


def _truth(name: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise InvalidArgument(f"filter: {name} is true or false")
    return value


def _mine(actor: Actor, part: Any) -> Any:
    name = actor.name
    started = select(pi.c.key).where(pi.c.started_by == name)
    worked: list[Select[Any]] = [
        select(t.c.process_instance_key).where(t.c.completed_by == name),
        select(t.c.process_instance_key).where(t.c.assignee == name, t.c.state.not_in(_OVER)),
        select(cs.c.process_instance_key).where(cs.c.signed_by == name),
    ]
    if part is None:
        return union(started, *worked)
    if part not in PARTS:
        raise InvalidArgument(f"filter: part is one of {', '.join(PARTS)}")
    return started if part == "STARTED" else union(*worked)


def _turn(actor: Actor, turn: Any) -> ColumnElement[bool]:
    """Whether the case waits for the actor; or goes on, and waits for others."""
    if turn not in TURNS:
        raise InvalidArgument(f"filter: turn is one of {', '.join(TURNS)}")
    asked = select(task_candidate.c.task_key).where(task_candidate.c.task_key == t.c.key, candidate(actor)).exists()
    to_do = or_(t.c.assignee == actor.name, and_(t.c.assignee.is_(None), asked))
    waits = select(t.c.key).where(t.c.process_instance_key == pi.c.key, t.c.state.not_in(_OVER), to_do).exists()
    return waits if turn == "MINE" else and_(pi.c.ended_at.is_(None), ~waits)


def _late(now: datetime) -> ColumnElement[bool]:
    """Whether an open task, or a deadline of the law that nothing has stopped, is over."""
    of_case = t.c.process_instance_key == pi.c.key
    task = select(t.c.key).where(of_case, t.c.state.not_in(_OVER), now > DUE_BY).exists()
    clock = select(dl.c.key).where(dl.c.process_instance_key == pi.c.key, *_RUNS, dl.c.due_at < now).exists()
    return and_(pi.c.ended_at.is_(None), or_(task, clock))


def _tell(db: Connection, actor: Actor, diagrams: Diagrams, items: list[dict[str, Any]], now: datetime) -> None:
    """Add to each case which part the actor had, and where it stands."""
    keys = [int(item["processInstanceKey"]) for item in items]
    steps, clocks = _steps(db, actor, keys), _clocks(db, keys)
    moment = moment_text(now)
    for item in items:
        nodes = diagrams(db, int(item["processDefinitionKey"])).nodes
        key = int(item["processInstanceKey"])
        stands = steps.get(key, [])
        for step in stands:
            node = nodes.get(step["elementId"])
            step["name"] = {"th": step.pop("said") or None, "en": (node.name_en if node else None) or None}
        dues = [step["dueBy"] for step in stands] + ([clocks.get(key)] if item["endDate"] is None else [])
        item["steps"] = stands
        item["dueBy"] = min((due for due in dues if due is not None), default=None)
        item["late"] = item["dueBy"] is not None and item["dueBy"] < moment
        item["part"] = "STARTED" if item["startedBy"] == actor.name else "WORKED"


def _clocks(db: Connection, keys: Iterable[int]) -> Mapping[int, str]:
    """When the next deadline of the law ends, of the cases that have one running."""
    query = select(dl.c.process_instance_key, func.min(dl.c.due_at)).where(dl.c.process_instance_key.in_(keys), *_RUNS)
    rows = db.execute(query.group_by(dl.c.process_instance_key))
    return {key: moment_text(due) for key, due in rows}


def _steps(db: Connection, actor: Actor, keys: Iterable[int]) -> Mapping[int, list[dict[str, Any]]]:
    """Where each of the cases stands, in the order in which the elements began."""
    due = DUE_BY.label("due_by")
    columns = (ei.c.process_instance_key, ei.c.element_id, ei.c.element_name, ei.c.element_type, ei.c.started_at)
    of_task = (t.c.key.label("task_key"), t.c.assignee, t.c.candidate_groups, t.c.candidate_users, due)
    query = (
        select(*columns, *of_task)
        .select_from(ei.outerjoin(t, t.c.key == ei.c.key))
        .where(ei.c.process_instance_key.in_(keys), ei.c.state == "ACTIVE", ei.c.element_type.not_in(_AROUND))
        .order_by(ei.c.key)
    )
    found: dict[int, list[dict[str, Any]]] = {}
    for row in db.execute(query):
        found.setdefault(row.process_instance_key, []).append(_step(actor, row))
    return found


def _step(actor: Actor, row: Any) -> dict[str, Any]:
    groups, users = row.candidate_groups or [], row.candidate_users or []
    free = row.task_key is not None and row.assignee is None
    asked = free and (actor.name in users or not actor.groups.isdisjoint(groups))
    return {
        "elementId": row.element_id,
        "said": row.element_name,
        "type": row.element_type,
        "since": moment_text(row.started_at),
        "userTaskKey": None if row.task_key is None else str(row.task_key),
        "assignee": row.assignee,
        "candidateGroups": groups,
        "dueBy": None if row.due_by is None else moment_text(row.due_by),
        "mine": row.assignee == actor.name or asked,
    }
