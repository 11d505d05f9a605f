"""What a person marked for himself or herself: which tasks were read, and which are put off until when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, String, select, type_coerce

from engine.errors import InvalidArgument
from engine.model.actor import Actor
from engine.queries.noun import Context
from engine.store.tables import task_mark
from engine.store.tables import user_task as t

m = task_mark.c
_AT_ONCE = 1_000


def unread(value: Any, context: Context) -> ColumnElement[bool]:
    """The filter `unread`: whether who asks has not read the task. Raises InvalidArgument."""
    return unread_of(t.c.key, value, context)


def unread_of(key: ColumnElement[Any], value: Any, context: Context) -> ColumnElement[bool]:
    """The same of the task with this key."""
    if not isinstance(value, bool):
        raise InvalidArgument("filter: unread is true or false")
    # asked of one task after the other: how many the person has read in the course of years does not matter
    read = select(m.read_at).where(m.username == context.actor.id, m.task_key == key).scalar_subquery()
    return read.is_(None) if value else read.is_not(None)


def put_off(actor: Actor, key: ColumnElement[Any], now: datetime) -> ColumnElement[bool]:
    """Whether the actor has put off the task until a moment to come."""
    mine = (m.username == actor.id, m.task_key == key, m.snoozed_until > now)
    return select(m.task_key).where(*mine).correlate_except(task_mark).exists()


def all_put_off(actor: Actor, now: datetime) -> ColumnElement[bool]:
    """Of tasks, by user_task.key: those that the actor has put off, found by index."""
    return t.c.key.in_(select(m.task_key).where(m.username == actor.id, m.snoozed_until > now))


def marked(db: Connection, actor: Actor, items: Sequence[dict[str, Any]]) -> None:
    """Add to tasks (`userTaskKey`) what the actor marked: `read`, and `snoozedUntil` or null."""
    found: dict[int, tuple[bool, str | None]] = {}
    until = type_coerce(m.snoozed_until, String)
    for begin in range(0, len(items), _AT_ONCE):
        keys = [int(item["userTaskKey"]) for item in items[begin : begin + _AT_ONCE]]
        mine = select(m.task_key, m.read_at.is_not(None), until).where(m.username == actor.id, m.task_key.in_(keys))
        found |= {key: (bool(read), snoozed) for key, read, snoozed in db.execute(mine)}
    for item in items:
        item["read"], item["snoozedUntil"] = found.get(int(item["userTaskKey"]), (False, None))
