"""What the file says beside its processes: the drawing, lanes, declarations, attributes better written out."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from engine.execution.reader.faults import FaultList
from engine.execution.reader.names import BPMN, ZEEBE, children, extension, local, local_ref, namespace
from engine.model.diagram import ELEMENT_TYPES

_DI = "http://www.omg.org/spec/BPMN/20100524/DI"
# what the standard draws (12.2.3.3 and 12.2.3.4): shapes and edges
_ARTIFACTS = {"dataObjectReference", "dataStoreReference", "textAnnotation", "group"}
_SHAPES = {*ELEMENT_TYPES, "participant", "lane", *_ARTIFACTS}
_EDGES = {"sequenceFlow", "messageFlow", "association"}
# by what refers to them
_DECLARED = {"message": "messageRef", "signal": "signalRef", "error": "errorRef", "escalation": "escalationRef"}


def advise_drawing(root: etree._Element, faults: FaultList) -> None:
    """Look through the file once."""
    inside = [e for e in root.iter() if namespace(e) == BPMN]
    _advise_shapes(root, inside, faults)
    _advise_declarations(inside, faults)
    for element in inside:
        if local(element) == "callActivity":
            _advise_call(element, faults)
        elif local(element) == "process":
            _advise_lanes(element, faults)


def _advise_shapes(root: etree._Element, inside: list[etree._Element], faults: FaultList) -> None:
    drawn = {local_ref(e.get("bpmnElement")) for e in root.iter(f"{{{_DI}}}BPMNShape", f"{{{_DI}}}BPMNEdge")}
    if not drawn:
        faults.warn(
            None, "diagram-missing", "ไฟล์ไม่มีข้อมูลภาพ (BPMNDiagram) จึงแสดงแผนภาพไม่ได้ สร้างได้ด้วย krabuan layout",
            "The file has no drawing (BPMNDiagram), so that nothing can be shown; krabuan layout makes one.",
        )  # fmt: skip
        return
    for element in inside:
        kind, id_ = local(element), element.get("id")
        if kind in _SHAPES | _EDGES and id_ and id_ not in drawn:
            what = "BPMNEdge" if kind in _EDGES else "BPMNShape"
            faults.warn(
                id_, "shape-missing", f"{kind} นี้ไม่มีในภาพ ({what})", f"This {kind} is not drawn: it has no {what}."
            )


def _advise_declarations(inside: list[etree._Element], faults: FaultList) -> None:
    used = set(_references(inside))
    for element in inside:
        kind, id_ = local(element), element.get("id")
        if kind in _DECLARED and id_ and id_ not in used:
            faults.warn(
                id_, "declaration-unused", f"ประกาศ {kind} ไว้แต่ไม่มีองค์ประกอบใดใช้", f"Nothing uses this {kind}."
            )


def _references(inside: list[etree._Element]) -> Iterator[str]:
    """Every id that an attribute names, or an element (of an operation)."""
    for element in inside:
        for name in _DECLARED.values():
            yield local_ref(element.get(name)) or ""
        if local(element).endswith("Ref"):
            yield local_ref((element.text or "").strip()) or ""


def _advise_call(element: etree._Element, faults: FaultList) -> None:
    called = extension(element, ZEEBE, "calledElement")
    if called is not None and called.get("propagateAllChildVariables") is None:
        faults.warn(
            element.get("id"), "propagation-unwritten",
            "ไม่ได้ระบุ propagateAllChildVariables: ระบบถือเป็น true แต่โปรแกรมเขียนแผนภาพแสดงเป็น false ควรเขียนไว้",
            "propagateAllChildVariables is not written: the engine takes true, modelers show false. Write it.",
        )  # fmt: skip


def _advise_lanes(process: etree._Element, faults: FaultList) -> None:
    """In a process with lanes every flow node stands in one; those of sub-processes go with them (10.8)."""
    lanes = list(children(process, BPMN, "laneSet"))
    inside = {local_ref((ref.text or "").strip()) for s in lanes for ref in s.iter(f"{{{BPMN}}}flowNodeRef")}
    if not inside:
        return
    for element in children(process, BPMN):
        id_ = element.get("id")
        if local(element) in ELEMENT_TYPES and id_ and id_ not in inside:
            faults.warn(
                id_, "lane-missing", f"{local(element)} นี้ไม่อยู่ในช่องงานใด", f"This {local(element)} stands in no lane."
            )
