"""Claim a user task: the actor becomes its assignee."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from engine.commands.assignment import assignment_target, set_assignee
from engine.commands.registry import Target, handles
from engine.commands.transaction import Transaction
from engine.errors import InvalidState


@dataclass(frozen=True, slots=True)
class ClaimTask:
    """Take the task for oneself."""

    task_key: int
    rev: int | None = None

    def told(self) -> dict[str, Any]:
        """Nothing beyond who claims."""
        return {}


@handles(ClaimTask, permission="user-task:claim", event="user-task-claimed", target=assignment_target)
def claim_task(command: ClaimTask, target: Target, tx: Transaction) -> dict[str, str] | None:
    """Raises InvalidState when the task is not open or somebody else has it; claiming one's own task again changes
    nothing."""
    person = tx.actor.name
    task = target.rows["task"]
    if task.state != "CREATED":
        raise InvalidState(userTaskKey=str(task.key), state=task.state)
    if task.assignee is not None and task.assignee != person:
        raise InvalidState("somebody else has claimed this task", assignee=task.assignee)
    if task.assignee != person:
        return set_assignee(tx, target, person, "claim")
    return None
