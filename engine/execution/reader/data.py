"""Data objects, stores, properties and interfaces of a process (BPMN 2.0.2, section 10.4) as variables.

What only a drawing says (a data object that has no name and that no association moves data to or
from, an association with one end) declares nothing and does nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from lxml import etree

from engine.execution.reader.data_associations import Resolver, scopes_of
from engine.execution.reader.data_names import name_of
from engine.execution.reader.data_sets import answered, sets_of, without
from engine.execution.reader.events import Roots
from engine.execution.reader.faults import FaultList
from engine.execution.reader.loop_data import looped_by
from engine.execution.reader.names import BPMN, child, children, flag, local, local_ref
from engine.model.data import DataElement, DataSet, Kind, NodeData
from engine.model.diagram import ELEMENT_TYPES

PLACEHOLDER = "__targetRef_placeholder"  # a property that modelers draw the end of an association to
_CATCH = ("startEvent", "intermediateCatchEvent", "boundaryEvent")
_THROW = ("endEvent", "intermediateThrowEvent")
_CARRIERS = ("message", "signal", "error", "escalation")  # events that bring or take something along
# which data may stand on which element; every name that is not here is none of data
_ASSOCIATIONS = frozenset({"property", "dataInputAssociation", "dataOutputAssociation"})
_IN_SCOPE = frozenset({"property", "dataObject", "dataObjectReference", "dataStoreReference"})
_PLACES: dict[str, frozenset[str]] = {
    **{k: _ASSOCIATIONS | {"ioSpecification"} for k in ELEMENT_TYPES if k.lower().endswith(("task", "activity"))},
    **dict.fromkeys(("subProcess", "transaction", "adHocSubProcess"), _ASSOCIATIONS | _IN_SCOPE),
    **dict.fromkeys(_CATCH, frozenset({"property", "dataOutput", "dataOutputAssociation", "outputSet"})),
    **dict.fromkeys(_THROW, frozenset({"property", "dataInput", "dataInputAssociation", "inputSet"})),
    "process": _IN_SCOPE | {"ioSpecification"},
}
_DATA = {name for names in _PLACES.values() for name in names}
_INTERFACE: dict[str, Kind] = {"dataInput": "input", "dataOutput": "output"}


@dataclass(slots=True)
class _Reading:
    """The data of a process while it is read; `elements` by id, with what refers to an object or a store."""

    known: Roots
    faults: FaultList
    elements: dict[str, DataElement] = field(default_factory=dict)
    of: dict[str | None, list[DataElement]] = field(default_factory=dict)  # by owner, in document order
    named: set[str] = field(default_factory=set)  # ids of those that are variables even if nothing uses them
    around: dict[str | None, str | None] = field(default_factory=dict)  # the scope around an owner
    parts: dict[str | None, etree._Element] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)  # ids of modelers' placeholders
    hollow: set[str] = field(default_factory=set)  # ids of references that refer to nothing: drawn only


def read_data(process: etree._Element, known: Roots, faults: FaultList) -> dict[str | None, NodeData]:
    """The data of the process (None) and of those of its nodes that have any, by id; faults are noted."""
    reading = _Reading(known, faults)
    _declare(process, None, None, reading)
    for owner, element in reading.parts.items():
        _refer(element, owner, reading)
    _fold_stores(reading)
    written = {e.get("id", "") for e in process.getroottree().iter() if isinstance(e.tag, str)}
    hollow, hidden = reading.hollow, reading.hidden
    resolver = Resolver(reading.elements, reading.around, hollow, hidden, written, faults)
    found = {owner: _node_data(element, owner, resolver, reading) for owner, element in reading.parts.items()}
    for owner, data in found.items():
        looped = looped_by(reading.parts[owner])
        used = [
            e for e in reading.of.get(owner, [])
            if (e.id in reading.named or e.id in resolver.used) and e.id not in looped
        ]  # fmt: skip
        interface = (e for e in used if e.kind in ("input", "output") and (owner is None or e.kind == "output"))
        declared = (*(e for e in used if e.kind in ("object", "store", "property")), *interface)
        found[owner] = replace(data, declared=declared)
    return {owner: data for owner, data in found.items() if data != NodeData() or owner is None}


# ---- what is declared ----------------------------------------------------------------------------


def _declare(element: etree._Element, owner: str | None, around: str | None, reading: _Reading) -> None:
    """Note the data elements of an owner, then those of what stands in it."""
    reading.parts[owner], kind = element, local(element)
    if owner is not None:
        reading.around[owner] = around
    allowed, wholes = _PLACES.get(kind, frozenset()), _items(element, reading.known)
    for part in children(element, BPMN):
        name = local(part)
        if name in _DATA and name not in allowed:
            _misplaced(name, kind, owner, part, reading)
        elif name == "property" and part.get("name") == PLACEHOLDER:
            reading.hidden.add(part.get("id", ""))
        elif name in ("dataObject", "property"):
            _note(part, "object" if name == "dataObject" else "property", owner, reading)
        elif name in _INTERFACE:
            _interface_of_event(part, element, owner, wholes, reading)
        elif name == "ioSpecification":
            for inner in children(part, BPMN):
                if local(inner) in _INTERFACE:
                    _note(inner, _INTERFACE[local(inner)], owner, reading, wholes)
        elif name == "multiInstanceLoopCharacteristics":
            for inner in children(part, BPMN):
                if local(inner) in ("inputDataItem", "outputDataItem"):
                    _note(inner, "item", owner, reading)
        elif name in ELEMENT_TYPES:
            _declare(part, part.get("id", ""), owner, reading)


def _misplaced(name: str, kind: str, owner: str | None, part: etree._Element, reading: _Reading) -> None:
    reading.faults.add(
        part.get("id") or owner, "data-place", f"{name} อยู่ใน {kind} ไม่ได้", f"A {kind} has no {name}."
    )  # fmt: skip


def _interface_of_event(
    part: etree._Element, event: etree._Element, owner: str | None, wholes: set[str], reading: _Reading
) -> None:
    definitions = [local(d).removesuffix("EventDefinition") for d in _definitions(event, reading.known)]
    if not set(definitions) & set(_CARRIERS):
        reading.faults.add(
            owner, "data-event", f"เหตุการณ์นี้ไม่มีข้อมูลติดไปด้วย จึงมี {local(part)} ไม่ได้",
            f"Nothing comes or goes with this event, so it has no {local(part)}.",
        )  # fmt: skip
    _note(part, _INTERFACE[local(part)], owner, reading, wholes)


def _note(
    part: etree._Element, kind: Kind, owner: str | None, reading: _Reading, wholes: set[str] | None = None
) -> None:
    id_, name, item = part.get("id") or "", name_of(part), local_ref(part.get("itemSubjectRef"))
    collection = flag(part, "isCollection") or _is_collection(part, item, reading)
    # a data element without an id can be used by name only; its place tells it from others
    key = id_ or f"{owner or ''} {kind} {len(reading.of.get(owner, ()))}"
    called = name or reading.known.variables.get(id_, id_)
    found = DataElement(key, called, kind, owner, collection, whole=item is not None and item in (wholes or ()))
    reading.elements[key] = found
    reading.of.setdefault(owner, []).append(found)
    if name or kind in ("input", "output"):
        reading.named.add(key)


def _is_collection(part: etree._Element, item: str | None, reading: _Reading) -> bool:
    """Whether the item definition says so; what the element says itself must agree (10.4.1, 8.4.10)."""
    definition = reading.known.items.get(item or "")
    if definition is None:
        return False
    collection = flag(definition, "isCollection")
    if part.get("isCollection") is not None and flag(part, "isCollection") != collection:
        reading.faults.add(
            part.get("id"), "data-collection", f"isCollection ไม่ตรงกับ itemDefinition {item}",
            f"isCollection is not what the item definition {item} says.",
        )  # fmt: skip
    return collection


def _definitions(event: etree._Element, known: Roots) -> list[etree._Element]:
    """The event definitions of a node, its own and those it refers to."""
    own = [part for part in children(event, BPMN) if local(part).endswith("EventDefinition")]
    refs = [local_ref((part.text or "").strip()) for part in children(event, BPMN, "eventDefinitionRef")]
    return own + [known.definitions[ref] for ref in refs if ref in known.definitions]


def _items(node: etree._Element, known: Roots) -> set[str]:
    """The item definitions of what an event or a receive task carries: of its messages, signals and so on."""
    found: set[str] = set()
    for definition in [node] if local(node) == "receiveTask" else _definitions(node, known):
        for attribute, roots, item in (
            ("messageRef", known.messages, "itemRef"), ("signalRef", known.signals, "structureRef"),
            ("errorRef", known.errors, "structureRef"), ("escalationRef", known.escalations, "structureRef"),
        ):  # fmt: skip
            root = roots.get(local_ref(definition.get(attribute)) or "")
            ref = local_ref(root.get(item)) if root is not None else None
            if ref:
                found.add(ref)
    return found


# ---- what refers to it ---------------------------------------------------------------------------


def _refer(element: etree._Element, owner: str | None, reading: _Reading) -> None:
    """References of a scope: each is the data object itself, or the data store as a variable of the process."""
    for part in children(element, BPMN, "dataObjectReference"):
        target = reading.elements.get(local_ref(part.get("dataObjectRef")) or "")
        if target is None or target.kind != "object":
            reading.hollow.add(part.get("id", ""))
            continue
        reading.elements[part.get("id", "")] = target
        if target.owner is not None and target.owner not in scopes_of(owner, reading.around):
            reading.faults.add(
                part.get("id"), "data-object-scope", f"ข้อมูล {target.name} อยู่ในกระบวนงานย่อยอื่น",
                f"The data object {target.name} belongs to another sub-process.",
            )  # fmt: skip
    for part in children(element, BPMN, "dataStoreReference"):
        store = reading.known.stores.get(local_ref(part.get("dataStoreRef")) or "")
        holder = part if store is None else store
        id_, name = holder.get("id") or "", name_of(holder)
        found = DataElement(id_, name or id_, "store", None, _is_collection(holder, _item(holder), reading))
        reading.elements[part.get("id", "")] = reading.elements[id_] = found
        if store is not None and name:
            reading.named.add(id_)


def _item(holder: etree._Element) -> str | None:
    return local_ref(holder.get("itemSubjectRef"))


def _fold_stores(reading: _Reading) -> None:
    """A store is one variable of the process, however often it is referred to (10.4.1)."""
    stores = {e.id: e for e in reading.elements.values() if e.kind == "store"}
    reading.of.setdefault(None, []).extend(stores.values())


# ---- what moves ----------------------------------------------------------------------------------


def _node_data(element: etree._Element, owner: str | None, resolver: Resolver, reading: _Reading) -> NodeData:
    box = child(element, BPMN, "ioSpecification")
    mine = [e for e in reading.of.get(owner, []) if e.kind in ("input", "output")]
    inputs = tuple(e for e in mine if e.kind == "input")
    outputs = tuple(e for e in mine if e.kind == "output")
    input_sets: tuple[DataSet, ...] = ()
    output_sets: tuple[DataSet, ...] = ()
    if box is not None:
        input_sets = sets_of(box, "Input", inputs, owner, reading.faults)
        output_sets = sets_of(box, "Output", outputs, owner, reading.faults)
        input_sets = answered(box, input_sets, output_sets, owner, reading.faults)
    fills = resolver.associations(element, owner, "dataInputAssociation")
    gives = resolver.associations(element, owner, "dataOutputAssociation")
    looped = looped_by(element)
    for ref in looped & reading.elements.keys():
        if not reading.elements[ref].collection:
            reading.faults.add(
                owner, "loop-data-collection", f"งานแบบหลายรายการใช้ {ref} ซึ่งไม่ใช่รายการ (isCollection)",
                f"A multi-instance activity goes through {ref}, which is no collection (isCollection).",
            )  # fmt: skip
    return NodeData(
        inputs=tuple(e for e in inputs if e.id not in looped),
        outputs=tuple(e for e in outputs if e.id not in looped),
        input_sets=tuple(without(s, looped) for s in input_sets),
        output_sets=tuple(without(s, looped) for s in output_sets),
        fills=tuple(a for a in fills if a.target.id not in looped),
        gives=tuple(a for a in gives if not looped & {s.id for s in a.sources}),
    )
