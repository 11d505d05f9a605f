"""Say that one has the page of a task open, and that one has left it: whoever else has it open is shown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from sqlalchemy import and_, delete, insert, select, update

from engine.commands.registry import NO_INSTANCE, Target, handles
from engine.commands.targets import takes_part, task_target
from engine.commands.transaction import Transaction
from engine.store.tables import moment_text, task_presence

PRESENT_FOR = timedelta(seconds=60)  # from when it was last said; pages say it every 25 seconds


@dataclass(frozen=True, slots=True)
class BeAtTask:
    """The actor, and nobody in whose name, has the page open now."""

    task_key: int


@dataclass(frozen=True, slots=True)
class LeaveTask:
    """The actor has it open no more."""

    task_key: int


def _target(command: Any, tx: Transaction) -> Target:
    """Whoever may see the task. Raises NotFound."""
    target = task_target(command, tx)
    assert target.instance is not None
    return replace(target, facts=replace(target.facts, participant=takes_part(tx, tx.actor, target.instance)))


@handles(BeAtTask, permission="user-task:read", event=NO_INSTANCE, target=_target)
def be_at_task(command: BeAtTask, _target: Target, tx: Transaction) -> dict[str, Any]:
    """Returns {others: [{username, since}]}, who came first first. Who comes is announced; saying it again is not."""
    _forget(tx, command.task_key)
    c = task_presence.c
    mine = and_(c.task_key == command.task_key, c.username == tx.actor.id)
    if not tx.db.execute(update(task_presence).where(mine).values(seen_at=tx.now)).rowcount:
        row = {"task_key": command.task_key, "username": tx.actor.id, "arrived_at": tx.now, "seen_at": tx.now}
        tx.db.execute(insert(task_presence), row)
        _announce(tx, command.task_key)
    others = select(c.username, c.arrived_at).where(c.task_key == command.task_key, c.username != tx.actor.id)
    rows = tx.db.execute(others.order_by(c.arrived_at, c.username))
    return {"others": [{"username": row.username, "since": moment_text(row.arrived_at)} for row in rows]}


@handles(LeaveTask, permission="user-task:read", event=NO_INSTANCE, target=_target)
def leave_task(command: LeaveTask, _target: Target, tx: Transaction) -> None:
    """Nothing happens when one was not there."""
    c = task_presence.c
    mine = and_(c.task_key == command.task_key, c.username == tx.actor.id)
    if tx.db.execute(delete(task_presence).where(mine)).rowcount:
        _announce(tx, command.task_key)


def forget_absent(tx: Transaction) -> None:
    """Of all tasks, forget whose page has not been heard of for a while."""
    tx.db.execute(delete(task_presence).where(task_presence.c.seen_at <= tx.now - PRESENT_FOR))


def _forget(tx: Transaction, task_key: int) -> None:
    c = task_presence.c
    tx.db.execute(delete(task_presence).where(c.task_key == task_key, c.seen_at <= tx.now - PRESENT_FOR))


def _announce(tx: Transaction, task_key: int) -> None:
    tx.announce("task-presence", {"userTaskKey": str(task_key)})
