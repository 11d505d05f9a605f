"""Give a task to another for an opinion or a draft: it stays one's own, and comes back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from engine.commands.assignment import assignment_target, check_may_do, check_person, set_assignee
from engine.commands.drafts import copy_draft
from engine.commands.registry import Target, handles
from engine.commands.running import running
from engine.commands.second_person import LONGEST
from engine.commands.task_transitions import node_of
from engine.commands.telling import plain, tell
from engine.commands.transaction import Transaction
from engine.errors import Delegated, InvalidArgument
from engine.model.manual import Words
from engine.notify.recipients import Recipient
from engine.notify.send import Notice


@dataclass(frozen=True, slots=True)
class DelegateTask:
    """To the person `to`; `note` says what for."""

    task_key: int
    to: str
    note: str | None = None
    rev: int | None = None

    def told(self) -> dict[str, Any]:
        """To whom, and what for."""
        return {"to": self.to, "note": self.note}


@handles(DelegateTask, permission="user-task:delegate", event="user-task-delegated", target=assignment_target)
def delegate_task(command: DelegateTask, target: Target, tx: Transaction) -> dict[str, str] | None:
    """The other becomes its assignee, begins with what was filled in, and is told; its owner is whose it was, or who
    delegates what nobody had claimed.

    Raises InvalidState when it is not open, Delegated when somebody helps with it already, InvalidArgument (no such
    person, oneself, a note that is too long), NotCleared, DutiesConflict when a duty keeps one of both from it.
    """
    task, instance, owner = target.rows["task"], target.instance, tx.actor.name
    assert instance is not None
    if task.delegation == "PENDING":
        raise Delegated(userTaskKey=str(task.key), owner=task.owner)
    if command.to in tx.actor.hands:
        raise InvalidArgument("a task is delegated to somebody else")
    if command.note is not None and len(command.note) > LONGEST:
        raise InvalidArgument(f"a note has at most {LONGEST} characters", field="note")
    check_person(tx, instance, command.to)
    r = running(tx)
    check_may_do(r, instance, task, node_of(r, instance, task), tx.actor.hands)
    answer = set_assignee(tx, target, command.to, "delegate", {"owner": owner, "delegation": "PENDING"}, told=True)
    copy_draft(tx, task.key, owner, command.to)
    name = (task.name or task.element_id, task.name_en or task.name or task.element_id)
    subject = Words(f"มีงานขอให้คุณช่วยทำ: {name[0]}", f"You are asked to help with: {name[1]}")
    notice = Notice("help-asked", "delegation", subject, plain(command.note or "-"), instance.key, task.key)
    tell(tx, [Recipient("user", command.to)], notice)
    return answer
