"""Give a user task back: nobody is its assignee."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from engine.commands.assignment import assignment_target, set_assignee
from engine.commands.registry import Target, handles
from engine.commands.transaction import Transaction
from engine.errors import Delegated


@dataclass(frozen=True, slots=True)
class UnassignTask:
    """Take the assignee off the task."""

    task_key: int
    rev: int | None = None

    def told(self) -> dict[str, Any]:
        """Nothing beyond who did it."""
        return {}


@handles(UnassignTask, permission="user-task:unassign", event="user-task-unassigned", target=assignment_target)
def unassign_task(command: UnassignTask, target: Target, tx: Transaction) -> dict[str, str] | None:
    """Raises InvalidState when the task is not open, Delegated for who only helps with it."""
    task = target.rows["task"]
    if task.delegation == "PENDING" and task.assignee == tx.actor.name:
        raise Delegated(userTaskKey=str(task.key), owner=task.owner)
    return set_assignee(tx, target, None, "unassign")
