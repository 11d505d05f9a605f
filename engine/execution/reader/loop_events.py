"""When the instances of a multi-instance activity throw events (BPMN 2.0.2, section 10.3.8, `behavior`).

All: none is thrown. None: each instance that completes throws noneBehaviorEventRef. One: the first that completes
throws oneBehaviorEventRef. Complex: each complexBehaviorDefinition whose condition holds, when an instance has
completed, throws its event.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from engine.execution.reader.events import Roots, read_event, read_thrown
from engine.execution.reader.faults import FaultList
from engine.execution.reader.names import BPMN, ZEEBE, body, child, children, extensions, local, local_ref
from engine.execution.reader.unsupported import refuse
from engine.model.diagram import Event, LoopThrow

_PARTS = {
    "complexBehaviorDefinition": {"documentation", "extensionElements", "condition", "event"},
    "event": {"documentation", "extensionElements", "eventDefinitionRef", "auditing", "monitoring", "categoryValueRef"},
}
_REFS = {"None": "noneBehaviorEventRef", "One": "oneBehaviorEventRef"}


def read_throws(loop: etree._Element, node_id: str, known: Roots, faults: FaultList) -> tuple[LoopThrow, ...]:
    """What the instances throw. What the file says beside its behavior would never be thrown: a fault."""
    behavior = (loop.get("behavior") or "All").strip()
    wanted = {"All": set(), "Complex": {"complexBehaviorDefinition"}} | {b: {ref} for b, ref in _REFS.items()}
    said = {ref for ref in _REFS.values() if loop.get(ref)}
    said |= {"complexBehaviorDefinition" for _ in children(loop, BPMN, "complexBehaviorDefinition")}
    if behavior not in wanted or said != wanted[behavior]:
        needs = ", ".join(wanted.get(behavior, ())) or "-"
        faults.add(
            node_id, "loop-behavior", f'behavior="{behavior}" ไม่ตรงกับเหตุการณ์ที่ระบุไว้ (ต้องมี: {needs})',
            f'behavior="{behavior}" does not fit the events that are named (it needs: {needs}).',
        )  # fmt: skip
        return ()
    if behavior == "Complex":
        return tuple(_complex(loop, node_id, known, faults))
    if behavior == "All":
        return ()
    event = _by_reference(loop.get(_REFS[behavior], ""), node_id, known, faults)
    return () if event is None else (LoopThrow(None, behavior == "One", event),)


def _by_reference(ref: str, node_id: str, known: Roots, faults: FaultList) -> Event | None:
    definition = known.definitions.get(local_ref(ref) or "")
    if definition is None:
        faults.add(
            node_id, "loop-behavior-event", f"ไม่พบนิยามเหตุการณ์ {ref} ที่ระดับไฟล์",
            f"There is no event definition {ref} among the root elements of the file.",
        )  # fmt: skip
        return None
    return read_thrown(definition, node_id, known, faults)


def _check_parts(definition: etree._Element, node_id: str, faults: FaultList) -> None:
    """An implicit throw event says what it throws and nothing else: no data, no mappings, no work for others."""
    for owner in (definition, *children(definition, BPMN, "event")):
        for part in children(owner, BPMN):
            if local(part) not in _PARTS[local(owner)] and not local(part).endswith("EventDefinition"):
                refuse(node_id, f"{local(part)} ({local(owner)})", faults)
        for item in extensions(owner, ZEEBE):
            refuse(node_id, f"zeebe:{local(item)} ({local(owner)})", faults)


def _complex(loop: etree._Element, node_id: str, known: Roots, faults: FaultList) -> Iterator[LoopThrow]:
    for definition in children(loop, BPMN, "complexBehaviorDefinition"):
        _check_parts(definition, node_id, faults)
        condition = faults.feel(node_id, body(child(definition, BPMN, "condition")), "complexBehaviorDefinition")
        event = child(definition, BPMN, "event")
        if condition is None or event is None:
            faults.add(
                node_id, "loop-behavior-complex", "complexBehaviorDefinition ต้องมีเงื่อนไข (condition) และเหตุการณ์ (event)",
                "A complexBehaviorDefinition has a condition and an event.",
            )  # fmt: skip
            continue
        thrown = read_event(event, node_id, known, faults, False)
        if thrown is not None:
            yield LoopThrow(condition, False, thrown)
