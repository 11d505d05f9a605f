"""Input and output sets: which data have to be there together (BPMN 2.0.2, sections 10.4.1 and 10.4.2)."""

from __future__ import annotations

from dataclasses import replace

from lxml import etree

from engine.execution.reader.faults import FaultList
from engine.execution.reader.names import BPMN, child, children, local_ref
from engine.execution.reader.unsupported import refuse
from engine.model.data import DataElement, DataSet


def sets_of(
    box: etree._Element, what: str, known: tuple[DataElement, ...], owner: str | None, faults: FaultList
) -> tuple[DataSet, ...]:
    """The sets of an interface; one of everything when the file has none."""
    by_id, found, seen = {e.id: e for e in known}, [], set()
    for part in children(box, BPMN, f"{what.lower()}Set"):
        refs = _refs(part, f"data{what}Refs")
        optional = _refs(part, f"optional{what}Refs")
        seen |= {*refs, *optional}
        for ref in {*refs, *optional} - by_id.keys():
            _dangling(ref, owner, faults)
        if child(part, BPMN, f"whileExecuting{what}Refs") is not None:
            refuse(owner, f"whileExecuting{what}Refs", faults)
        required = tuple(by_id[ref] for ref in refs if ref in by_id and ref not in optional)
        found.append(DataSet(part.get("id", ""), required, tuple(by_id[ref] for ref in optional if ref in by_id)))
    if not found:
        return (DataSet("", known),) if known else ()
    for element in known:
        if element.id not in seen:
            faults.add(
                owner, "data-set-missing", f"ข้อมูล {element.name} ไม่อยู่ในชุดใดเลย",
                f"The data {what.lower()} {element.name} is in no {what.lower()} set.",
            )  # fmt: skip
    return tuple(found)


def _refs(part: etree._Element, name: str) -> list[str]:
    return [local_ref((ref.text or "").strip()) or "" for ref in children(part, BPMN, name)]


def _dangling(ref: str, owner: str | None, faults: FaultList) -> None:
    faults.add(
        owner, "data-set-reference", f"ชุดข้อมูลอ้างถึง {ref} ซึ่งไม่มีในรายการนี้",
        f"A data set names {ref}, which this interface does not have.",
    )  # fmt: skip


def answered(
    box: etree._Element, inputs: tuple[DataSet, ...], outputs: tuple[DataSet, ...], owner: str | None, faults: FaultList
) -> tuple[DataSet, ...]:
    """Input sets with the output sets that they lead to, said on either side (10.4.1)."""
    known_in, known_out = {s.id for s in inputs if s.id}, {s.id for s in outputs if s.id}
    leads: dict[str, list[str]] = {}
    for part in children(box, BPMN, "inputSet"):
        for ref in _refs(part, "outputSetRefs"):
            leads.setdefault(part.get("id", ""), []).append(ref)
            if ref not in known_out:
                _dangling(ref, owner, faults)
    for part in children(box, BPMN, "outputSet"):
        for ref in _refs(part, "inputSetRefs"):
            leads.setdefault(ref, []).append(part.get("id", ""))
            if ref not in known_in:
                _dangling(ref, owner, faults)
    return tuple(replace(s, answers=tuple(leads.get(s.id, ()))) for s in inputs)


def without(of: DataSet, looped: set[str]) -> DataSet:
    """The set without what a loop moves itself (ids)."""
    required, optional = ((e for e in part if e.id not in looped) for part in (of.required, of.optional))
    return replace(of, required=tuple(required), optional=tuple(optional))
