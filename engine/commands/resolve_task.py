"""Give a delegated task back to whose it is, with what was filled in; or take back what one delegated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import update

from engine.commands.assignment import assignment_target, set_assignee
from engine.commands.drafts import copy_draft, drop_draft, keep_draft
from engine.commands.registry import Target, handles
from engine.commands.second_person import LONGEST
from engine.commands.signing import void_if_changed
from engine.commands.telling import plain, tell
from engine.commands.transaction import Transaction
from engine.errors import InvalidArgument, InvalidState
from engine.feel import to_json
from engine.model.manual import Words
from engine.notify.recipients import Recipient
from engine.notify.send import Notice
from engine.store.tables import user_task


@dataclass(frozen=True, slots=True)
class ResolveTask:
    """With `variables`, unchecked, or with the draft of who helped; `note` is their opinion."""

    task_key: int
    variables: Mapping[str, Any] | None = None
    note: str | None = None
    rev: int | None = None

    def told(self) -> dict[str, Any]:
        """What was filled in, and the opinion."""
        filled = None if self.variables is None else to_json(dict(self.variables))
        return {"variables": filled, "note": self.note}


@handles(ResolveTask, permission="user-task:resolve", event="user-task-resolved", target=assignment_target)
def resolve_task(command: ResolveTask, target: Target, tx: Transaction) -> dict[str, str] | None:
    """Whose it is becomes the assignee again. What the helper filled in is the owner's draft then, and the helper has
    had a hand in the task; what the owner takes back is as it was before, and nobody has.

    Raises InvalidState when it is not open or not delegated, InvalidArgument for a note or data that are too long.
    """
    task = target.rows["task"]
    if task.delegation != "PENDING":
        raise InvalidState("nobody helps with this task", userTaskKey=str(task.key))
    if command.note is not None and len(command.note) > LONGEST:
        raise InvalidArgument(f"a note has at most {LONGEST} characters", field="note")
    return give_back(tx, target, command.variables, command.note)


def give_back(
    tx: Transaction, target: Target, variables: Mapping[str, Any] | None, note: str | None
) -> dict[str, str] | None:
    """As `resolve_task`, of a task that is delegated."""
    task, instance = target.rows["task"], target.instance
    assert instance is not None and task.owner is not None and task.assignee is not None
    answer = set_assignee(tx, target, task.owner, "resolve", {"owner": task.owner, "delegation": "RESOLVED"}, told=True)
    if tx.actor.name == task.assignee:
        if variables is not None:
            void_if_changed(tx, instance, task, keep_draft(tx, instance, task, task.owner, variables))
        else:
            copy_draft(tx, task.key, task.assignee, task.owner)
        hands = sorted({*task.hands, *tx.actor.hands})
        tx.db.execute(update(user_task).where(user_task.c.key == task.key).values(hands=hands))
        name = (task.name or task.element_id, task.name_en or task.name or task.element_id)
        subject = Words(f"ส่งงานที่ขอให้ช่วยทำคืนแล้ว: {name[0]}", f"What you asked help for has come back: {name[1]}")
        notice = Notice("help-asked", "delegation", subject, plain(note or "-"), instance.key, task.key)
        tell(tx, [Recipient("user", task.owner)], notice)
    if answer is None:  # else its listeners may still say no
        drop_draft(tx, task.key, task.assignee)
    return answer
