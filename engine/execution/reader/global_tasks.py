"""Global tasks: reusable tasks that call activities call (BPMN 2.0.2, sections 10.3.6 and 10.3.7).

A global task becomes a process of its own under its id: a start, the task, an end. So it has versions, can be
bound, is found and leaves a history as every called process does. What the file says of it stays with the
task; what only a process can carry goes to the process.
"""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from engine.execution.reader.faults import FaultList
from engine.execution.reader.names import BPMN, KRABUAN, ZEEBE, child, children, local, namespace
from engine.execution.reader.roles import ROLES
from engine.execution.reader.unsupported import refuse

# each kind of global task and the task that it is
TASKS = {
    "globalTask": "task",
    "globalUserTask": "userTask",
    "globalManualTask": "manualTask",
    "globalScriptTask": "scriptTask",
    "globalBusinessRuleTask": "businessRuleTask",
}
START, END = "#start", "#end"  # of the events of our own, behind the id of the task
_PARTS = {"documentation", "extensionElements", "ioSpecification", "rendering", "script"} | ROLES
_OF_PROCESS = {(ZEEBE, "versionTag"), (KRABUAN, "process"), (KRABUAN, "retention"), (KRABUAN, "deadline")}
_OF_BOTH = {(KRABUAN, "text")}


def as_process(element: etree._Element, faults: FaultList) -> tuple[etree._Element, set[str]]:
    """The process that a global task is, as an element to be read like any other, and the ids in it that
    are not those of the file's own elements. What the standard does not let it have is refused."""
    id_, name = element.get("id", ""), element.get("name", "")
    for part in children(element, BPMN):
        if local(part) not in _PARTS:
            refuse(id_, local(part), faults)
    process = etree.Element(f"{{{BPMN}}}process", {"id": id_, "name": name, "isExecutable": "true"})
    task = etree.Element(f"{{{BPMN}}}{TASKS[local(element)]}", {str(k): str(v) for k, v in element.attrib.items()})
    for part in element:
        if namespace(part) == BPMN and local(part) in _PARTS - {"extensionElements"}:
            task.append(deepcopy(part))
            if local(part) == "documentation":
                process.append(deepcopy(part))
    _share_extensions(element, process, task)
    etree.SubElement(process, f"{{{BPMN}}}startEvent", {"id": id_ + START})
    process.append(task)
    etree.SubElement(process, f"{{{BPMN}}}endEvent", {"id": id_ + END})
    ids = {id_, id_ + START, id_ + END}
    for flow, source, target in (("#in", id_ + START, id_), ("#out", id_, id_ + END)):
        ids.add(id_ + flow)
        ends = {"id": id_ + flow, "sourceRef": source, "targetRef": target}
        etree.SubElement(process, f"{{{BPMN}}}sequenceFlow", ends)
    return process, ids


def _share_extensions(element: etree._Element, process: etree._Element, task: etree._Element) -> None:
    box = child(element, BPMN, "extensionElements")
    if box is None:
        return
    for_process = etree.SubElement(process, f"{{{BPMN}}}extensionElements")
    for_task = etree.SubElement(task, f"{{{BPMN}}}extensionElements")
    for item in box:
        kind = (namespace(item), local(item))
        if kind in _OF_PROCESS | _OF_BOTH:
            for_process.append(deepcopy(item))
        if kind not in _OF_PROCESS:
            for_task.append(deepcopy(item))
