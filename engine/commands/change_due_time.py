"""Change when a running timer is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from engine.commands.registry import Target, handles
from engine.commands.running import NotWaiting, running
from engine.commands.second_person import check_second_person
from engine.commands.targets import element_target
from engine.commands.transaction import Transaction
from engine.errors import InvalidState
from engine.execution.by_hand import move_timer


@dataclass(frozen=True, slots=True)
class ChangeDueTime:
    """The timer of the event `timer` (an element id) that an element instance waits for; None: its only one."""

    element_instance_key: int
    due_at: datetime
    timer: str | None = None
    reason: str | None = None
    rev: int | None = None

    def told(self) -> dict[str, Any]:
        """Why; the time before stands in the event of the timer."""
        return {"reason": self.reason, "timer": self.timer, "dueAt": self.due_at.isoformat()}


@handles(ChangeDueTime, permission="timer:update", event="due-time-changed", target=element_target)
def change_due_time(command: ChangeDueTime, target: Target, tx: Transaction) -> None:
    """Raises InvalidState when no such timer runs, or several do. One set into the past fires at once."""
    instance = target.instance
    assert instance is not None
    check_second_person(tx, instance, "changeTimer", command.reason)
    r = running(tx)
    try:
        move_timer(r.case(instance), command.element_instance_key, command.timer, command.due_at.astimezone(UTC))
    except NotWaiting as error:
        raise InvalidState(str(error), elementInstanceKey=str(command.element_instance_key)) from error
    r.settle(instance)
