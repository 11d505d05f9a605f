"""Hand a task over from a person who leaves, to another or back to its candidates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from engine.commands.assignment import assignment_target, set_assignee
from engine.commands.registry import Target, handles
from engine.commands.second_person import check_reason
from engine.commands.transaction import Transaction
from engine.errors import InvalidArgument, InvalidState
from engine.store.tables import person


@dataclass(frozen=True, slots=True)
class HandOverTask:
    """From `leaver` to the person `to`; None: back to the candidates."""

    task_key: int
    leaver: str
    to: str | None
    reason: str

    def told(self) -> dict[str, Any]:
        """From whom, to whom, and why."""
        return {"from": self.leaver, "to": self.to, "reason": self.reason}


@handles(HandOverTask, permission="user-task:hand-over", event="user-task-handed-over", target=assignment_target)
def hand_over_task(command: HandOverTask, target: Target, tx: Transaction) -> dict[str, str] | None:
    """Raises ReasonNeeded, InvalidArgument (no such person), InvalidState when it is not the leaver's open task (any
    more), DutiesConflict when it may not be the other's."""
    check_reason(command.reason)
    task = target.rows["task"]
    if task.assignee != command.leaver or command.to == command.leaver:
        raise InvalidState("this is not a task to be handed over", userTaskKey=str(task.key), assignee=task.assignee)
    if command.to is not None:
        known = select(person.c.username).where(person.c.username == command.to, person.c.active)
        if tx.db.execute(known).first() is None:
            raise InvalidArgument(f"there is no person {command.to}")
    return set_assignee(tx, target, command.to, "hand-over")
