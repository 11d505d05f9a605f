"""A BPMN file as processes: every flow node, sequence flow and what the dialect adds, or a fault."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from lxml import etree

from engine.execution.reader import global_tasks, krabuan, listeners, loops, zeebe
from engine.execution.reader.data import read_data
from engine.execution.reader.events import Roots, roots
from engine.execution.reader.faults import FaultList
from engine.execution.reader.names import (
    BPMN,
    CAMUNDA_7,
    KRABUAN,
    ZEEBE,
    body,
    child,
    children,
    extension,
    flag,
    local,
    local_ref,
    namespace,
)
from engine.execution.reader.particulars import SUB_PROCESSES, particulars
from engine.execution.reader.references import check_references
from engine.execution.reader.task_actions import read_co_sign, read_return
from engine.execution.reader.unsupported import (
    carried,
    check_flow,
    check_parts,
    check_process,
    check_roots,
    refuse,
)
from engine.execution.xml import XmlRefused, parse_xml
from engine.model.data import NO_DATA, NodeData
from engine.model.diagram import ELEMENT_TYPES, Flow, Node, Process
from engine.model.faults import Fault
from engine.model.manual import Deadline

MAX_ID = 256  # characters
MAX_TOKENS = 1000  # of startQuantity and completionQuantity
RESERVED = "#"  # ids of our own contain it (the process itself, the instances of a loop)


@dataclass(slots=True)
class _Building:
    """A process while it is read."""

    known: Roots
    faults: FaultList
    ids: set[str]  # of the file's processes, nodes and flows so far
    made: frozenset[str] = frozenset()  # ids of our own, and of a global task as a process and as its task
    nodes: dict[str, Node] = field(default_factory=dict)
    flows: dict[str, Flow] = field(default_factory=dict)
    deadlines: list[Deadline] = field(default_factory=list)
    associations: list[tuple[str, str]] = field(default_factory=list)


def read_processes(content: bytes, file: str) -> tuple[list[Process], list[Fault]]:
    """The executable processes of a BPMN file and its faults (then the processes are not to be used)."""
    try:
        return processes_of(read_definitions(content, file), file)
    except XmlRefused as refused:
        return [], [refused.fault]


def read_definitions(content: bytes, file: str) -> etree._Element:
    """The root of a BPMN file. Raises XmlRefused when it is none, or of a dialect that has to be converted."""
    root = parse_xml(content, file)
    if namespace(root) != BPMN or local(root) != "definitions":
        raise XmlRefused(
            Fault(file, None, "not-bpmn", "ไฟล์นี้ไม่ใช่แผนภาพ BPMN 2.0", "This is not a BPMN 2.0 file.")
        )
    if CAMUNDA_7 in set(root.nsmap.values()) or any(CAMUNDA_7 in e.nsmap.values() for e in root.iter()):
        raise XmlRefused(
            Fault(
                file, None, "camunda-7", "แผนภาพนี้เป็นของ Camunda 7 ต้องแปลงเป็น Camunda 8 (zeebe:) ก่อน",
                "This diagram uses the Camunda 7 namespace; it must be converted to Camunda 8 (zeebe:).",
            )
        )  # fmt: skip
    return root


def processes_of(root: etree._Element, file: str) -> tuple[list[Process], list[Fault]]:
    """The executable processes below bpmn:definitions, and the faults met while reading them."""
    faults = FaultList(file)
    known = roots(root)
    check_roots(root, faults)
    check_references(root, faults)
    ids: set[str] = set()
    processes = [
        _read_process(element, _Building(known, faults, ids))
        for element in children(root, BPMN, "process")
        if flag(element, "isExecutable")
    ]
    for element in children(root, BPMN):
        if local(element) in global_tasks.TASKS:
            processes.append(_read_global_task(element, _Building(known, faults, ids)))
    if not processes:
        faults.add(
            None, "no-executable-process", "ไม่มีกระบวนงานที่กำหนดให้ทำงานได้ (isExecutable)",
            "The file has no process with isExecutable=\"true\".",
        )  # fmt: skip
    return processes, faults.items


def _read_global_task(element: etree._Element, building: _Building) -> Process:
    id_ = element.get("id", "")
    _check_id(id_, local(element), building)
    if MAX_ID - len(global_tasks.START) < len(id_) <= MAX_ID:  # its start and end are named after it
        building.faults.add(id_, "id-invalid", "รหัสของงานที่ใช้ร่วมกันยาวเกินไป", "The id of a global task is too long.")
    whole, made = global_tasks.as_process(element, building.faults)
    building.made = frozenset(made)
    process = _read_process(whole, building)
    # nobody starts it by hand: it is there to be called
    return replace(process, global_task=True, facts=replace(process.facts, called_only=True))


def _read_process(element: etree._Element, building: _Building) -> Process:
    process_id, faults = element.get("id", ""), building.faults
    _check_id(process_id, local(element), building)
    check_process(element, faults)
    krabuan.check_names(element, process_id, krabuan.ON_PROCESS, faults)
    _read_scope(element, None, building)
    building.deadlines += krabuan.read_deadlines(element, process_id, None, faults)
    data = read_data(element, building.known, faults)
    tag = extension(element, ZEEBE, "versionTag")
    if tag is not None and not tag.get("value"):
        faults.add(process_id, "version-tag", "ป้ายฉบับ (versionTag) ไม่มีค่า", "zeebe:versionTag has no value.")
    return Process(
        id=process_id,
        name=element.get("name", "") or process_id,
        name_en=krabuan.english_name(element),
        version_tag=tag.get("value") if tag is not None else None,
        nodes=_connected(building, data),
        data=data.get(None, NO_DATA),
        flows=building.flows,
        facts=krabuan.read_process_facts(element),
        access_class=krabuan.read_access(element, process_id, faults),
        deadlines=tuple(building.deadlines),
        reminders=krabuan.read_reminders(element),
        retention=krabuan.read_retention(element, process_id, faults),
        interventions=krabuan.read_interventions(element, process_id, faults),
        documentation=krabuan.documentation(element),
        listeners=listeners.execution_listeners(element, process_id, faults),
        job_priority=listeners.job_priority(element, process_id, faults) or "0",
        forms=zeebe.embedded_forms(element, process_id, faults),
    )


def _read_scope(container: etree._Element, scope: str | None, building: _Building) -> None:
    owner = container.get("id", "")
    for element in container:
        kind, uri = local(element), namespace(element)
        if uri is None:
            continue
        if uri != BPMN:
            building.faults.add(
                owner, "element-unsupported", f"ไม่รู้จักองค์ประกอบ {kind}", f"Unknown element {element.tag}."
            )
        elif kind == "sequenceFlow":
            _read_flow(element, building)
        elif kind in ELEMENT_TYPES:
            _read_node(element, scope, building)
        elif kind == "association":
            ends = (local_ref(element.get("sourceRef")) or "", local_ref(element.get("targetRef")) or "")
            building.associations.append(ends)
        elif not carried(kind, local(container)):
            refuse(element.get("id") or owner, kind, building.faults)


def _read_flow(element: etree._Element, building: _Building) -> None:
    flow_id = element.get("id", "")
    _check_id(flow_id, local(element), building)
    check_flow(element, building.faults)
    condition = body(child(element, BPMN, "conditionExpression"))
    building.flows[flow_id] = Flow(
        flow_id, element.get("name", ""), element.get("sourceRef", ""), element.get("targetRef", ""),
        building.faults.feel(flow_id, condition, "condition"),
    )  # fmt: skip


def _check_id(id_: str, kind: str, building: _Building) -> None:
    """An id names one element of the file, fits where it is kept, and is none of our own."""
    faults = building.faults
    if id_ in building.made:
        return
    if not id_:
        faults.add(None, "id-missing", f"{kind} ไม่มีรหัส (id)", f"A {kind} has no id.")
    elif len(id_) > MAX_ID or not id_.isprintable() or any(c.isspace() or c == RESERVED for c in id_):
        faults.add(
            id_[:MAX_ID], "id-invalid", f"รหัสของ {kind} ต้องไม่มีช่องว่างหรือ {RESERVED} และยาวไม่เกิน {MAX_ID} ตัวอักษร",
            f"The id of a {kind} has no blanks, no {RESERVED} and at most {MAX_ID} characters.",
        )  # fmt: skip
    elif id_ in building.ids:
        faults.add(id_, "id-repeated", f"มีรหัส {id_} ซ้ำ", f"The id {id_} stands twice.")
    building.ids.add(id_)


def _read_node(element: etree._Element, scope: str | None, building: _Building) -> None:
    kind, node_id, faults = local(element), element.get("id", ""), building.faults
    check_parts(element, node_id, faults)
    _check_id(node_id, kind, building)
    zeebe.check_extensions(element, node_id, faults)
    krabuan.check_names(element, node_id, krabuan.ON_NODES, faults)
    inputs, outputs = zeebe.io_mappings(element, node_id, faults)
    building.nodes[node_id] = Node(
        id=node_id, type=kind, name=element.get("name", ""), name_en=krabuan.english_name(element),
        scope=scope, default=element.get("default"),
        attached_to=element.get("attachedToRef"),
        interrupting=flag(element, "isInterrupting" if kind == "startEvent" else "cancelActivity", True),
        loop=loops.read_loop(element, node_id, building.known, faults),
        for_compensation=flag(element, "isForCompensation"),
        instantiate=flag(element, "instantiate"),
        start_quantity=_quantity(element, "startQuantity", node_id, faults),
        completion_quantity=_quantity(element, "completionQuantity", node_id, faults),
        inputs=inputs, outputs=outputs,
        listeners=listeners.execution_listeners(element, node_id, faults),
        job_priority=listeners.job_priority(element, node_id, faults),
        documentation=krabuan.documentation(element),
        step=krabuan.read_step(element, node_id, faults),
        control_points=krabuan.read_control_points(element, node_id, faults),
        risks=krabuan.read_risks(element),
        documents=krabuan.read_documents(element),
        reminders=krabuan.read_reminders(element),
        duties=krabuan.read_duties(element, node_id, faults),
        co_sign=read_co_sign(element, node_id, faults),
        return_to=read_return(element, node_id, faults),
        recall=extension(element, KRABUAN, "recall") is not None,
        **particulars(element, kind, node_id, building.known, faults),
    )  # fmt: skip
    if kind in SUB_PROCESSES:
        building.deadlines += krabuan.read_deadlines(element, node_id, node_id, faults)
        _read_scope(element, node_id, building)


def _quantity(element: etree._Element, name: str, node_id: str, faults: FaultList) -> int:
    """A number of tokens (10.3.1): 1 to 1000."""
    value = element.get(name, "1").strip()
    if not value.isascii() or not value.isdecimal() or not 1 <= int(value) <= MAX_TOKENS:
        faults.add(
            node_id,
            "quantity",
            f"{name} ต้องเป็นจำนวนเต็ม ๑ ถึง {MAX_TOKENS}",
            f"{name} is a whole number from 1 to {MAX_TOKENS}.",
        )
        return 1
    return int(value)


def _connected(building: _Building, data: Mapping[str | None, NodeData]) -> dict[str, Node]:
    """The nodes with their incoming and outgoing flows in document order, and their data."""
    incoming: dict[str, list[str]] = {}
    outgoing: dict[str, list[str]] = {}
    for flow in building.flows.values():
        outgoing.setdefault(flow.source, []).append(flow.id)
        incoming.setdefault(flow.target, []).append(flow.id)
    connected = {}
    handlers = dict(building.associations)
    for node in building.nodes.values():
        values = {name: getattr(node, name) for name in Node.__dataclass_fields__}
        values["incoming"] = tuple(incoming.get(node.id, ()))
        values["outgoing"] = tuple(outgoing.get(node.id, ()))
        values["default"] = local_ref(node.default)
        values["data"] = data.get(node.id, NO_DATA)
        if node.event is not None and node.event.kind == "compensation" and node.attached_to is not None:
            values["handler"] = handlers.get(node.id)
        connected[node.id] = Node(**values)
    return connected
