"""What a file refers to by id must be there and of the right kind, drawn things too (BPMN 2.0.2, 7 to 10, 12)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from lxml import etree

from engine.execution.reader.faults import FaultList
from engine.execution.reader.names import BPMN, children, local, local_ref, namespace
from engine.execution.reader.roles import ROLES
from engine.model.diagram import ELEMENT_TYPES

_DI = "http://www.omg.org/spec/BPMN/20100524/DI"
_ITEM_OF = {"message": "itemRef", **dict.fromkeys(("signal", "error", "escalation"), "structureRef")}

Elements = dict[str, etree._Element]


def check_references(root: etree._Element, faults: FaultList) -> None:
    """Check every reference of the file that reading its processes does not follow."""
    inside = [e for e in root.iter() if namespace(e) == BPMN]
    known: Elements = {e.get("id", ""): e for e in inside if e.get("id")}
    for element in inside:
        check = _CHECKS.get(local(element))
        if check is not None:
            check(element, known, faults)
        _check_item(element, known, faults)
    _check_ids(inside, faults)
    _check_directions(inside, faults)
    _check_participants(root, faults)
    _check_drawing(root, known, faults)


def _check_ids(inside: list[etree._Element], faults: FaultList) -> None:
    """Ids are unique in the whole file; processes, nodes and flows are looked at where they are read."""
    count = Counter(e.get("id") for e in inside if e.get("id"))
    for element in inside:
        id_, kind = element.get("id"), local(element)
        if id_ and count[id_] > 1 and kind not in ELEMENT_TYPES and kind not in ("process", "sequenceFlow"):
            faults.add(
                id_,
                "id-shared",
                f"รหัส {id_} ของ {kind} ซ้ำกับองค์ประกอบอื่น",
                f"The id {id_} of a {kind} is that of another element, too.",
            )


def _named(element: etree._Element, attribute: str) -> str | None:
    return local_ref(element.get(attribute)) or None


def _texts(element: etree._Element, name: str) -> Iterator[str]:
    for part in children(element, BPMN, name):
        yield local_ref((part.text or "").strip()) or ""


def _check_lane_set(lane_set: etree._Element, known: Elements, faults: FaultList) -> None:
    around = next((a for a in lane_set.iterancestors() if local(a) not in ("lane", "laneSet", "childLaneSet")), None)
    seen: set[str] = set()
    for lane in children(lane_set, BPMN, "lane"):
        for ref in _texts(lane, "flowNodeRef"):
            node = known.get(ref)
            if node is None or local(node) not in ELEMENT_TYPES or all(a is not around for a in node.iterancestors()):
                faults.add(
                    lane.get("id"), "lane-node-unknown", f"ช่องงานอ้างถึง {ref} ซึ่งไม่มีในกระบวนงานนี้",
                    f"The lane names {ref}, which is no flow node of its process.",
                )  # fmt: skip
            elif ref in seen:
                faults.add(
                    lane.get("id"),
                    "lane-node-repeated",
                    f"{ref} อยู่ในช่องงานมากกว่าหนึ่งช่อง",
                    f"{ref} stands in several lanes.",
                )
            seen.add(ref)


def _check_data_object(element: etree._Element, known: Elements, faults: FaultList) -> None:
    ref = _named(element, "dataObjectRef")
    if ref is not None and (ref not in known or local(known[ref]) != "dataObject"):
        faults.add(
            element.get("id"),
            "data-object-reference",
            f"ไม่พบข้อมูล (dataObject) {ref}",
            f"There is no data object {ref}.",
        )


def _check_data_store(element: etree._Element, known: Elements, faults: FaultList) -> None:
    ref = _named(element, "dataStoreRef")
    if ref is not None and (ref not in known or local(known[ref]) != "dataStore"):
        faults.add(
            element.get("id"),
            "data-store-reference",
            f"ไม่พบแหล่งข้อมูล (dataStore) {ref}",
            f"There is no data store {ref}.",
        )


def _check_item(element: etree._Element, known: Elements, faults: FaultList) -> None:
    """The item definition of a data element, message, signal, error or escalation (8.4.10)."""
    for attribute in ("itemSubjectRef", _ITEM_OF.get(local(element), "")):
        ref = _named(element, attribute) if attribute else None
        if ref is not None and (ref not in known or local(known[ref]) != "itemDefinition"):
            faults.add(
                element.get("id"), "item-reference", f"ไม่พบรายการข้อมูล (itemDefinition) {ref}",
                f"There is no item definition {ref}.",
            )  # fmt: skip


def _check_association(element: etree._Element, known: Elements, faults: FaultList) -> None:
    for attribute in ("sourceRef", "targetRef"):
        ref = _named(element, attribute)
        if ref is not None and ref not in known:
            faults.add(
                element.get("id"),
                "association-end",
                f"เส้นโยงชี้ไปยัง {ref} ซึ่งไม่มีอยู่",
                f"The association's end {ref} does not exist.",
            )


def _check_data_association(element: etree._Element, known: Elements, faults: FaultList) -> None:
    for name in ("sourceRef", "targetRef"):
        for ref in _texts(element, name):
            if ref not in known:
                faults.add(
                    element.get("id"), "data-association", f"เส้นข้อมูลชี้ไปยัง {ref} ซึ่งไม่มีอยู่",
                    f"The data association's end {ref} does not exist.",
                )  # fmt: skip


def _check_group(element: etree._Element, known: Elements, faults: FaultList) -> None:
    ref = _named(element, "categoryValueRef")
    if ref is not None and (ref not in known or local(known[ref]) != "categoryValue"):
        faults.add(
            element.get("id"),
            "group-category",
            f"ไม่พบหมวด {ref} ของกลุ่ม",
            f"The group's category value {ref} does not exist.",
        )


def _check_category(element: etree._Element, known: Elements, faults: FaultList) -> None:
    ref, around = local_ref((element.text or "").strip()), element.getparent()
    if ref and (ref not in known or local(known[ref]) != "categoryValue"):
        faults.add(
            around.get("id") if around is not None else None, "category-value", f"ไม่พบหมวด {ref}",
            f"There is no category value {ref}.",
        )  # fmt: skip


def _check_role(element: etree._Element, known: Elements, faults: FaultList) -> None:
    around = element.getparent()
    for ref in _texts(element, "resourceRef"):
        if ref not in known or local(known[ref]) != "resource":
            faults.add(
                around.get("id") if around is not None else None, "resource-reference", f"ไม่พบผู้ปฏิบัติ (resource) {ref}",
                f"There is no resource {ref}.",
            )  # fmt: skip


def _check_message_flow(element: etree._Element, known: Elements, faults: FaultList) -> None:
    ends = [_named(element, name) for name in ("sourceRef", "targetRef")]
    found = [known.get(ref or "") for ref in ends]
    if None in found:
        faults.add(
            element.get("id"), "message-flow-end", "เส้นข้อความชี้ไปยังองค์ประกอบที่ไม่มีอยู่",
            "The message flow's source or target does not exist.",
        )  # fmt: skip
        return
    pools = [_process_of(e) for e in found if e is not None]
    if pools[0] is not None and pools[0] == pools[1]:
        faults.add(
            element.get("id"), "message-flow-pool", "เส้นข้อความต้องเชื่อมระหว่างผู้มีส่วนร่วมคนละฝ่าย",
            "A message flow connects two different pools.",
        )  # fmt: skip


def _process_of(element: etree._Element) -> str | None:
    if local(element) == "participant":
        return _named(element, "processRef")
    at: etree._Element | None = element
    while at is not None and local(at) != "process":
        at = at.getparent()
    return at.get("id") if at is not None else None


def _check_participant(element: etree._Element, known: Elements, faults: FaultList) -> None:
    ref = _named(element, "processRef")
    if ref is not None and (ref not in known or local(known[ref]) != "process"):
        faults.add(
            element.get("id"),
            "participant-process",
            f"ไม่พบกระบวนงาน {ref} ของผู้มีส่วนร่วม",
            f"The pool's process {ref} does not exist.",
        )


def _check_participants(root: etree._Element, faults: FaultList) -> None:
    for collaboration in children(root, BPMN, "collaboration"):
        seen: set[str] = set()
        for participant in children(collaboration, BPMN, "participant"):
            ref = _named(participant, "processRef")
            if ref is not None and ref in seen:
                faults.add(
                    participant.get("id"), "participant-repeated", f"กระบวนงาน {ref} อยู่ในผู้มีส่วนร่วมมากกว่าหนึ่งราย",
                    f"Several pools show the process {ref}.",
                )  # fmt: skip
            seen.add(ref or "")


def _check_node(element: etree._Element, known: Elements, faults: FaultList) -> None:
    node_id = element.get("id")
    for ref in _texts(element, "incoming"):
        if ref not in known or _named(known[ref], "targetRef") != node_id:
            faults.add(
                node_id, "incoming-reference", f"เส้นเข้า {ref} ไม่ได้มาที่นี่", f"The incoming flow {ref} does not lead here."
            )
    for ref in _texts(element, "outgoing"):
        if ref not in known or _named(known[ref], "sourceRef") != node_id:
            faults.add(
                node_id,
                "outgoing-reference",
                f"เส้นออก {ref} ไม่ได้ออกจากที่นี่",
                f"The outgoing flow {ref} does not begin here.",
            )


def _check_directions(inside: list[etree._Element], faults: FaultList) -> None:
    """gatewayDirection (8.3.9): a converging gateway has one outgoing flow at most, a diverging one incoming."""
    flows = [e for e in inside if local(e) == "sequenceFlow"]
    into, out = (Counter(_named(f, name) for f in flows) for name in ("targetRef", "sourceRef"))
    for element in inside:
        direction, id_ = element.get("gatewayDirection"), element.get("id")
        if (direction == "Converging" and out[id_] > 1) or (direction == "Diverging" and into[id_] > 1):
            faults.add(
                id_, "gateway-direction", f"gatewayDirection={direction} ไม่ตรงกับเส้นเข้าและเส้นออก",
                f"gatewayDirection={direction} does not fit the gateway's flows.",
            )  # fmt: skip


def _check_drawing(root: etree._Element, known: Elements, faults: FaultList) -> None:
    for plane in root.iter(f"{{{_DI}}}BPMNPlane"):
        seen: set[str] = set()
        for drawn in plane:
            ref = local_ref(drawn.get("bpmnElement")) if isinstance(drawn.tag, str) else None
            if ref is None:
                continue
            if ref not in known:
                faults.add(
                    ref,
                    "diagram-element",
                    f"ภาพวาดอ้างถึง {ref} ซึ่งไม่มีอยู่",
                    f"The drawing shows {ref}, which does not exist.",
                )
            elif ref in seen:
                faults.add(ref, "diagram-repeated", f"{ref} ถูกวาดสองครั้ง", f"The drawing shows {ref} twice.")
            seen.add(ref)


_CHECKS: dict[str, Callable[[etree._Element, Elements, FaultList], None]] = {
    "laneSet": _check_lane_set,
    "childLaneSet": _check_lane_set,
    "dataObjectReference": _check_data_object,
    "dataStoreReference": _check_data_store,
    "association": _check_association,
    "dataInputAssociation": _check_data_association,
    "dataOutputAssociation": _check_data_association,
    "group": _check_group,
    "categoryValueRef": _check_category,
    **dict.fromkeys(ROLES, _check_role),
    "messageFlow": _check_message_flow,
    "participant": _check_participant,
    **dict.fromkeys(ELEMENT_TYPES, _check_node),
}
