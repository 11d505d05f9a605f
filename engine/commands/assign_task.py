"""Assign a user task to a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from engine.commands.assignment import assignment_target, check_person, set_assignee
from engine.commands.registry import Target, handles
from engine.commands.transaction import Transaction
from engine.errors import InvalidState


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
    """Raises InvalidState, InvalidArgument (no such person), NotCleared, DutiesConflict. The task is theirs alone
    from then on."""
    task = target.rows["task"]
    if not command.allow_override and task.assignee is not None and task.assignee != command.assignee:
        raise InvalidState("somebody has this task already", assignee=task.assignee)
    assert target.instance is not None
    check_person(tx, target.instance, command.assignee)
    return set_assignee(tx, target, command.assignee, command.action)
