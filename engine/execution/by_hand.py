"""Small operations on a running case by hand: begin what an ad-hoc sub-process holds, set a timer anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from SpiffWorkflow.task import Task

from engine.execution import waits
from engine.execution.case import Case
from engine.execution.effects import TimerMoved
from engine.execution.failures import NotPossible, NotWaiting
from engine.execution.specs.ad_hoc import AdHocSpec
from engine.execution.specs.scopes import beginnings
from engine.model.faults import Fault


def activate_ad_hoc(
    case: Case, task_key: int, elements: Sequence[tuple[str, Mapping[str, Any]]], cancel_remaining: bool
) -> None:
    """Begin elements of an open ad-hoc sub-process, each with variables of its own; what runs in it ends
    first if `cancel_remaining`. In a sequential one they wait for their turn, and have no variables.

    Raises NotWaiting when it is not open, NotPossible with every reason.
    """
    task = case.tasks.get(task_key)
    spec = task.task_spec if task is not None else None
    if task is None or not isinstance(spec, AdHocSpec) or not _is_open(task):
        raise NotWaiting(f"{task_key} is no open ad-hoc sub-process")
    assert spec.node.ad_hoc is not None
    known = {n.id for n in beginnings(case.process.nodes.values(), spec.node.id)}
    faults = [
        Fault("", e, "not-activatable", "เริ่มองค์ประกอบนี้ในงานเฉพาะกิจนี้ไม่ได้", "it cannot begin in this sub-process")
        for e, _ in elements if e not in known
    ]  # fmt: skip
    if spec.node.ad_hoc.sequential and any(values for _, values in elements):
        th, en = "งานที่ทำทีละอย่างรับตัวแปรพร้อมคำสั่งไม่ได้", "what waits for its turn takes no variables"
        faults.append(Fault("", spec.node.id, "variables", th, en))
    if faults:
        raise NotPossible(faults)
    if cancel_remaining:
        task.internal_data["queue"] = []
        for child in list(task.children):
            case.terminate(child)
    if spec.node.ad_hoc.sequential:
        spec.activate(task, case, [e for e, _ in elements])
    else:
        for element_id, values in elements:
            case.variables.set_local(case.token(element_id, task).id, values)
    case.advance()


def _is_open(task: Task) -> bool:
    """Whether elements can begin in an ad-hoc sub-process (states of earlier releases say `mapped`)."""
    data = task.internal_data
    return bool(data.keys() & {"opened", "mapped"}) and not data.keys() & {"listening", "leaving", "doomed"}


def move_timer(case: Case, task_key: int, element_id: str | None, due: datetime) -> None:
    """Set when a running timer of an element instance is due: that of the event `element_id`, or its only one.

    A timer that follows a variable moves again when the variable changes. Raises NotWaiting when there
    is no such timer, or more than one.
    """
    task = case.tasks.get(task_key)
    timers = [w for w in waits.of(task) if w["kind"] == "timer"] if task is not None else []
    found = [w for w in timers if element_id in (None, w["element"])]
    if len(found) != 1:
        raise NotWaiting(f"{task_key} has {len(found)} such timers, not one")
    (wait,) = found
    before = datetime.fromisoformat(wait["due"])
    if due != before:
        wait["due"] = due.isoformat()
        case.emit(TimerMoved(wait["key"], wait["element"], before, due))
