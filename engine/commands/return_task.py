"""Send a case back to an earlier task, to be done again by who did it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from engine.commands.assignment import check_person
from engine.commands.done_again import do_again
from engine.commands.registry import Target, handles
from engine.commands.running import running
from engine.commands.second_person import check_reason
from engine.commands.targets import task_target
from engine.commands.task_rows import Again
from engine.commands.task_transitions import node_of
from engine.commands.telling import plain, tell
from engine.commands.transaction import Transaction
from engine.errors import Delegated, InvalidArgument, InvalidState, NotCleared, NotToBeReturned
from engine.model.manual import Words
from engine.notify.recipients import Recipient
from engine.notify.send import Notice
from engine.store.instances import Instance
from engine.store.tables import user_task
from engine.store.tasks import Task


@dataclass(frozen=True, slots=True)
class ReturnTask:
    """To the task of the element `to`; `reason` says what is to be done there."""

    task_key: int
    to: str
    reason: str | None
    rev: int | None = None

    def told(self) -> dict[str, Any]:
        """Where to, and why."""
        return {"to": self.to, "reason": self.reason}


@handles(ReturnTask, permission="user-task:return", event="user-task-returned", target=task_target)
def return_task(command: ReturnTask, target: Target, tx: Transaction) -> None:
    """This task is withdrawn and the earlier one begins anew, for the person who did it last (its candidates, when that
    person has left or may not see the case any more), who is told. What was recorded stays recorded.

    Raises ReasonNeeded, InvalidState when the task is not open or the other was never done, Delegated for who only
    helps, NotToBeReturned where the diagram (krabuan:return) does not allow it.
    """
    task, instance, reason = target.rows["task"], target.instance, check_reason(command.reason)
    assert instance is not None
    if task.state != "CREATED":
        raise InvalidState(userTaskKey=str(task.key), state=task.state)
    if task.delegation == "PENDING":
        raise Delegated(userTaskKey=str(task.key), owner=task.owner)
    r = running(tx)
    allowed = node_of(r, instance, task).return_to
    if command.to not in allowed:
        raise NotToBeReturned(userTaskKey=str(task.key), elements=list(allowed))
    c = user_task.c
    done = (c.process_instance_key == instance.key, c.element_id == command.to, c.state == "COMPLETED")
    last = tx.db.execute(select(c.completed_by).where(*done).order_by(c.completed_at.desc(), c.key.desc())).first()
    if last is None:
        raise InvalidState("nobody has done that task in this case", userTaskKey=str(task.key), element=command.to)
    person = _still_there(tx, instance, last.completed_by)
    do_again(r, target, task.key, command.to, Again(person))
    if person is not None:
        _tell(tx, instance, task, person, reason)


def _still_there(tx: Transaction, instance: Instance, name: str) -> str | None:
    try:
        check_person(tx, instance, name)
    except (InvalidArgument, NotCleared):
        return None
    return name


def _tell(tx: Transaction, instance: Instance, task: Task, person: str, reason: str) -> None:
    th, en = task.name or task.element_id, task.name_en or task.name or task.element_id
    subject = Words(f"เรื่องถูกส่งกลับมาแก้ไข จากงาน: {th}", f"A case was sent back to you from: {en}")
    tell(tx, [Recipient("user", person)], Notice("task-returned", "return", subject, plain(reason), instance.key))
