"""Which listeners an element may have, and what they and the priorities of jobs must say."""

from __future__ import annotations

from engine.execution.lint.values import is_whole
from engine.execution.listeners import TASK_EVENTS
from engine.execution.reader.faults import FaultList
from engine.execution.waits import events_of
from engine.model.diagram import MultiInstance, Node, Process
from engine.model.work import Listener

_PROCESS = ("start", "end", "cancel")
_EMBEDDED = "camunda-forms:bpmn:"


def check_process_listeners(process: Process, faults: FaultList) -> None:
    """Those of the process itself."""
    _check_events(process.id, process.listeners, _PROCESS, faults)
    _check_retries(process.id, process.listeners, faults)
    _check_priority(process.id, process.job_priority, faults)


def check_listeners(node: Node, process: Process, faults: FaultList) -> None:
    """Those of one node, with its jobs' priority and the embedded form that a worker of it shows."""
    _check_events(node.id, node.listeners, _events(node), faults)
    _check_retries(node.id, node.listeners, faults)
    human = node.human
    if human is not None and human.listeners:
        _check_task_listeners(node, faults)
    if node.job_priority is not None:
        _check_priority(node.id, node.job_priority, faults)
        by_worker = node.job is not None or (human is not None and not human.native)
        if not by_worker and not node.listeners and not (human is not None and human.listeners):
            faults.add(
                node.id, "job-priority-place", "องค์ประกอบนี้ไม่มีงานของระบบ จึงกำหนดลำดับความสำคัญของงานไม่ได้",
                "The element has no job whose priority could be set.",
            )  # fmt: skip
    form_key = human.form_key if human is not None else None
    if form_key and form_key.startswith(_EMBEDDED) and form_key.removeprefix(_EMBEDDED) not in process.forms:
        faults.add(
            node.id, "form-embedded", f"ไม่มี zeebe:userTaskForm สำหรับ {form_key}",
            f"The process has no zeebe:userTaskForm for {form_key}.",
        )  # fmt: skip


def _events(node: Node) -> tuple[str, ...]:
    """The events whose listeners a node may have: none before what does not begin by itself, none after a gateway
    and after what ends its scope."""
    kinds = {e.kind for e in events_of(node)}
    if node.type == "boundaryEvent" and "compensation" in kinds:
        return ()
    if node.type in ("startEvent", "boundaryEvent"):
        return ("end",)
    if node.type.endswith("Gateway") or (node.type == "endEvent" and kinds & {"error", "cancel"}):
        return ("start",)
    return ("start", "end", "beforeAll") if isinstance(node.loop, MultiInstance) else ("start", "end")


def _check_events(owner: str, listeners: tuple[Listener, ...], allowed: tuple[str, ...], faults: FaultList) -> None:
    for listener in listeners:
        if listener.event not in allowed:
            may = ", ".join(allowed) or "-"
            faults.add(
                owner, "listener-event", f"องค์ประกอบนี้มีตัวรับฟัง {listener.event or '?'} ไม่ได้ (มีได้: {may})",
                f"The element cannot have a listener of {listener.event or '?'} (possible: {may}).",
            )  # fmt: skip


def _check_retries(owner: str, listeners: tuple[Listener, ...], faults: FaultList) -> None:
    if not all(is_whole(listener.retries, 0, 1000) for listener in listeners):
        faults.add(
            owner, "listener-retries", "จำนวนครั้งที่ลองใหม่ของตัวรับฟังต้องเป็น 0 ถึง 1000",
            "The retries of a listener are a whole number from 0 to 1000.",
        )  # fmt: skip


def _check_task_listeners(node: Node, faults: FaultList) -> None:
    assert node.human is not None
    if not node.human.native:
        faults.add(
            node.id, "task-listener-place", "ตัวรับฟังของงาน (taskListeners) ใช้ได้กับงานที่มี zeebe:userTask เท่านั้น",
            "Only a user task with zeebe:userTask has task listeners.",
        )  # fmt: skip
    for listener in node.human.listeners:
        if listener.event not in TASK_EVENTS:
            faults.add(
                node.id, "task-listener-event", f"ไม่รู้จักเหตุการณ์ {listener.event or '?'} ของตัวรับฟังของงาน",
                f"A task listener has one of the events {', '.join(TASK_EVENTS)}, not {listener.event or '?'}.",
            )  # fmt: skip
    _check_retries(node.id, node.human.listeners, faults)


def _check_priority(owner: str, priority: str, faults: FaultList) -> None:
    if not is_whole(priority, -(2**31), 2**31 - 1):
        faults.add(
            owner, "job-priority", "ลำดับความสำคัญของงานต้องเป็นจำนวนเต็ม", "The priority of a job is a whole number."
        )
