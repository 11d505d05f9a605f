"""Hand a task over from a person who leaves, to another or back to its candidates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from engine.commands.assignment import ITS_OWN, assignment_target, check_may_do, check_person, set_assignee
from engine.commands.registry import Target, handles
from engine.commands.running import running
from engine.commands.second_person import check_reason
from engine.commands.task_transitions import node_of
from engine.commands.transaction import Transaction
from engine.errors import InvalidState


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
    more), NotCleared, DutiesConflict when it may not be the other's. Of a task that somebody helps with, the leaver's
    part is handed over: the help, which without another ends, or the task."""
    check_reason(command.reason)
    task, instance = target.rows["task"], target.instance
    assert instance is not None
    helped = task.delegation == "PENDING"
    has = (task.assignee, task.owner) if helped else (task.assignee,)
    if command.leaver not in has or command.to in has:
        raise InvalidState("this is not a task to be handed over", userTaskKey=str(task.key), assignee=task.assignee)
    if command.to is not None:
        check_person(tx, instance, command.to)
    if not helped:
        return set_assignee(tx, target, command.to, "hand-over")
    if command.leaver == task.assignee:  # who only helped: another does, or nobody any more
        helping = {"owner": task.owner, "delegation": "PENDING"} if command.to is not None else ITS_OWN
        return set_assignee(tx, target, command.to or task.owner, "hand-over", helping)
    if command.to is None:
        return set_assignee(tx, target, None, "hand-over")
    r = running(tx)
    check_may_do(r, instance, task, node_of(r, instance, task), frozenset((command.to,)))
    return set_assignee(tx, target, task.assignee, "hand-over", {"owner": command.to, "delegation": "PENDING"})
