"""The `zeebe:` extension elements of a node (the Camunda 8 dialect)."""

from __future__ import annotations

from typing import Any, cast

from lxml import etree

from engine.execution.reader.faults import FaultList
from engine.execution.reader.names import ZEEBE, children, extension, extensions, local, local_ref
from engine.model.diagram import Binding, Called, HumanTask, IoMapping, Job, Script

# which extension elements each BPMN element may carry; what is not here is refused by name
_MAPPED = {"ioMapping"}
_JOB = {"taskDefinition", "taskHeaders", "jobPriorityDefinition"}
_ALWAYS = {"properties", "agentDefinition"}
ALLOWED: dict[str, set[str]] = {
    "userTask": _MAPPED | {
        "userTask", "assignmentDefinition", "taskSchedule", "priorityDefinition", "formDefinition",
        "taskHeaders",
    },
    "serviceTask": _MAPPED | _JOB,
    "sendTask": _MAPPED | _JOB,
    "scriptTask": _MAPPED | _JOB | {"script"},
    "businessRuleTask": _MAPPED | _JOB | {"calledDecision"},
    "callActivity": _MAPPED | {"calledElement"},
    "subProcess": _MAPPED,
    "transaction": _MAPPED,
    "adHocSubProcess": _MAPPED | {"adHoc"},
    "receiveTask": _MAPPED,
    "intermediateThrowEvent": _MAPPED | _JOB,
    "endEvent": _MAPPED | _JOB,
    "intermediateCatchEvent": _MAPPED,
    "boundaryEvent": _MAPPED,
    "startEvent": _MAPPED | {"formDefinition"},
    "task": _MAPPED,
    "manualTask": _MAPPED,
}  # fmt: skip


def check_extensions(element: etree._Element, node_id: str, faults: FaultList) -> None:
    """Refuse each extension element that this kind of node does not support."""
    kind = local(element)
    seen: set[str] = set()
    for item in extensions(element, ZEEBE):
        name = local(item)
        if name in seen:
            faults.add(node_id, "extension-repeated", f"มี zeebe:{name} ซ้ำ", f"zeebe:{name} stands twice.")
        seen.add(name)
        if name not in ALLOWED.get(kind, set()) | _ALWAYS:
            faults.add(
                node_id, "extension-unsupported",
                f"ยังไม่รองรับ zeebe:{name} ใน {kind}", f"zeebe:{name} is not supported on {kind}.",
            )  # fmt: skip


def io_mappings(
    element: etree._Element, node_id: str, faults: FaultList
) -> tuple[tuple[IoMapping, ...], tuple[IoMapping, ...]]:
    """The input and the output mappings."""
    box = extension(element, ZEEBE, "ioMapping")
    if box is None:
        return (), ()
    return _mappings(box, "input", node_id, faults), _mappings(box, "output", node_id, faults)


def _mappings(box: etree._Element, kind: str, node_id: str, faults: FaultList) -> tuple[IoMapping, ...]:
    found = []
    for item in children(box, ZEEBE, kind):
        source, target = item.get("source", ""), item.get("target", "")
        if not target:
            faults.add(node_id, "mapping-target", "การจับคู่ข้อมูลไม่มีปลายทาง", "A mapping has no target.")
            continue
        if source and kind == "output":
            faults.feel(node_id, source, f"output {target}")
        elif source:
            faults.text_or_feel(node_id, source, f"input {target}")
        found.append(IoMapping(source, target))
    return tuple(found)


def headers(element: etree._Element, node_id: str, faults: FaultList) -> dict[str, str]:
    """The task headers: constants for workers."""
    box = extension(element, ZEEBE, "taskHeaders")
    if box is None:
        return {}
    found: dict[str, str] = {}
    for header in children(box, ZEEBE, "header"):
        key, value = header.get("key", ""), header.get("value", "")
        if not key or not value:
            said = "A header has a key and a value."
            faults.add(node_id, "header-empty", "ค่าคงที่ของงาน (header) ต้องมี key และ value", said)
        elif key in found:
            faults.add(node_id, "header-repeated", f"มีค่าคงที่ {key} ซ้ำ", f"The header {key} stands twice.")
        found[key] = value
    return found


def job(element: etree._Element, node_id: str, faults: FaultList) -> Job | None:
    """zeebe:taskDefinition, or None."""
    found = extension(element, ZEEBE, "taskDefinition")
    if found is None:
        return None
    type_ = found.get("type", "")
    if not type_:
        faults.add(node_id, "job-type", "ไม่ได้ระบุชนิดงาน (type)", "zeebe:taskDefinition has no type.")
    faults.text_or_feel(node_id, type_, "taskDefinition type")
    retries = found.get("retries") or "3"
    faults.text_or_feel(node_id, retries, "taskDefinition retries")
    priority = extension(element, ZEEBE, "jobPriorityDefinition")
    urgency = (priority.get("priority") if priority is not None else None) or "0"
    return Job(type_, retries, headers(element, node_id, faults), urgency)


def script(element: etree._Element, node_id: str, faults: FaultList) -> Script | None:
    """zeebe:script, or None."""
    found = extension(element, ZEEBE, "script")
    if found is None:
        return None
    feel = faults.feel(node_id, found.get("expression", ""), "script") or "null"
    result = found.get("resultVariable", "")
    if not result:
        faults.add(node_id, "script-result", "ไม่ได้ระบุตัวแปรผลลัพธ์", "zeebe:script has no resultVariable.")
    return Script(feel, result)


def _binding(found: etree._Element, node_id: str, faults: FaultList) -> tuple[Binding, str | None]:
    binding, tag = found.get("bindingType", "latest"), found.get("versionTag")
    if binding not in ("latest", "deployment", "versionTag"):
        faults.add(node_id, "binding-type", f"bindingType ไม่ถูกต้อง: {binding}", f"Unknown bindingType {binding}.")
        binding = "latest"
    if binding == "versionTag" and not tag:
        faults.add(node_id, "binding-tag", "ไม่ได้ระบุ versionTag", "bindingType versionTag needs a versionTag.")
    return cast(Binding, binding), tag


def called_decision(element: etree._Element, node_id: str, faults: FaultList) -> Called | None:
    """zeebe:calledDecision, or None."""
    found = extension(element, ZEEBE, "calledDecision")
    if found is None:
        return None
    decision, result = found.get("decisionId", ""), found.get("resultVariable", "")
    if not decision or not result:
        faults.add(
            node_id, "decision-call", "ต้องระบุ decisionId และ resultVariable",
            "zeebe:calledDecision needs a decisionId and a resultVariable.",
        )  # fmt: skip
    faults.text_or_feel(node_id, decision, "calledDecision decisionId")
    binding, tag = _binding(found, node_id, faults)
    return Called(decision, binding, tag, result_variable=result)


def called_element(element: etree._Element, node_id: str, faults: FaultList) -> Called | None:
    """What a call activity calls: zeebe:calledElement, or the standard's own attribute calledElement (10.3.6),
    a QName. None after a fault was noted."""
    found = extension(element, ZEEBE, "calledElement")
    plain = local_ref(element.get("calledElement"))
    process_id = (found.get("processId") if found is not None else None) or plain
    if not process_id:
        faults.add(
            node_id, "call-without-process", "ไม่ได้ระบุกระบวนงานที่เรียกใช้ (processId)",
            "The call activity has neither a zeebe:calledElement with a processId nor a calledElement.",
        )  # fmt: skip
        return None
    if plain and process_id != plain:
        faults.add(
            node_id, "call-contradictory", f"ระบุกระบวนงานที่เรียกใช้ไม่ตรงกัน: {process_id} และ {plain}",
            f"calledElement says {plain}, zeebe:calledElement says {process_id}.",
        )  # fmt: skip
    if found is None:
        return Called(process_id)
    faults.text_or_feel(node_id, process_id, "calledElement processId")
    faults.text_or_feel(node_id, found.get("businessId"), "calledElement businessId")
    binding, tag = _binding(found, node_id, faults)
    return Called(
        process_id, binding, tag,
        propagate_all_child=found.get("propagateAllChildVariables", "true") == "true",
        propagate_all_parent=found.get("propagateAllParentVariables", "true") == "true",
        business_id=found.get("businessId"),
    )  # fmt: skip


def form(element: etree._Element, node_id: str, faults: FaultList) -> tuple[Called | None, str | None]:
    """zeebe:formDefinition as (linked form, external reference)."""
    found = extension(element, ZEEBE, "formDefinition")
    if found is None:
        return None, None
    form_id, external = found.get("formId"), found.get("externalReference")
    if bool(form_id) == bool(external):
        faults.add(
            node_id, "form-definition",
            "ต้องระบุ formId หรือ externalReference อย่างใดอย่างหนึ่ง (ไม่รองรับ formKey)",
            "zeebe:formDefinition needs exactly one of formId and externalReference (formKey is not supported).",
        )  # fmt: skip
        return None, None
    if external:
        return None, faults.text_or_feel(node_id, external, "externalReference")
    faults.text_or_feel(node_id, form_id, "formId")
    binding, tag = _binding(found, node_id, faults)
    return Called(str(form_id), binding, tag), None


def human(element: etree._Element, node_id: str, faults: FaultList) -> HumanTask:
    """What makes a user task; `native` tells whether zeebe:userTask stands there."""
    assignment = extension(element, ZEEBE, "assignmentDefinition")
    schedule = extension(element, ZEEBE, "taskSchedule")
    priority = extension(element, ZEEBE, "priorityDefinition")
    linked, external = form(element, node_id, faults)
    attributes: dict[str, Any] = {}
    for holder, name, key in (
        (assignment, "assignee", "assignee"),
        (assignment, "candidateGroups", "candidate_groups"),
        (assignment, "candidateUsers", "candidate_users"),
        (schedule, "dueDate", "due_date"),
        (schedule, "followUpDate", "follow_up_date"),
        (priority, "priority", "priority"),
    ):
        value = holder.get(name) if holder is not None else None
        if value is not None:
            attributes[key] = faults.text_or_feel(node_id, value, name)
    return HumanTask(
        native=extension(element, ZEEBE, "userTask") is not None,
        form=linked, external_form=external, headers=headers(element, node_id, faults), **attributes,
    )  # fmt: skip
