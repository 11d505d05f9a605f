"""Assign a user task to a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from engine.commands.assignment import assignment_target, set_assignee
from engine.commands.registry import Target, handles
from engine.commands.transaction import Transaction
from engine.errors import InvalidArgument, InvalidState
from engine.store.tables import person


@dataclass(frozen=True, slots=True)
class AssignTask:
    """Make `assignee` the task's assignee; without `allow_override` only if nobody is."""

    task_key: int
    assignee: str
    allow_override: bool = True
    rev: int | None = None
    action: str = "assign"

    def told(self) -> dict[str, Any]:
        """To whom."""
        return {"assignee": self.assignee, "action": self.action}


@handles(AssignTask, permission="user-task:assign", event="user-task-assigned", target=assignment_target)
def assign_task(command: AssignTask, target: Target, tx: Transaction) -> dict[str, str] | None:
    """Raises InvalidState, InvalidArgument (no such person), DutiesConflict."""
    task = target.rows["task"]
    if not command.allow_override and task.assignee is not None and task.assignee != command.assignee:
        raise InvalidState("somebody has this task already", assignee=task.assignee)
    known = select(person.c.username).where(person.c.username == command.assignee, person.c.active)
    if tx.db.execute(known).first() is None:
        raise InvalidArgument(f"there is no person {command.assignee}")
    return set_assignee(tx, target, command.assignee, command.action)
