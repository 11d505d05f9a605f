"""The inbox: what a person has to do, as fast with a million tasks as with ten.

`task_candidate` carries what the list sorts by. Each name that means the person (each group, the
person's own) is read through its index for one page only; the pages are then merged. A filter is asked on the way,
task by task, until the page is full.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, literal, literal_column, or_, select, union_all

from engine.errors import InvalidArgument
from engine.model.actor import Actor
from engine.queries.inbox_filters import narrowing
from engine.queries.inbox_lists import COUNTED_VIEWS, OFFICE_ZONE, VIEWS, Branch, Moment, branches, narrowed
from engine.queries.marks import marked
from engine.queries.noun import Context
from engine.queries.search import (
    Order,
    Search,
    Window,
    beyond,
    directed,
    page_facts,
    read_cursor,
    read_window,
)
from engine.queries.tasks import USER_TASK, search_tasks
from engine.store.prepared import plan_anew
from engine.store.tables import user_task as t

COUNTED = 1_000
COUNTED_FILTERED = 100  # what a filter lets through may be rare
COUNTED_AT_ONCE = 100  # of each list, where all are counted
# how a list can be sorted without leaving its index, or at least one's own part of it: (column of a part, descending)
URGENT = (("due", False), ("key", False))
ORDERS: Mapping[tuple[tuple[str, str], ...], tuple[tuple[str, bool], ...]] = {
    (): URGENT,
    (("dueBy", "ASC"),): URGENT,
    (("creationDate", "DESC"),): (("key", True),),  # keys grow with time
    (("priority", "DESC"), ("dueBy", "ASC")): (("priority", True), *URGENT),
}
LATEST = (("completed", True), ("key", True))
DONE: Mapping[tuple[tuple[str, str], ...], tuple[tuple[str, bool], ...]] = {
    (): LATEST,
    (("completionDate", "DESC"),): LATEST,
}


def search_inbox(
    db: Connection, actor: Actor, request: Search, now: datetime, zone: str = OFFICE_ZONE, put_off: bool = True
) -> dict[str, Any]:
    """As search_tasks; the filter `view` chooses one list of the inbox: `done` by when it was, the others by urgency
    where nothing else is asked for.
    Where not `put_off`, what was put off is in the lists, too. Raises InvalidArgument."""
    wanted = dict(request.filter)
    view = wanted.pop("view", None)
    if view is None:
        return search_tasks(db, actor, Search(wanted, request.sort, request.page))
    if view not in VIEWS:
        raise InvalidArgument(f"filter: view is one of {', '.join(VIEWS)}")
    plan_anew(db)
    parts = branches(actor, view, Moment(now, zone), put_off)
    sort = tuple((str(s.get("field")), str(s.get("order") or "ASC").upper()) for s in request.sort)
    order = DONE.get(sort) if view == "done" else ORDERS.get(sort)
    if order is None:
        return search_tasks(db, actor, Search(wanted, request.sort, request.page), _of_parts(parts))
    found = narrowing(db, wanted, Context(db.dialect.name, actor))
    most = COUNTED_FILTERED if wanted else COUNTED
    signature = f"inbox-{view}" if order is URGENT else f"inbox-{view}-{order[0][0]}"
    listed = Listed(narrowed(parts, wanted, found), order, signature, found.few is not None)
    return _fast(db, actor, listed, read_window(request.page), most)


def count_inbox(db: Connection, actor: Actor, now: datetime, zone: str = OFFICE_ZONE) -> dict[str, Any]:
    """{"items": [{view, count, more}]} of every list but `done`: `more` says that there are more than `count`."""
    plan_anew(db)
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


@dataclass(frozen=True, slots=True)
class Listed:
    """A list to be read: its parts, how they are sorted, and what tells its cursors from those of others."""

    parts: Sequence[Branch]
    order: Sequence[tuple[str, bool]]
    signature: str
    few: bool = False  # there can be but few tasks in it, found by their keys and sorted then

    def of(self, part: Branch) -> list[Order]:
        """What sorts one part."""
        return [Order(getattr(part, name), descending) for name, descending in self.order]


def _fast(db: Connection, actor: Actor, listed: Listed, window: Window, most: int) -> dict[str, Any]:
    """One page; the total is counted up to `most`."""
    backwards = window.before is not None
    cursor = window.before if backwards else window.after
    kinds = [str if name in ("due", "completed") else int for name, _ in listed.order]
    after = None if cursor is None else read_cursor(cursor, listed.signature, kinds)
    merged = union_all(*(_page(listed, b, after, backwards, window) for b in listed.parts)).subquery()
    orders = [Order(_named(name), descending) for name, descending in listed.order]
    found = select(*(o.expression for o in orders)).select_from(merged).distinct()
    found = found.order_by(*(directed(o, backwards) for o in orders))
    rows = db.execute(found.limit(window.limit + 1).offset(window.offset)).all()
    ends = [list(row) for row in rows[: window.limit]]
    more = len(rows) > window.limit
    if backwards:
        ends.reverse()
    whole = cursor is None and not window.offset and not more
    total = len(ends) if whole else db.execute(_counted(listed.parts, most)).scalar_one()
    items = _load(db, [end[-1] for end in ends])
    marked(db, actor, items)
    return {"items": items, "page": page_facts(total, max(most, len(ends)), ends, listed.signature)}


def _page(
    listed: Listed, branch: Branch, after: list[Any] | None, backwards: bool, window: Window
) -> Select[Any]:
    """Of one part as many as the page could need."""
    orders, conditions = listed.of(branch), list(branch.conditions)
    if after is not None:
        first, falls = orders[0].expression, orders[0].descending != backwards
        # the bound alone is what an index is entered by: what comes before the page is not read
        conditions.append(first <= after[0] if falls else first >= after[0])
        conditions.append(beyond(orders, after, backwards))
    names = [name for name, _ in listed.order]
    page = select(*(o.expression.label(name) for o, name in zip(orders, names, strict=True)))
    page = page.select_from(branch.source).where(*conditions)
    if listed.few:
        return page
    page = page.order_by(*(directed(o, backwards) for o in orders))
    # SQLite allows a LIMIT in a part of a union only inside a subquery of its own
    part = page.limit(window.offset + window.limit + 1).subquery()
    return select(*map(_named, names)).select_from(part)


def _load(db: Connection, keys: Sequence[int]) -> list[dict[str, Any]]:
    """The tasks in the order of their keys given; they were found as what the person may see."""
    if not keys:
        return []
    rows = db.execute(USER_TASK.select().where(t.c.key.in_(keys)))
    shown = {item["userTaskKey"]: item for item in map(USER_TASK.shape, rows)}
    return [shown[str(key)] for key in keys]


def _counted(parts: Sequence[Branch], most: int) -> Select[Any]:
    """How many there are; beyond `most`, some number above it. No more are read than that."""
    key = _named("task_key")
    each = (select(b.key.label("task_key")).select_from(b.source).where(*b.conditions).limit(most + 1) for b in parts)
    merged = union_all(*(select(key).select_from(one.subquery()) for one in each)).subquery()
    some = select(key).select_from(merged).distinct().limit(most + 1).subquery()
    return select(func.count()).select_from(some)


def _named(name: str) -> ColumnElement[Any]:
    """A column of the one subquery that is read. Asked of that itself, SQLAlchemy would make copies of all its columns,
    which for each part of each page was a quarter of the time."""
    return literal_column(name)
