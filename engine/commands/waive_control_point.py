"""Waive a control point of a task: a second person takes the responsibility, with a reason. It is never done at once:
it is asked for as an intervention (request_intervention.py), and done by who approves that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from engine.commands.control_points import record
from engine.commands.registry import Target, handles
from engine.commands.running import Running, running
from engine.commands.second_person import APPROVED, check_second_person
from engine.commands.targets import task_target
from engine.commands.transaction import Transaction
from engine.errors import AlreadyExists, InvalidState, NotFound, SecondPersonNeeded
from engine.model.diagram import Node
from engine.store.tables import control_point_result as cpr
from engine.store.tables import intervention


@dataclass(frozen=True, slots=True)
class WaiveControlPoint:
    """Waive one control point of an open task."""

    task_key: int
    control_point_id: str
    reason: str

    def told(self) -> dict[str, Any]:
        """Which, and why."""
        return {"controlPoint": self.control_point_id, "reason": self.reason}


@handles(WaiveControlPoint, permission="control-point:waive", event="control-point-waiver-granted", target=task_target)
def waive_control_point(command: WaiveControlPoint, target: Target, tx: Transaction) -> None:
    """The register then names who approved it, with the reason and who asked. Raises ReasonNeeded, SecondPersonNeeded
    unless it is approved, and then for the task's assignee, too; InvalidState when the task is not open or the point
    is waived already, NotFound for an unknown control point."""
    task, instance = target.rows["task"], target.instance
    assert instance is not None
    check_second_person(tx, instance, "waive", command.reason)
    r = running(tx)
    node = _point_to_waive(r, command, target)
    if task.assignee in tx.actor.hands:
        raise SecondPersonNeeded("who does the task does not waive its control points", kind="waive")
    why = {"reason": command.reason, "requestedBy": tx.cache[APPROVED].requested_by}
    record(r, instance, task, node, command.control_point_id, "WAIVED", why)


def check_waiver_request(command: WaiveControlPoint, target: Target, tx: Transaction) -> None:
    """Whether it can be asked for. Raises InvalidState when the task is not open or the point is waived already,
    NotFound for an unknown control point, AlreadyExists while the same is asked for."""
    _point_to_waive(running(tx), command, target)
    c = intervention.c
    waiting = select(c.request).where(
        c.kind == "waive", c.state == "PENDING", c.element_instance_key == command.task_key
    )
    if command.control_point_id in {r["control_point_id"] for r in tx.db.execute(waiting).scalars()}:
        raise AlreadyExists("this waiver is asked for already", controlPointId=command.control_point_id)


def _point_to_waive(r: Running, command: WaiveControlPoint, target: Target) -> Node:
    """The node of the task, whose control point is open."""
    task, instance = target.rows["task"], target.instance
    assert instance is not None
    if task.state != "CREATED":
        raise InvalidState(userTaskKey=str(task.key), state=task.state)
    node = r.deployed(instance).definition.process.nodes[task.element_id]
    if command.control_point_id not in {p.id for p in node.control_points}:
        raise NotFound(controlPointId=command.control_point_id)
    known = select(cpr.c.key).where(cpr.c.task_key == task.key, cpr.c.control_point_id == command.control_point_id)
    if r.tx.db.execute(known).first() is not None:
        raise InvalidState("the control point is waived already")
    return node
