"""Data associations (BPMN 2.0.2, section 10.4.2): from where to where data move when an element begins or ends.

An association that a modeler has drawn with one end only, or to its placeholder, says nothing to carry out.
"""

from __future__ import annotations

from collections.abc import Mapping, Set

from lxml import etree

from engine.execution.reader.faults import FaultList
from engine.execution.reader.names import BPMN, body, child, children, local_ref
from engine.execution.reader.unsupported import check_language
from engine.model.data import Assignment, DataAssociation, DataElement


class Resolver:
    """Reads the associations of a process, whose data elements are all known.

    `hollow` are the ids of references that refer to nothing, `hidden` those of modelers' placeholders,
    `written` every id of the file. `used` are the ids of the data elements that an association read so
    far moves data to or from.
    """

    def __init__(
        self, elements: Mapping[str, DataElement], around: Mapping[str | None, str | None], hollow: Set[str],
        hidden: Set[str], written: Set[str], faults: FaultList,
    ) -> None:  # fmt: skip
        self._elements = elements
        self._around = around
        self._hollow = hollow
        self._hidden = hidden
        self._written = written
        self._faults = faults
        self.used: set[str] = set()

    def associations(self, node: etree._Element, owner: str | None, kind: str) -> tuple[DataAssociation, ...]:
        """Those of one kind on a node that are to be carried out, in document order."""
        found = [self._read(part, owner, kind) for part in children(node, BPMN, kind)]
        return tuple(a for a in found if a is not None)

    def _read(self, part: etree._Element, owner: str | None, kind: str) -> DataAssociation | None:
        id_, refs = part.get("id") or owner, _refs(part, "sourceRef")
        aims = [ref for ref in _refs(part, "targetRef") if ref not in self._hidden]
        transformation = self._transformation(part, id_)
        assignments = list(children(part, BPMN, "assignment"))
        says = transformation is not None or bool(assignments)
        drawn = not says and not (refs and aims)
        sources = [s for ref in refs if (s := self._end(ref, id_, owner, drawn)) is not None]
        targets = [t for ref in aims if (t := self._end(ref, id_, owner, drawn)) is not None]
        if says and not aims:
            self._faults.add(
                id_, "data-association-target", "เส้นข้อมูลที่แปลงหรือกำหนดค่าต้องมีปลายทาง (targetRef)",
                "A data association that transforms or assigns has a target.",
            )  # fmt: skip
        if drawn or not targets:
            return None
        target = targets[0]
        self._check_direction(sources, target, id_, owner, kind)
        if not says:
            self._check_copy(sources, target, id_)
        self.used |= {e.id for e in (*sources, target)}
        made = tuple(self._assignment(a, target, id_) for a in assignments)
        return DataAssociation(id_ or "", tuple(sources), target, transformation, made)

    def _end(self, ref: str, id_: str | None, owner: str | None, drawn: bool) -> DataElement | None:
        """The data element of an end. None when there is none, which is a fault if something is to be carried out."""
        found = self._elements.get(ref)
        if found is not None and found.owner in scopes_of(owner, self._around):
            return found
        # what is not in the file at all is a fault of references
        if ref in self._written and not (drawn and ref in self._hollow):
            self._faults.add(
                id_, "data-association-end", f"{ref} ไม่ใช่ข้อมูลที่ใช้ได้ตรงนี้", f"{ref} is no data that can be used here."
            )  # fmt: skip
        return None

    def _check_copy(self, sources: list[DataElement], target: DataElement, id_: str | None) -> None:
        """Without a transformation or assignments the value of the one source is copied (10.4.2)."""
        if len(sources) > 1:
            self._faults.add(
                id_, "data-association-sources", "เส้นข้อมูลที่ไม่มีการแปลง (transformation) มีต้นทางได้จุดเดียว",
                "Without a transformation or assignments a data association has one source.",
            )  # fmt: skip
        elif sources and sources[0].collection != target.collection:
            self._faults.add(
                id_, "data-association-collection", "คัดลอกรายการกับค่าเดี่ยวถึงกันไม่ได้ ต้องมีการแปลง (transformation)",
                "A collection and a single value are not copied into each other; that takes a transformation.",
            )  # fmt: skip

    def _check_direction(
        self, sources: list[DataElement], target: DataElement, id_: str | None, owner: str | None, kind: str
    ) -> None:
        """An input association fills what the element itself has, an output association empties it."""
        if kind == "dataInputAssociation":
            wrong = target.owner != owner or target.kind in ("output", "item")
        else:
            inside = target.owner == owner and target.kind != "item"
            wrong = inside or any(s.owner != owner or s.kind == "input" for s in sources)
        if wrong:
            self._faults.add(
                id_, "data-association-direction",
                "เส้นข้อมูลขาเข้าต้องเข้าสู่ข้อมูลขององค์ประกอบ และเส้นข้อมูลขาออกต้องออกจากข้อมูลขององค์ประกอบ",
                "An input association leads into the data of its element, an output association out of them.",
            )  # fmt: skip

    def _transformation(self, part: etree._Element, id_: str | None) -> str | None:
        found = child(part, BPMN, "transformation")
        if found is None:
            return None
        check_language(found, id_, self._faults)
        return self._faults.feel(id_, body(found) or "", "transformation")

    def _assignment(self, part: etree._Element, target: DataElement, id_: str | None) -> Assignment:
        """`from` is FEEL; `to` is the target's name, or a path that begins with it."""
        source, aim = child(part, BPMN, "from"), child(part, BPMN, "to")
        for expression in (source, aim):
            if expression is not None:
                check_language(expression, id_, self._faults)
        feel = self._faults.feel(id_, body(source) or "", "assignment from") or "null"
        path = (body(aim) or "").removeprefix("=").strip()
        if not all(p.isidentifier() for p in path.split(".")) or path.split(".")[0] != target.name:
            self._faults.add(
                id_, "assignment-target", f"ปลายทางของการกำหนดค่า (to) ต้องเป็น {target.name} หรือส่วนหนึ่งของมัน",
                f"An assignment goes to {target.name} or to a path that begins with it, not to '{path}'.",
            )  # fmt: skip
        return Assignment(feel, path)


def _refs(part: etree._Element, name: str) -> list[str]:
    return [local_ref((ref.text or "").strip()) or "" for ref in children(part, BPMN, name)]


def scopes_of(owner: str | None, around: Mapping[str | None, str | None]) -> list[str | None]:
    """The owner and the scopes around it, innermost first; the process, None, is the last."""
    found: list[str | None] = [owner]
    while found[-1] is not None:
        found.append(around.get(found[-1]))
    return found
