"""The inbox: what a person has to do, as fast with a million tasks as with ten.

`task_candidate` carries what the list sorts by. Each name that means the person (each group, the
person's own) is read through its index for one page only; the pages are then merged.
"""

from __future__ import annotations

import operator
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, union_all

from engine.errors import InvalidArgument
from engine.model.actor import Actor
from engine.queries.search import Search, Window, page_facts, read_cursor, read_window
from engine.queries.signing import to_sign
from engine.queries.tasks import USER_TASK, search_tasks
from engine.queries.visibility import cleared
from engine.store.tables import task_candidate as tc
from engine.store.tables import user_task as t
from engine.store.tasks import URGENCY

VIEWS = ("mine", "groups", "overdue", "dueSoon", "done", "delegated", "toSign")
SOON = timedelta(days=1)
COUNTED = 1_000
_URGENT = ([{"field": "dueBy"}], [{"field": "dueBy", "order": "ASC"}])


def search_inbox(db: Connection, actor: Actor, request: Search, now: datetime) -> dict[str, Any]:
    """As search_tasks; the filter `view` chooses one list of the inbox: `done` by when it was, the others by urgency.
    Raises InvalidArgument."""
    wanted = dict(request.filter)
    view = wanted.pop("view", None)
    rest = Search(wanted, request.sort, request.page)
    if view is None:
        return search_tasks(db, actor, rest)
    if view not in VIEWS:
        raise InvalidArgument(f"filter: view is one of {', '.join(VIEWS)}")
    if view == "done":
        sort = request.sort or ({"field": "completionDate", "order": "DESC"},)
        mine = (t.c.completed_by == actor.name, *_limits(actor, t.c.key))
        return search_tasks(db, actor, Search(wanted, sort, request.page), *mine)
    urgent = not request.sort or [dict(s) for s in request.sort] in _URGENT
    if wanted or not urgent:
        sort = request.sort or ({"field": "dueBy"},)
        return search_tasks(db, actor, Search(wanted, sort, request.page), _of_view(view, actor, now))
    return _fast(db, _branches(actor, view, now), f"inbox-{view}", read_window(request.page))


def _limits(actor: Actor, key: ColumnElement[Any]) -> list[ColumnElement[bool]]:
    """What cuts the lists of a substitute to the tasks of the groups, or of the processes, that it is for."""
    if actor.within is None:
        return []
    names = sorted(actor.within.names)
    if actor.within.kind == "process":
        task = t.alias()
        return [select(task.c.key).where(task.c.key == key, task.c.process_id.in_(names)).exists()]
    row = tc.alias()
    return [select(row.c.task_key).where(row.c.task_key == key, row.c.kind == "group", row.c.name.in_(names)).exists()]


def _of_view(view: str, actor: Actor, now: datetime) -> ColumnElement[bool]:
    parts = (select(b.key).where(*b.conditions).correlate(None) for b in _branches(actor, view, now))
    return or_(*(t.c.key.in_(part) for part in parts))


def _free(actor: Actor) -> list[list[ColumnElement[bool]]]:
    """What a free task of the person looks like, name by name."""
    limits = [*_limits(actor, tc.c.task_key), cleared(actor, tc.c.process_instance_key)]
    return [[tc.c.kind == kind, tc.c.name == name, tc.c.status == "free", *limits] for kind, name in _names(actor)]


def _names(actor: Actor) -> list[tuple[str, str]]:
    return [("user", actor.name), *(("group", group) for group in sorted(actor.groups))]


@dataclass(frozen=True, slots=True)
class Branch:
    """One part of a list: a range of one index, with what sorts it."""

    due: ColumnElement[Any]
    key: ColumnElement[Any]
    conditions: list[ColumnElement[bool]]


def _branches(actor: Actor, view: str, now: datetime) -> list[Branch]:
    """The parts of a list. Urgency, overdue and due soon speak of the earlier of the task's due date and of its case's
    statutory one."""
    seen = cleared(actor, t.c.process_instance_key)
    if view == "mine":
        mine = [t.c.assignee == actor.name, t.c.state == "CREATED", seen, *_limits(actor, t.c.key)]
        return [Branch(URGENCY, t.c.key, mine)]
    if view == "delegated":
        helped = [t.c.owner == actor.name, t.c.delegation == "PENDING", t.c.state == "CREATED", seen]
        return [Branch(URGENCY, t.c.key, [*helped, *_limits(actor, t.c.key)])]
    if view == "toSign":
        asked = [t.c.key.in_(to_sign(actor)), t.c.state == "CREATED", seen, *_limits(actor, t.c.key)]
        return [Branch(URGENCY, t.c.key, asked)]
    free = [Branch(tc.c.due_sort, tc.c.task_key, conditions) for conditions in _free(actor)]
    if view == "groups":
        return free
    parts = [*free, *_branches(actor, "mine", now)]
    between = _moments(view, now)
    return [Branch(b.due, b.key, [*b.conditions, *(op(b.due, limit) for op, limit in between)]) for b in parts]


def _moments(view: str, now: datetime) -> list[tuple[Any, str]]:
    """(comparison, moment as it is stored) that a due date has to fulfil."""
    stored = [moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ") for moment in (now, now + SOON)]
    if view == "overdue":
        return [(operator.lt, stored[0])]
    return [(operator.ge, stored[0]), (operator.le, stored[1])]


def _fast(db: Connection, branches: Sequence[Branch], signature: str, window: Window) -> dict[str, Any]:
    """One page, sorted by urgency, then key."""
    backwards = window.before is not None
    cursor = window.before if backwards else window.after
    beyond = None if cursor is None else read_cursor(cursor, signature, (str, int))
    parts = []
    for branch in branches:
        due, key, conditions = branch.due, branch.key, branch.conditions
        if beyond is not None:
            further = due < beyond[0] if backwards else due > beyond[0]
            level = key < beyond[1] if backwards else key > beyond[1]
            conditions = [*conditions, or_(further, and_(due == beyond[0], level))]
        ordered = (due.desc(), key.desc()) if backwards else (due, key)
        page = select(due.label("due"), key.label("task_key")).where(*conditions)
        # SQLite allows a LIMIT in a part of a union only inside a subquery of its own
        part = page.order_by(*ordered).limit(window.offset + window.limit + 1).subquery()
        parts.append(select(part.c.due, part.c.task_key))
    merged = union_all(*parts).subquery()
    order = (merged.c.due.desc(), merged.c.task_key.desc()) if backwards else (merged.c.due, merged.c.task_key)
    found = select(merged.c.due, merged.c.task_key).distinct().order_by(*order)
    rows = db.execute(found.limit(window.limit + 1).offset(window.offset)).all()
    ends = [list(row) for row in rows[: window.limit]]
    more = len(rows) > window.limit
    if backwards:
        ends.reverse()
    whole = cursor is None and not window.offset and not more
    total = len(ends) if whole else _count(db, branches)
    items = _load(db, [key for _, key in ends])
    return {"items": items, "page": page_facts(total, COUNTED, ends, signature)}


def _load(db: Connection, keys: Sequence[int]) -> list[dict[str, Any]]:
    """The tasks in the order of their keys given; they were found as what the person may see."""
    if not keys:
        return []
    rows = db.execute(USER_TASK.select().where(t.c.key.in_(keys)))
    shown = {item["userTaskKey"]: item for item in map(USER_TASK.shape, rows)}
    return [shown[str(key)] for key in keys]


def _count(db: Connection, branches: Sequence[Branch]) -> int:
    """How many there are; beyond COUNTED, some number above it."""
    parts = [
        select(select(b.key.label("task_key")).where(*b.conditions).limit(COUNTED + 1).subquery()) for b in branches
    ]
    merged = union_all(*parts).subquery()
    return db.execute(select(func.count(func.distinct(merged.c.task_key)))).scalar_one()
