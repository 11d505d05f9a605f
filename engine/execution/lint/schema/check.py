"""Check a file against the tables: attributes, values, what stands where, in which order and how often, and text.

One pass over the elements, so that the time grows with the file and no faster.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from lxml import etree

from engine.execution.lint.schema import activities, collaboration, drawing, foundation, process
from engine.execution.lint.schema.notation import MODEL, PREFIXES, SIMPLE, Kind, Part, kinds
from engine.execution.lint.schema.values import WORDS, is_value
from engine.execution.reader.faults import FaultList

KINDS = kinds(chain(foundation.ROWS, collaboration.ROWS, process.ROWS, activities.ROWS, drawing.ROWS))
_XSI_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
_OURS = {MODEL, *PREFIXES.values()}
# whose order several modelers do not keep: Signavio among lanes and data, ProcessMaker with annotations, converters and
# templates with documentation. It means nothing, and engines differ in whether they mind.
_LOOSE = {"documentation", "extensionElements", "laneSet", "flowElement", "artifact"}
_MOST_NAMED = 12  # of the elements or attributes that a fault lists as allowed


def check_schema(root: etree._Element, faults: FaultList) -> None:
    """Note every breach of the XML schema below `root`, which is bpmn:definitions.

    What stands in extensionElements, documentation, text and script is free, and so are attributes of other namespaces
    on every element (the schema keeps them from a few drawn ones and from documentation, modelers do not).
    """
    ids: set[str] = set()
    todo = [(root, "definitions")]
    while todo:
        element, name = todo.pop()
        if name in SIMPLE:
            _check_simple(element, name, faults)
            continue
        kind = _kind_of(element, KINDS[name], faults)
        _check_attributes(element, kind, faults)
        _check_id(element, ids, faults)
        if not kind.mixed:
            _check_text(element, faults)
        if kind.inside is None:
            todo += reversed(list(_check_content(element, kind, faults)))
        elif kind.inside == "other":
            _check_others(element, faults)


def owner_of(element: etree._Element) -> str | None:
    """The id to which a fault belongs: of the element, of what it draws, or of what is around it."""
    at: etree._Element | None = element
    while at is not None:
        drawn = (at.get("bpmnElement") or "").rpartition(":")[2]
        found = drawn or at.get("id")
        if found:
            return found
        at = at.getparent()
    return None


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _name(element: etree._Element) -> str:
    """How an element is called in a text: its name, with its prefix if it is none of the standard's."""
    qualified = etree.QName(element)
    if qualified.namespace in _OURS or not element.prefix:
        return qualified.localname
    return f"{element.prefix}:{qualified.localname}"


def _listed(names: list[str]) -> str:
    more = ", …" if len(names) > _MOST_NAMED else ""
    return ", ".join(names[:_MOST_NAMED]) + more if names else "-"


def _kind_of(element: etree._Element, declared: Kind, faults: FaultList) -> Kind:
    """The declared kind, or one derived from it that xsi:type names."""
    said = element.get(_XSI_TYPE)
    if said is None:
        return declared
    prefix, _, type_ = said.strip().rpartition(":")
    name = type_[1:2].lower() + type_[2:] if type_.startswith("t") else ""
    named = KINDS.get(name) if element.nsmap.get(prefix or None) == MODEL else None
    at = named
    while at is not None and at is not declared:
        at = KINDS[at.base] if at.base is not None else None
    if named is None or at is None:
        _refuse_value(element, "xsi:type", said, f"t{declared.name[:1].upper()}{declared.name[1:]} ...", faults)
        return declared
    return named


def _check_attributes(element: etree._Element, kind: Kind, faults: FaultList) -> None:
    for raw, value in element.attrib.items():
        name = str(raw)
        attribute = kind.attributes.get(name)
        if attribute is None:
            if name[0] != "{" or name[1:].partition("}")[0] in _OURS:
                _refuse_attribute(element, _local(name), kind, faults)
        elif attribute.values:
            if value not in attribute.values:
                _refuse_value(element, name, str(value), " | ".join(attribute.values), faults)
        elif not is_value(attribute.type, str(value), element.nsmap if attribute.type == "QName" else {}):
            _refuse_type(element, name, str(value), attribute.type, faults)
    for name, attribute in kind.attributes.items():
        if attribute.required and element.get(name) is None:
            faults.add(
                owner_of(element), "schema-attribute-required", f"{_name(element)} ต้องมีแอตทริบิวต์ {name}",
                f"{_name(element)} has no {name}, which it must have.",
            )  # fmt: skip


def _check_id(element: etree._Element, ids: set[str], faults: FaultList) -> None:
    """An id stands once in a file, those of the drawing too; the semantic ones are looked at where they are read."""
    id_ = element.get("id")
    if id_ in ids and etree.QName(element).namespace != MODEL:
        faults.add(
            owner_of(element), "schema-id-repeated", f"รหัส {id_} ของ {_name(element)} ซ้ำกับองค์ประกอบอื่น",
            f"The id {id_} of a {_name(element)} is that of another element, too.",
        )  # fmt: skip
    if id_:
        ids.add(id_)


def _refuse_attribute(element: etree._Element, name: str, kind: Kind, faults: FaultList) -> None:
    allowed = _listed(list(kind.attributes))
    faults.add(
        owner_of(element), "schema-attribute-unknown", f"{_name(element)} ไม่มีแอตทริบิวต์ {name} มีได้เฉพาะ {allowed}",
        f"{_name(element)} has no attribute {name} in BPMN 2.0; it may have {allowed}.",
    )  # fmt: skip


def _refuse_type(element: etree._Element, name: str, value: str, type_: str, faults: FaultList) -> None:
    th, en = WORDS[type_]
    faults.add(
        owner_of(element), "schema-value", f"{name} ของ {_name(element)} ต้องเป็น{th} ไม่ใช่ {value[:80]!r}",
        f"{name} of {_name(element)} is {en}, not {value[:80]!r}.",
    )  # fmt: skip


def _refuse_value(element: etree._Element, name: str, value: str, allowed: str, faults: FaultList) -> None:
    faults.add(
        owner_of(element), "schema-value", f"{name} ของ {_name(element)} ต้องเป็น {allowed} ไม่ใช่ {value[:80]!r}",
        f"{name} of {_name(element)} is {allowed}, not {value[:80]!r}.",
    )  # fmt: skip


def _check_simple(element: etree._Element, type_: str, faults: FaultList) -> None:
    """An element that holds a reference and nothing else."""
    for raw in element.attrib:
        if str(raw)[0] != "{":
            _refuse_attribute(element, str(raw), Kind(type_, None, {}, [], True, None), faults)
    for child in element.iterchildren("*"):
        _refuse_element(child, element, [], faults)
    text = (element.text or "") + "".join(child.tail or "" for child in element)
    if not is_value(type_, text, element.nsmap):
        _refuse_type(element, "text", text, type_, faults)


def _check_text(element: etree._Element, faults: FaultList) -> None:
    texts = chain([element.text], (child.tail for child in element))
    found = next((t.strip() for t in texts if t and t.strip()), None)
    if found is not None:
        faults.add(
            owner_of(element), "schema-text", f"ใน {_name(element)} มีข้อความไม่ได้: {found[:80]!r}",
            f"No text may stand in {_name(element)}: {found[:80]!r}.",
        )  # fmt: skip


def _check_others(element: etree._Element, faults: FaultList) -> None:
    """extensionElements: elements of every namespace but the standard's own."""
    around = etree.QName(element).namespace
    for child in element.iterchildren("*"):
        if etree.QName(child).namespace in (around, None):
            _refuse_element(child, element, ["elements of other namespaces"], faults)


def _refuse_element(child: etree._Element, around: etree._Element, allowed: list[str], faults: FaultList) -> None:
    faults.add(
        owner_of(child), "schema-element-unknown-here",
        f"{_name(child)} อยู่ใน {_name(around)} ไม่ได้ มีได้เฉพาะ {_listed(allowed)}",
        f"{_name(child)} may not stand in {_name(around)}, which may hold {_listed(allowed)}.",
    )  # fmt: skip


Content = Iterator[tuple[etree._Element, str]]


def _check_content(element: etree._Element, kind: Kind, faults: FaultList) -> Content:
    """Check which elements stand in one, their order and their number; yields what to look into, with its kind."""
    counts, last, ordered = [0] * len(kind.parts), 0, True
    for child in element.iterchildren("*"):  # no comments
        place = kind.places.get(child.tag)
        if place is None:
            _refuse_element(child, element, [part.name for part in kind.parts], faults)
            continue
        counts[place] += 1
        if place < last and ordered:
            ordered = False  # the first one says enough
            _note_order(child, element, kind.parts[place].name, kind.parts[last].name, faults)
        last = max(last, place)
        yield child, kind.parts[place].elements[child.tag]
    for part, count in zip(kind.parts, counts, strict=True):
        if count < part.least or (part.most is not None and count > part.most):
            _refuse_count(element, part, count, faults)


def _note_order(child: etree._Element, around: etree._Element, name: str, before: str, faults: FaultList) -> None:
    th, en = f"ใน {_name(around)} ต้องเรียง {_name(child)} ไว้ก่อน {before}", f"{_name(child)} stands before {before}"
    if {name, before} <= _LOOSE:
        said = f"In {_name(around)}, {en} by the schema; other engines may refuse the file."
        faults.warn(owner_of(child), "schema-order-tolerated", f"{th} ระบบอื่นอาจไม่รับไฟล์นี้", said)
    else:
        faults.add(owner_of(child), "schema-order", th, f"In {_name(around)}, {en}.")


def _refuse_count(element: etree._Element, part: Part, count: int, faults: FaultList) -> None:
    if part.most is None:
        th, en = f"อย่างน้อย {part.least}", f"at least {part.least}"
    elif part.least == part.most:
        th, en = f"{part.most} พอดี", f"exactly {part.most}"
    else:
        th, en = f"{part.least} ถึง {part.most}", f"{part.least} to {part.most}"
    faults.add(
        owner_of(element), "schema-count", f"{_name(element)} ต้องมี {part.name} {th} แต่มี {count}",
        f"{_name(element)} has {en} of {part.name}, not {count}.",
    )  # fmt: skip
