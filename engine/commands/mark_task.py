"""Mark a task for oneself: as read, or as put off until a moment, at which it comes back by itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, select, update

from engine.commands.registry import NO_INSTANCE, Target, handles
from engine.commands.targets import takes_part, task_target
from engine.commands.transaction import Transaction
from engine.errors import InvalidArgument
from engine.store.tables import task_mark

FURTHEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class MarkTask:
    """`read` True or False; None leaves it. Where it `snoozes`, until `until`; None ends what was put off. The mark is
    of the account that acts: a substitute marks for himself or herself."""

    task_key: int
    read: bool | None = None
    snoozes: bool = False
    until: datetime | None = None


def _target(command: MarkTask, tx: Transaction) -> Target:
    target = task_target(command, tx)
    assert target.instance is not None
    target.facts = replace(target.facts, participant=takes_part(tx, tx.actor, target.instance))
    return target


@handles(MarkTask, permission="user-task:mark", event=NO_INSTANCE, target=_target)
def mark_task(command: MarkTask, target: Target, tx: Transaction) -> None:
    """Doing it again changes nothing. Raises InvalidArgument for a moment that is over, or further than a year away."""
    if command.until is not None and not tx.now < command.until <= tx.now + FURTHEST:
        raise InvalidArgument("a task is put off until a moment to come, within a year", field="snoozedUntil")
    values: dict[str, Any] = {}
    if command.read is not None:
        values["read_at"] = tx.now if command.read else None
    if command.snoozes:
        values["snoozed_until"] = command.until
    if not values:
        return
    c, instance = task_mark.c, target.instance
    assert instance is not None
    mine = (c.username == tx.actor.id, c.task_key == command.task_key)
    before = tx.db.execute(select(c.read_at).where(*mine)).one_or_none()
    if before is None:
        key = {"username": tx.actor.id, "task_key": command.task_key, "process_instance_key": instance.key}
        tx.db.execute(insert(task_mark), {**key, "read_at": None, "snoozed_until": None, **values})
        return
    if command.read and before.read_at is not None:
        del values["read_at"]  # it was read then
    if values:
        tx.db.execute(update(task_mark).where(*mine).values(**values))
