"""The inbox: what a person has to do, as fast with a million tasks as with ten.

`task_candidate` carries what the list sorts by. Each name that means the person (each group, the
person's own) is read through its index for one page only; the pages are then merged. A filter is asked on the way,
task by task, until the page is full.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, literal, or_, select, union_all

from engine.errors import InvalidArgument
from engine.model.actor import Actor
from engine.queries.filters import compile_filter
from engine.queries.inbox_lists import COUNTED_VIEWS, OFFICE_ZONE, VIEWS, Branch, Moment, branches, limits, narrowed
from engine.queries.marks import marked
from engine.queries.noun import Context
from engine.queries.search import Search, Window, page_facts, read_cursor, read_window
from engine.queries.tasks import USER_TASK, search_tasks
from engine.store.tables import user_task as t

COUNTED = 1_000
COUNTED_FILTERED = 100  # what a filter lets through may be rare
COUNTED_AT_ONCE = 100  # of each list, where all are counted
_URGENT = ([{"field": "dueBy"}], [{"field": "dueBy", "order": "ASC"}])


def search_inbox(
    db: Connection, actor: Actor, request: Search, now: datetime, zone: str = OFFICE_ZONE, put_off: bool = True
) -> dict[str, Any]:
    """As search_tasks; the filter `view` chooses one list of the inbox: `done` by when it was, the others by urgency.
    Where not `put_off`, what was put off is in the lists, too. Raises InvalidArgument."""
    wanted = dict(request.filter)
    view = wanted.pop("view", None)
    if view is None:
        return search_tasks(db, actor, Search(wanted, request.sort, request.page))
    if view not in VIEWS:
        raise InvalidArgument(f"filter: view is one of {', '.join(VIEWS)}")
    if view == "done":
        sort = request.sort or ({"field": "completionDate", "order": "DESC"},)
        mine = (t.c.completed_by == actor.name, *limits(actor, t.c.key))
        return search_tasks(db, actor, Search(wanted, sort, request.page), *mine)
    parts = branches(actor, view, Moment(now, zone), put_off)
    if request.sort and [dict(s) for s in request.sort] not in _URGENT:
        return search_tasks(db, actor, Search(wanted, request.sort, request.page), _of_parts(parts))
    found = compile_filter(wanted, USER_TASK, Context(db.dialect.name, actor))
    most = COUNTED_FILTERED if wanted else COUNTED
    return _fast(db, actor, narrowed(parts, wanted, found), f"inbox-{view}", read_window(request.page), most)


def count_inbox(db: Connection, actor: Actor, now: datetime, zone: str = OFFICE_ZONE) -> dict[str, Any]:
    """{"items": [{view, count, more}]} of every list but `done`: `more` says that there are more than `count`."""
    at = Moment(now, zone)
    counts = [
        select(literal(view), _counted(branches(actor, view, at), COUNTED_AT_ONCE).scalar_subquery())
        for view in COUNTED_VIEWS
    ]
    found = db.execute(union_all(*counts)).all()
    items = [{"view": v, "count": min(n, COUNTED_AT_ONCE), "more": n > COUNTED_AT_ONCE} for v, n in found]
    return {"items": items}


def _of_parts(parts: Sequence[Branch]) -> ColumnElement[bool]:
    keys = (select(b.key).select_from(b.source).where(*b.conditions).correlate(None) for b in parts)
    return or_(*(t.c.key.in_(part) for part in keys))


def _fast(
    db: Connection, actor: Actor, parts: Sequence[Branch], signature: str, window: Window, most: int
) -> dict[str, Any]:
    """One page, sorted by urgency, then key; the total is counted up to `most`."""
    backwards = window.before is not None
    cursor = window.before if backwards else window.after
    beyond = None if cursor is None else read_cursor(cursor, signature, (str, int))
    merged = union_all(*(_page(b, beyond, backwards, window) for b in parts)).subquery()
    order = (merged.c.due.desc(), merged.c.task_key.desc()) if backwards else (merged.c.due, merged.c.task_key)
    found = select(merged.c.due, merged.c.task_key).distinct().order_by(*order)
    rows = db.execute(found.limit(window.limit + 1).offset(window.offset)).all()
    ends = [list(row) for row in rows[: window.limit]]
    more = len(rows) > window.limit
    if backwards:
        ends.reverse()
    whole = cursor is None and not window.offset and not more
    total = len(ends) if whole else db.execute(_counted(parts, most)).scalar_one()
    items = _load(db, [key for _, key in ends])
    marked(db, actor, items)
    return {"items": items, "page": page_facts(total, max(most, len(ends)), ends, signature)}


def _page(branch: Branch, beyond: list[Any] | None, backwards: bool, window: Window) -> Select[Any]:
    """Of one part as many as the page could need."""
    due, key, conditions = branch.due, branch.key, list(branch.conditions)
    if beyond is not None:
        further = due < beyond[0] if backwards else due > beyond[0]
        level = key < beyond[1] if backwards else key > beyond[1]
        # the bound alone is what an index is entered by: what comes before the page is not read
        conditions.append(due <= beyond[0] if backwards else due >= beyond[0])
        conditions.append(or_(further, and_(due == beyond[0], level)))
    ordered = (due.desc(), key.desc()) if backwards else (due, key)
    page = select(due.label("due"), key.label("task_key")).select_from(branch.source).where(*conditions)
    # SQLite allows a LIMIT in a part of a union only inside a subquery of its own
    part = page.order_by(*ordered).limit(window.offset + window.limit + 1).subquery()
    return select(part.c.due, part.c.task_key)


def _load(db: Connection, keys: Sequence[int]) -> list[dict[str, Any]]:
    """The tasks in the order of their keys given; they were found as what the person may see."""
    if not keys:
        return []
    rows = db.execute(USER_TASK.select().where(t.c.key.in_(keys)))
    shown = {item["userTaskKey"]: item for item in map(USER_TASK.shape, rows)}
    return [shown[str(key)] for key in keys]


def _counted(parts: Sequence[Branch], most: int) -> Select[Any]:
    """How many there are; beyond `most`, some number above it. No more are read than that."""
    keys = [
        select(
            select(b.key.label("task_key")).select_from(b.source).where(*b.conditions).limit(most + 1).subquery()
        )
        for b in parts
    ]
    merged = union_all(*keys).subquery()
    some = select(merged.c.task_key).distinct().limit(most + 1).subquery()
    return select(func.count()).select_from(some)
