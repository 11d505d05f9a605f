"""Listeners, priorities of jobs and linked resources (zeebe:executionListeners, taskListeners, jobPriorityDefinition,
linkedResources)."""

from __future__ import annotations

from lxml import etree

from engine.execution.reader.faults import FaultList
from engine.execution.reader.names import ZEEBE, child, children, extension
from engine.execution.reader.zeebe import binding, headers_in
from engine.model.work import Called, LinkedResource, Listener

# what earlier releases of Camunda called the events of task listeners
_OLD_NAMES = {
    "create": "creating", "assignment": "assigning", "update": "updating", "complete": "completing",
    "cancel": "canceling",
}  # fmt: skip


def execution_listeners(element: etree._Element, owner: str, faults: FaultList) -> tuple[Listener, ...]:
    """The execution listeners of a process or node, in the order written; which events it may have is linted."""
    found = _listeners(element, "executionListener", owner, faults)
    seen: set[tuple[str, str]] = set()
    for listener in found:
        if (listener.event, listener.type) in seen:
            faults.add(
                owner, "listener-repeated", f"มีตัวรับฟัง {listener.event} ชนิด {listener.type} ซ้ำ",
                f"The listener {listener.event} of type {listener.type} stands twice.",
            )  # fmt: skip
        seen.add((listener.event, listener.type))
    return found


def task_listeners(element: etree._Element, owner: str, faults: FaultList) -> tuple[Listener, ...]:
    """The task listeners of a user task, in the order written, their events by the present names."""
    return _listeners(element, "taskListener", owner, faults, _OLD_NAMES)


def _listeners(
    element: etree._Element, name: str, owner: str, faults: FaultList, synonyms: dict[str, str] | None = None
) -> tuple[Listener, ...]:
    box = extension(element, ZEEBE, f"{name}s")
    found = []
    for item in children(box, ZEEBE, name) if box is not None else ():
        event, type_, retries = item.get("eventType", ""), item.get("type", ""), item.get("retries") or "3"
        if not type_:
            faults.add(owner, "listener-type", "ไม่ได้ระบุชนิดงาน (type) ของตัวรับฟัง", f"A zeebe:{name} has no type.")
        faults.text_or_feel(owner, type_, f"{name} type")
        faults.text_or_feel(owner, retries, f"{name} retries")
        constants = headers_in(child(item, ZEEBE, "taskHeaders"), owner, faults)
        found.append(Listener((synonyms or {}).get(event, event), type_, retries, constants))
    return tuple(found)


def job_priority(element: etree._Element, owner: str, faults: FaultList) -> str | None:
    """The priority of the jobs of a process or node: a whole number, or FEEL with `=`; None when it says none."""
    found = extension(element, ZEEBE, "jobPriorityDefinition")
    if found is None:
        return None
    return faults.text_or_feel(owner, found.get("priority") or "0", "jobPriorityDefinition priority")


def linked_resources(element: etree._Element, owner: str, faults: FaultList) -> tuple[LinkedResource, ...]:
    """The deployed files that a worker is told of."""
    box = extension(element, ZEEBE, "linkedResources")
    found = []
    for item in children(box, ZEEBE, "linkedResource") if box is not None else ():
        id_, type_ = item.get("resourceId", ""), item.get("resourceType", "")
        if not id_ or not type_:
            faults.add(
                owner, "linked-resource", "ทรัพยากรที่เชื่อมไว้ต้องมี resourceId และ resourceType",
                "A zeebe:linkedResource has a resourceId and a resourceType.",
            )  # fmt: skip
        faults.text_or_feel(owner, id_, "linkedResource resourceId")
        kind, tag = binding(item, owner, faults)
        found.append(LinkedResource(Called(id_, kind, tag), type_, item.get("linkName", "")))
    return tuple(found)
