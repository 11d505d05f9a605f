"""Waive a control point of a task: a second person takes the responsibility, with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from engine.commands.control_points import record
from engine.commands.registry import Target, handles
from engine.commands.running import running
from engine.commands.targets import task_target
from engine.commands.transaction import Transaction
from engine.errors import Forbidden, InvalidArgument, InvalidState, NotFound
from engine.store.tables import control_point_result as cpr


@dataclass(frozen=True, slots=True)
class WaiveControlPoint:
    """Waive one control point of an open task."""

    task_key: int
    control_point_id: str
    reason: str
    rev: int | None = None

    def told(self) -> dict[str, Any]:
        """Which, and why."""
        return {"controlPoint": self.control_point_id, "reason": self.reason}


@handles(WaiveControlPoint, permission="control-point:waive", event="control-point-waiver-granted", target=task_target)
def waive_control_point(command: WaiveControlPoint, target: Target, tx: Transaction) -> None:
    """Raises InvalidArgument without a reason, Forbidden for the task's assignee, InvalidState when
    the task is not open or the point is waived already, NotFound for an unknown control point."""
    task, instance = target.rows["task"], target.instance
    assert instance is not None
    if len(command.reason.strip()) < 5 or len(command.reason) > 4000:
        raise InvalidArgument("a waiver needs a reason of 5 to 4,000 characters")
    if task.state != "CREATED":
        raise InvalidState(userTaskKey=str(task.key), state=task.state)
    if task.assignee is not None and task.assignee in (tx.actor.id, tx.actor.on_behalf_of):
        raise Forbidden("the person who does the task cannot waive its control points")
    r = running(tx)
    node = r.deployed(instance).definition.process.nodes[task.element_id]
    if command.control_point_id not in {p.id for p in node.control_points}:
        raise NotFound(controlPointId=command.control_point_id)
    known = select(cpr.c.key).where(cpr.c.task_key == task.key, cpr.c.control_point_id == command.control_point_id)
    if tx.db.execute(known).first() is not None:
        raise InvalidState("the control point is waived already")
    record(r, instance, task, node, command.control_point_id, "WAIVED", {"reason": command.reason})
