"""What a multi-instance activity takes from and gives to data, in the standard's own form (BPMN 2.0.2, 10.3.8).

loopDataInputRef and loopDataOutputRef name a data input or output of the activity, or data of the process; a
variable stands for it (data_names). A data association between the two says which data of the process is meant.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from engine.execution.reader.data_names import name_of
from engine.execution.reader.events import Roots
from engine.execution.reader.faults import FaultList
from engine.execution.reader.names import BPMN, body, child, children, local_ref


@dataclass(frozen=True, slots=True)
class LoopData:
    """The collection to go through (FEEL), the variable of one item, the variable that takes the results and
    the variable of one result; None for what the file does not say."""

    collection: str | None
    item: str | None
    results: str | None
    result: str | None


def read_loop_data(
    loop: etree._Element, activity: etree._Element, node_id: str, known: Roots, faults: FaultList
) -> LoopData:
    """The data that a multi-instance activity names; what cannot be found is a fault."""
    return LoopData(
        _collection(loop, activity, node_id, known, faults),
        _own(loop, "inputDataItem", node_id, faults),
        _results(loop, activity, node_id, known, faults),
        _own(loop, "outputDataItem", node_id, faults),
    )


def looped_by(activity: etree._Element) -> set[str]:
    """The input and output that a multi-instance activity goes through and collects into: its loop moves them
    once, for all of its instances, of which each has the data item instead (10.3.8)."""
    loop = child(activity, BPMN, "multiInstanceLoopCharacteristics")
    named = () if loop is None else (child(loop, BPMN, f"loopData{what}Ref") for what in ("Input", "Output"))
    return {local_ref(body(ref)) or "" for ref in named if ref is not None}


def _collection(
    loop: etree._Element, activity: etree._Element, node_id: str, known: Roots, faults: FaultList
) -> str | None:
    data = _referred(loop, "loopDataInputRef", activity, node_id, known, faults)
    if data is None:
        return None
    association = next(_associations(activity, "dataInputAssociation", "targetRef", data), None)
    if association is None:
        return _variable(data, known, node_id, faults)
    computed = body(child(association, BPMN, "transformation"))
    sources = _refs(association, "sourceRef")
    if child(association, BPMN, "assignment") is not None or (computed is None and len(sources) != 1):
        faults.add(
            node_id, "loop-data-association",
            "ข้อมูลของงานแบบหลายรายการต้องมาจากข้อมูลเดียว หรือจาก transformation",
            "What a multi-instance activity goes through comes from one source, or from a transformation.",
        )  # fmt: skip
        return None
    if computed is not None:
        return faults.feel(node_id, computed, "transformation")
    return _end(sources[0], "sourceRef", activity, node_id, known, faults)


def _results(
    loop: etree._Element, activity: etree._Element, node_id: str, known: Roots, faults: FaultList
) -> str | None:
    data = _referred(loop, "loopDataOutputRef", activity, node_id, known, faults)
    if data is None:
        return None
    association = next(_associations(activity, "dataOutputAssociation", "sourceRef", data), None)
    if association is None:
        return _variable(data, known, node_id, faults)
    if any(child(association, BPMN, part) is not None for part in ("transformation", "assignment")):
        faults.add(
            node_id, "loop-data-association", "ผลของงานแบบหลายรายการส่งต่อโดยไม่แปลงค่า",
            "The results of a multi-instance activity are handed on as they are.",
        )  # fmt: skip
    return _end(next(iter(_refs(association, "targetRef")), ""), "targetRef", activity, node_id, known, faults)


def _end(
    ref: str, name: str, activity: etree._Element, node_id: str, known: Roots, faults: FaultList
) -> str | None:
    """The variable at the other end of an association."""
    data = _found(ref, name, activity, node_id, known, faults)
    return None if data is None else _variable(data, known, node_id, faults)


def _referred(
    loop: etree._Element, name: str, activity: etree._Element, node_id: str, known: Roots, faults: FaultList
) -> etree._Element | None:
    element = child(loop, BPMN, name)
    if element is None:
        return None
    return _found(local_ref(body(element)) or "", name, activity, node_id, known, faults)


def _found(
    ref: str, name: str, activity: etree._Element, node_id: str, known: Roots, faults: FaultList
) -> etree._Element | None:
    found = known.data.get(ref)
    if found is None or _process_of(found) is not _process_of(activity):
        faults.add(
            node_id, "loop-data", f"{name} ไม่ได้ชี้ไปยังข้อมูลของกระบวนงานนี้", f"{name} names no data of this process."
        )
        return None
    return found


def _process_of(element: etree._Element) -> etree._Element | None:
    return next(element.iterancestors(f"{{{BPMN}}}process"), None)


def _associations(activity: etree._Element, kind: str, end: str, data: etree._Element) -> Iterator[etree._Element]:
    return (a for a in children(activity, BPMN, kind) if data.get("id") in _refs(a, end))


def _refs(association: etree._Element, end: str) -> list[str]:
    return [local_ref(body(part)) or "" for part in children(association, BPMN, end)]


def _own(loop: etree._Element, name: str, node_id: str, faults: FaultList) -> str | None:
    element = child(loop, BPMN, name)
    return None if element is None else _checked(name_of(element) or element.get("id"), node_id, faults)


def _variable(data: etree._Element, known: Roots, node_id: str, faults: FaultList) -> str | None:
    """The variable that stands for data."""
    return _checked(known.variables[data.get("id", "")], node_id, faults)


def _checked(name: str | None, node_id: str, faults: FaultList) -> str | None:
    if not name or not name.isidentifier():
        faults.add(
            node_id, "loop-data-name", f"ชื่อข้อมูล {name or ''} ใช้เป็นชื่อตัวแปรไม่ได้",
            f"{name or 'Data without a name and an id'} names no variable: letters, digits and _ only, no digit first.",
        )  # fmt: skip
    return name
