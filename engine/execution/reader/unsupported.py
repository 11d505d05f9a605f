"""What the standard allows and this engine does not execute: refused by name, never ignored silently."""

from __future__ import annotations

from lxml import etree

from engine.execution.reader.faults import FaultList
from engine.execution.reader.names import BPMN, ZEEBE, child, children, extensions, flag, local, namespace

# of a file: declarations and drawings that change nothing about execution
_ROOTS = {
    "process", "collaboration", "message", "signal", "error", "escalation", "itemDefinition", "category",
    "dataStore", "resource", "interface", "endPoint", "partnerEntity", "partnerRole", "correlationProperty",
    "relationship", "extension", "documentation", "extensionElements",
}  # fmt: skip
# of a process or node: drawn, but without effect on execution
DRAWN = {
    "documentation", "extensionElements", "laneSet", "ioSpecification", "property", "dataObject",
    "dataObjectReference", "dataStoreReference", "association", "group", "textAnnotation", "category",
    "incoming", "outgoing", "multiInstanceLoopCharacteristics", "dataInputAssociation",
    "dataOutputAssociation",
}  # fmt: skip
# parts of sub-processes and gateways that are read with them
SCOPE_PARTS = {"standardLoopCharacteristics", "completionCondition"}
_NODE_PARTS = SCOPE_PARTS | {"activationCondition"}
_LOOP_PARTS = {"extensionElements", "completionCondition", "documentation", "loopCardinality"}
# attributes by the value that they have when they say nothing special
_ATTRIBUTES = {"eventGatewayType": "Exclusive"}
_ON_PROCESS = {"versionTag", "properties", "executionListeners", "jobPriorityDefinition", "userTaskForm"}
_SEVERAL = {"userTaskForm"}  # of them a process has as many as it has forms
_ON_FLOW = {"properties"}


def refuse(owner: str | None, name: str, faults: FaultList) -> None:
    """Note that something is not supported."""
    faults.add(owner, "element-unsupported", f"ยังไม่รองรับ {name}", f"{name} is not supported.")


def check_roots(definitions: etree._Element, faults: FaultList) -> None:
    """Refuse root elements that would be executed (global tasks, choreographies) or read (imports)."""
    for element in children(definitions, BPMN):
        name = local(element)
        if name.endswith("EventDefinition"):  # events that refer to one are refused where they stand
            continue
        if name not in _ROOTS:
            refuse(element.get("id"), name, faults)
        elif name == "extension" and flag(element, "mustUnderstand"):
            refuse(None, f"extension {element.get('definition', '')}".strip(), faults)


def check_process(process: etree._Element, faults: FaultList) -> None:
    """Refuse extension elements of a process that have no effect here."""
    _check_extensions(process, _ON_PROCESS, faults)


def check_flow(flow: etree._Element, faults: FaultList) -> None:
    """Refuse extension elements of a sequence flow, and conditions in another language than FEEL."""
    _check_extensions(flow, _ON_FLOW, faults)
    condition = child(flow, BPMN, "conditionExpression")
    language = condition.get("language") if condition is not None else None
    if language and "feel" not in language.lower():
        faults.add(
            flow.get("id"), "script-language", f"ไม่รองรับภาษา {language} ใช้ได้เฉพาะ FEEL",
            f"The language {language} is not supported; only FEEL is.",
        )  # fmt: skip


def _check_extensions(element: etree._Element, allowed: set[str], faults: FaultList) -> None:
    seen: set[str] = set()
    for item in extensions(element, ZEEBE):
        name = local(item)
        if name in seen - _SEVERAL:
            faults.add(element.get("id"), "extension-repeated", f"มี zeebe:{name} ซ้ำ", f"zeebe:{name} stands twice.")
        seen.add(name)
        if local(item) not in allowed:
            faults.add(
                element.get("id"), "extension-unsupported", f"ยังไม่รองรับ zeebe:{local(item)} ใน {local(element)}",
                f"zeebe:{local(item)} is not supported on {local(element)}.",
            )  # fmt: skip


def check_parts(element: etree._Element, node_id: str, faults: FaultList) -> None:
    """Refuse what stands inside a node, or in its attributes, and would otherwise be ignored."""
    for name, plain in _ATTRIBUTES.items():
        if element.get(name, plain).strip() != plain:
            refuse(node_id, f'{name}="{element.get(name)}"', faults)
    _check_loop(element, node_id, faults)
    if local(element) in ("subProcess", "transaction", "adHocSubProcess"):
        return  # what stands in it is read as the content of a scope
    for part in element:
        name = local(part)
        if namespace(part) != BPMN or name in DRAWN | _NODE_PARTS:
            continue
        if name == "script":
            faults.add(
                node_id, "script-language", "ไม่รองรับสคริปต์ภาษาอื่น ใช้ได้เฉพาะ FEEL ใน zeebe:script",
                "A script in another language is not supported; only FEEL in zeebe:script is.",
            )  # fmt: skip
        # event definitions are reported with their event
        elif not name.endswith(("EventDefinition", "eventDefinitionRef")):
            refuse(node_id, name, faults)


def _check_loop(element: etree._Element, node_id: str, faults: FaultList) -> None:
    loop = child(element, BPMN, "multiInstanceLoopCharacteristics")
    if loop is None:
        return
    if loop.get("behavior", "All") != "All":
        refuse(node_id, f'behavior="{loop.get("behavior")}"', faults)
    for part in loop:
        if namespace(part) == BPMN and local(part) not in _LOOP_PARTS:
            refuse(node_id, local(part), faults)
    for item in extensions(loop, ZEEBE):
        if local(item) != "loopCharacteristics":
            faults.add(
                node_id, "extension-unsupported", f"ยังไม่รองรับ zeebe:{local(item)} ในงานแบบหลายรายการ",
                f"zeebe:{local(item)} is not supported on a multi-instance activity.",
            )  # fmt: skip
