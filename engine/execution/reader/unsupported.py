"""What the standard allows and this engine does not execute: refused by name, never ignored silently."""

from __future__ import annotations

from lxml import etree

from engine.execution.reader.faults import FaultList
from engine.execution.reader.names import BPMN, ZEEBE, child, children, extensions, flag, local, namespace
from engine.execution.reader.roles import ROLES
from engine.model.diagram import ELEMENT_TYPES

# of a file: declarations and drawings that change nothing about execution
_ROOTS = {
    "process", "collaboration", "message", "signal", "error", "escalation", "itemDefinition", "category",
    "dataStore", "resource", "interface", "endPoint", "partnerEntity", "partnerRole", "correlationProperty",
    "relationship", "extension", "documentation", "extensionElements", "globalTask", "globalUserTask",
    "globalManualTask", "globalScriptTask", "globalBusinessRuleTask",
}  # fmt: skip
# of a process or node: drawn, or read elsewhere (data, in data.py)
DRAWN = {
    "documentation", "extensionElements", "laneSet", "ioSpecification", "property", "dataObject",
    "dataObjectReference", "dataStoreReference", "association", "group", "textAnnotation", "category",
    "incoming", "outgoing", "multiInstanceLoopCharacteristics", "dataInputAssociation",
    "dataOutputAssociation",
}  # fmt: skip
# hooks that hold extension elements only (10.10, 10.11) and the category of a flow element (8.4): documentation
_HOOKS = {"auditing", "monitoring"}
_OF_ELEMENT = _HOOKS | {"categoryValueRef"}
_OF_ACTIVITY = _OF_ELEMENT | ROLES  # who is responsible; of user and call activities read as who does it
_CARRIED = {kind: _OF_ELEMENT if kind.endswith(("Event", "Gateway")) else _OF_ACTIVITY for kind in ELEMENT_TYPES}
_CARRIED["process"] = _HOOKS | ROLES | {"supports"}  # supports: which other process this one also stands for
_CARRIED["userTask"] = _OF_ACTIVITY | {"rendering"}  # a hook as well
# parts of sub-processes and gateways that are read with them
SCOPE_PARTS = {"standardLoopCharacteristics", "completionCondition"}
_NODE_PARTS = SCOPE_PARTS | {"activationCondition"}
_EVENT_PARTS = {"dataInput", "dataOutput", "inputSet", "outputSet"}
_LOOP_PARTS = {
    "extensionElements", "completionCondition", "documentation", "loopCardinality", "loopDataInputRef",
    "loopDataOutputRef", "inputDataItem", "outputDataItem", "complexBehaviorDefinition",
}  # fmt: skip
_IMPORTS = {BPMN, "http://www.w3.org/2001/XMLSchema", "http://www.w3.org/TR/wsdl20/", "http://www.w3.org/ns/wsdl"}
# attributes by the values that they may have, the first being the one that need not be written
_ATTRIBUTES = {"eventGatewayType": ("Exclusive", "Parallel")}
_ON_PROCESS = {"versionTag", "properties"}
_ON_FLOW = {"properties"}


# why, where the standard gives something a meaning that is had in another way, or not at all
_REASONS = {
    "correlationSubscription": (
        "ใช้ zeebe:subscription correlationKey ของข้อความแทน",
        "messages are correlated by their zeebe:subscription correlationKey",
    ),
    "ioBinding": (
        "กระบวนงานและงานที่ใช้ร่วมกันเรียกเป็นบริการ (operation) ไม่ได้", "nothing here is called as the operation of a service"
    ),
    "implicitThrowEvent": (
        "อยู่ได้ใน complexBehaviorDefinition เท่านั้น โดยใช้ชื่อ event",
        "it stands in a complexBehaviorDefinition only, named event",
    ),
}  # fmt: skip


def refuse(owner: str | None, name: str, faults: FaultList) -> None:
    """Note that something is not supported, and why if there is more to say."""
    th, en = _REASONS.get(name, ("", ""))
    th, en = (f": {th}", f": {en}") if en else ("", "")
    faults.add(owner, "element-unsupported", f"ยังไม่รองรับ {name}{th}", f"{name} is not supported{en}.")


def carried(part: str, owner: str) -> bool:
    """Whether an element of a process or sub-process that is no flow element may stand in it: as
    documentation, or because it is read with its owner."""
    return part in DRAWN | SCOPE_PARTS | _CARRIED[owner]


def check_roots(definitions: etree._Element, faults: FaultList) -> None:
    """Refuse root elements that would be executed (choreographies) or read (imports of a kind unknown)."""
    for element in children(definitions, BPMN):
        name = local(element)
        if name.endswith("EventDefinition"):  # events that refer to one are refused where they stand
            continue
        if name == "import":
            _check_import(element, faults)
        elif name not in _ROOTS:
            refuse(element.get("id"), name, faults)
        elif name == "extension" and flag(element, "mustUnderstand"):
            refuse(None, f"extension {element.get('definition', '')}".strip(), faults)


def _check_import(element: etree._Element, faults: FaultList) -> None:
    """An import (8.2.2) makes names of another file known. A call activity finds what it calls by its id
    among all that is deployed, types and service interfaces are documentation: nothing is left to be read.
    Other references into another file are refused where they stand."""
    if element.get("importType", "") not in _IMPORTS:
        faults.add(
            element.get("id"), "import-type", "import ต้องระบุ importType เป็น BPMN 2.0, XML Schema 1.0 หรือ WSDL 2.0",
            "An import has the importType of BPMN 2.0, XML Schema 1.0 or WSDL 2.0.",
        )  # fmt: skip


def check_process(process: etree._Element, faults: FaultList) -> None:
    """Refuse extension elements of a process that have no effect here (listeners, embedded forms)."""
    _check_extensions(process, _ON_PROCESS, faults)


def check_flow(flow: etree._Element, faults: FaultList) -> None:
    """Refuse extension elements of a sequence flow, and conditions in another language than FEEL."""
    _check_extensions(flow, _ON_FLOW, faults)
    condition = child(flow, BPMN, "conditionExpression")
    if condition is not None:
        check_language(condition, flow.get("id"), faults)


def check_language(expression: etree._Element, owner: str | None, faults: FaultList) -> None:
    """Refuse a formal expression in another language than FEEL."""
    language = expression.get("language")
    if language and "feel" not in language.lower():
        faults.add(
            owner, "script-language", f"ไม่รองรับภาษา {language} ใช้ได้เฉพาะ FEEL",
            f"The language {language} is not supported; only FEEL is.",
        )  # fmt: skip


def _check_extensions(element: etree._Element, allowed: set[str], faults: FaultList) -> None:
    for item in extensions(element, ZEEBE):
        if local(item) not in allowed:
            faults.add(
                element.get("id"), "extension-unsupported", f"ยังไม่รองรับ zeebe:{local(item)} ใน {local(element)}",
                f"zeebe:{local(item)} is not supported on {local(element)}.",
            )  # fmt: skip


def check_parts(element: etree._Element, node_id: str, faults: FaultList) -> None:
    """Refuse what stands inside a node, or in its attributes, and would otherwise be ignored."""
    for name, allowed in _ATTRIBUTES.items():
        if element.get(name, allowed[0]).strip() not in allowed:
            refuse(node_id, f'{name}="{element.get(name)}"', faults)
    _check_loop(element, node_id, faults)
    if local(element) in ("subProcess", "transaction", "adHocSubProcess"):
        return  # what stands in it is read as the content of a scope
    for part in element:
        name = local(part)
        if namespace(part) != BPMN or name in DRAWN | _NODE_PARTS | _CARRIED[local(element)]:
            continue
        if name in _EVENT_PARTS and local(element).endswith("Event"):
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
    for part in loop:
        if namespace(part) == BPMN and local(part) not in _LOOP_PARTS:
            refuse(node_id, local(part), faults)
    for item in extensions(loop, ZEEBE):
        if local(item) != "loopCharacteristics":
            faults.add(
                node_id, "extension-unsupported", f"ยังไม่รองรับ zeebe:{local(item)} ในงานแบบหลายรายการ",
                f"zeebe:{local(item)} is not supported on a multi-instance activity.",
            )  # fmt: skip
