"""Claim a user task: the actor becomes its assignee."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from engine.commands.assignment import set_assignee
from engine.commands.registry import Target, handles
from engine.commands.targets import task_target
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


@handles(ClaimTask, permission="user-task:claim", event="user-task-claimed", target=task_target)
def claim_task(command: ClaimTask, target: Target, tx: Transaction) -> None:
    """Raises InvalidState when somebody else has it; claiming one's own task again changes nothing."""
    person = tx.actor.on_behalf_of or tx.actor.id
    task = target.rows["task"]
    if task.assignee is not None and task.assignee != person:
        raise InvalidState("somebody else has claimed this task", assignee=task.assignee)
    if task.assignee != person:
        set_assignee(tx, target, person)
