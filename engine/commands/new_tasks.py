"""Tell people of new work: a task that became somebody's by another's doing, and one that waits for a group.

The command that makes a task only adds a row that comes due, with the rows that it writes anyway; people are told after
its commit. Where nobody hears of what leaves the service there is no such row: the inbox shows what is there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Row, select

from engine.commands.applying import FOLLOWERS, add_timer
from engine.commands.fire_timer import due_kind, finish
from engine.commands.running import Running, running
from engine.commands.telling import about_task, tell, tell_assignee
from engine.commands.transaction import Transaction
from engine.execution import Case
from engine.execution import effects as fx
from engine.model.manual import Words
from engine.notify.recipients import Parties, performers
from engine.notify.send import Notice
from engine.store.instances import ALIVE, Instance
from engine.store.sealing import read_name
from engine.store.tables import history_event, user_task

KIND = "NEW_TASK"
OPEN: Mapping[str, Any] = {}
WAIT = timedelta(minutes=1)  # what somebody takes at once needs no telling


def follow_new_tasks(r: Running, i: Instance, _case: Case, effects: Sequence[fx.Effect]) -> None:
    """Have people told of every new task, but not those whose doing it is."""
    for effect in effects:
        if not isinstance(effect, fx.UserTaskCreated) or effect.key in r.told:
            continue
        row = r.writer.tasks.get(effect.key)
        if row is None:  # it has ended already
            continue
        who = row["assignee"] or (effect.assignee if effect.pending else None)
        if who is not None:
            # one whose listeners are asked first is told of when they have answered
            if not effect.pending and who not in r.tx.actor.hands and _is_known(r.tx, i, who):
                _add(r, i, effect.key, effect.node.id, timedelta(), {"assigned": True})
        elif (row["candidate_groups"] or row["candidate_users"]) and _anybody(r.tx, i):
            _add(r, i, effect.key, effect.node.id, WAIT)


def tell_of(r: Running, i: Instance, task: Any) -> None:
    """The task (a row) waits for others now: have those told that were not yet."""
    if _anybody(r.tx, i):
        _add(r, i, task.key, task.element_id, WAIT)


def _add(
    r: Running, i: Instance, task_key: int, element_id: str, wait: timedelta, payload: Mapping[str, Any] = OPEN
) -> None:
    add_timer(r, i, r.tx.key(), task_key, element_id, KIND, r.tx.now + wait, dict(payload))


def _is_known(tx: Transaction, i: Instance, username: str) -> bool:
    return tx.services.directory.known(tx.db, i.stamp).people.seal_of(username) is not None


def _anybody(tx: Transaction, i: Instance) -> bool:
    return tx.services.listening.anybody(tx.db, i.stamp, tx.now)


@due_kind(KIND)
def _tell_of_task(tx: Transaction, row: Row[Any]) -> None:
    """Nobody is told of a task that is done, or that somebody has taken meanwhile."""
    finish(tx, row.key)
    instance = tx.lock_instance(row.process_instance_key)
    task = tx.db.execute(select(user_task).where(user_task.c.key == row.element_instance_key)).one_or_none()
    if instance.state not in ALIVE or task is None or task.completed_at is not None or task.state == "CANCELING":
        return
    if task.state != "CREATED":  # its listeners are asked
        _add(running(tx), instance, task.key, task.element_id, WAIT)
    elif task.assignee is None:
        _tell_candidates(tx, instance, task)
    elif row.payload.get("assigned"):
        tell_assignee(tx, instance, task, task.assignee)


def _tell_candidates(tx: Transaction, instance: Instance, task: Row[Any]) -> None:
    th, en = task.name or task.element_id, task.name_en or task.name or task.element_id
    subject = Words(f"มีงานใหม่รอผู้รับ: {th}", f"A new task waits for somebody: {en}")
    body = about_task(task, tx.services.zone)
    notice = Notice("task-open", "task-open", subject, body, instance.key, task.key, f"task-{task.key}")
    to = performers(Parties(free_groups=task.candidate_groups, free_users=task.candidate_users))
    tell(tx, to, notice, but=_makers(tx, task))


def _makers(tx: Transaction, task: Row[Any]) -> list[str]:
    """By whose doing the task is there: in whose name, and through whom."""
    h = history_event.c
    made = (h.process_instance_key == task.process_instance_key, h.element_instance_key == task.key)
    query = select(read_name(h.actor), read_name(h.on_behalf_of)).where(*made, h.type == "user-task-created")
    return [name for row in tx.db.execute(query) for name in row if name]


FOLLOWERS.append(follow_new_tasks)
