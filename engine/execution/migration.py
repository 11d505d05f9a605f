"""Carry a running case over to another version of its process, element by element.

Every active element is mapped to one of the same kind in the same scope; nothing begins or ends by
it. A timer, message or signal that is waited for goes on if the target has the same event (mapped,
or of the same id); what the target lacks is closed, what only the target has is opened.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from SpiffWorkflow.task import Task

from engine.execution import waits
from engine.execution.case import Case
from engine.execution.compensation import kept_in
from engine.execution.data import declare
from engine.execution.failures import ElementFailure, NotPossible
from engine.execution.specs.activities import ActivitySpec
from engine.execution.specs.build import INNER, ROOT, Definition
from engine.execution.specs.loops import BodySpec
from engine.model.diagram import MultiInstance, Node, Process
from engine.model.faults import Fault

_UNMAPPED = "องค์ประกอบนี้กำลังทำงานแต่ไม่มีคู่ในแผนการย้าย", "it is active and not mapped"
_UNKNOWN = "ไม่มีองค์ประกอบนี้ในแผนภาพ", "there is no such element in the diagram"
_KIND = "คู่ที่กำหนดเป็นองค์ประกอบคนละชนิด", "it is mapped to an element of another kind"
_SCOPE = "คู่ที่กำหนดอยู่คนละขอบเขต", "it is mapped to an element in another scope"
_FLOW = "โทเคนรออยู่ที่เส้นทางซึ่งไม่มีในฉบับปลายทาง", "a token waits at a flow that the target does not have"
_HELD = "เรื่องจำองค์ประกอบนี้ไว้ แต่ฉบับปลายทางไม่มี", "the case remembers this element and the target does not have it"
_WAIT = "ตั้งการรอในฉบับปลายทางไม่ได้", "what the target waits for cannot be evaluated"


@dataclass(frozen=True, slots=True)
class Carried:
    """One element instance after the migration: its key and its node; `waits` are its open waits."""

    key: int
    node: Node
    waits: tuple[tuple[int, str], ...]  # (key, element id)


def migrate(case: Case, target: Definition, mapping: Mapping[str, str]) -> list[Carried]:
    """Carry the case over. Raises NotPossible with every reason; then the case must not be used any more."""
    faults = objections(case, target.process, mapping)
    if faults:
        raise NotPossible(faults)
    old = case.process
    before = {task.id: _expected(task, old) for task in case.tasks.values()}
    case.definition, case.process, case.spec = target, target.process, target.spec
    for task in case.tasks.values():
        name = task.task_spec.name
        if name != ROOT:
            new = mapping[task.task_spec.node.id]
            name = new + INNER if name.endswith(INNER) else new
        task.task_spec = target.spec.task_specs[name]
        _rename(task.internal_data, mapping)
    for task in case.tasks.values():
        if "begun" in task.internal_data and task.task_spec.declares:
            declare(case, task)  # the data elements that only the target has
    for task in list(case.tasks.values()):
        try:
            _replan(case, task, before[task.id], mapping)
        except ElementFailure as failure:
            faults.append(_fault(task.task_spec.node.id, "wait", _WAIT, failure.message))
    if faults:
        raise NotPossible(faults)
    return [
        Carried(t.id, t.task_spec.node, tuple((w["key"], w["element"]) for w in waits.of(t)))
        for t in case.tasks.values()
    ]


def _fault(element_id: str | None, rule: str, words: tuple[str, str], detail: str = "") -> Fault:
    more = f": {detail}" if detail else ""
    return Fault("", element_id, rule, words[0] + more, words[1] + more)


# ---- what speaks against it ----------------------------------------------------------------------


def objections(case: Case, target: Process, mapping: Mapping[str, str]) -> list[Fault]:
    """Every reason against carrying the case over that shows before it is tried."""
    old = case.process
    found = [*plan_faults(old, target, mapping)]
    known = {s: t for s, t in mapping.items() if s in old.nodes and t in target.nodes}
    active = {t.task_spec.node.id for t in case.tasks.values() if t.parent is not None}
    found += [_fault(i, "unmapped", _UNMAPPED) for i in sorted(active - mapping.keys())]
    for source, aim in known.items():
        scope = old.nodes[source].scope
        if source in active and target.nodes[aim].scope != (mapping.get(scope) if scope is not None else None):
            found.append(_fault(source, "scope", _SCOPE, aim))
    for task in case.tasks.values():
        if task.task_spec.node.id in known:
            found += _held(task, target, known)
    return found


def plan_faults(old: Process, target: Process, mapping: Mapping[str, str]) -> list[Fault]:
    """What is wrong with a plan for whichever case."""
    found = [_fault(i, "unknown-source", _UNKNOWN) for i in mapping if i not in old.nodes]
    found += [_fault(i, "unknown-target", _UNKNOWN) for i in mapping.values() if i not in target.nodes]
    for source, aim in mapping.items():
        if source in old.nodes and aim in target.nodes and not same_kind(old.nodes[source], target.nodes[aim]):
            found.append(_fault(source, "kind", _KIND, aim))
    return found


def same_kind(source: Node, target: Node) -> bool:
    """Whether a token at the one can stand at the other: same type, events and loop, done in the same way."""
    return _kind(source) == _kind(target)


def _kind(node: Node) -> tuple[Any, ...]:
    events = tuple((e.kind, e.timer) for e in waits.events_of(node))
    loop = (type(node.loop), isinstance(node.loop, MultiInstance) and node.loop.sequential)
    native = node.human is not None and node.human.native
    own = (native, node.script is None, node.called is None, node.triggered, node.transaction)
    return node.type, events, loop, own


def _held(task: Task, target: Process, mapping: Mapping[str, str]) -> list[Fault]:
    """What a token keeps of the old diagram must be found in the new one."""
    data, node = task.internal_data, target.nodes[mapping[task.task_spec.node.id]]
    found: list[Fault] = []
    if "begun" not in data and "flow" in data and data["flow"] not in node.incoming:
        found.append(_fault(task.task_spec.node.id, "flow", _FLOW, data["flow"]))
    found += [_fault(node.id, "flow", _FLOW, f) for f in data.get("resetting", ()) if f not in node.incoming]
    held = [*data.get("queue", ()), *_compensable(kept_in(data))]
    found += [_fault(i, "remembered", _HELD) for i in held if mapping.get(i, i) not in target.nodes]
    return found


def _compensable(entries: Any) -> list[str]:
    found: list[str] = []
    for entry in entries:
        found += [entry[name] for name in ("activity", "handler", "esp", "start") if name in entry]
        found += _compensable(kept_in(entry))
    return found


# ---- carrying over -------------------------------------------------------------------------------


def _rename(data: dict[str, Any], mapping: Mapping[str, str]) -> None:
    """Element ids in what a token keeps."""
    for name in ("trigger", "came", "activity", "handler", "esp", "start"):
        if isinstance(data.get(name), str):
            data[name] = mapping.get(data[name], data[name])
    if "queue" in data:
        data["queue"] = [mapping.get(i, i) for i in data["queue"]]
    for entry in kept_in(data):
        _rename(entry, mapping)


def _expected(task: Task, process: Process) -> dict[str, Node]:
    """The nodes whose events an element instance waits for, by id."""
    spec, node = task.task_spec, task.task_spec.node
    found: list[Node] = []
    if isinstance(spec, (ActivitySpec, BodySpec)) and "loop_index" not in task.internal_data:
        found += process.boundaries(node.id)
    if not isinstance(spec, BodySpec):
        found += [start for _, start in process.event_sub_processes(None if task.parent is None else node.id)]
        if node.type in ("receiveTask", "intermediateCatchEvent"):
            found.append(node)
        if node.type == "eventBasedGateway":
            found += [process.nodes[process.flows[f].target] for f in node.outgoing]
    return {n.id: n for n in found}


def _replan(case: Case, task: Task, before: Mapping[str, Node], mapping: Mapping[str, str]) -> None:
    """Keep, close and open what an element instance waits for."""
    if "begun" not in task.internal_data or ("incident" in task.internal_data and not waits.of(task)):
        return  # it opens its waits when it begins, or tries again
    if task.internal_data.keys() & {"listening", "doomed", "leaving"}:
        return  # it has not opened them yet, or has closed them
    now = _expected(task, case.process)
    kept = {
        source: mapping.get(source, source) for source, node in before.items()
        if (aim := now.get(mapping.get(source, source))) is not None and _kind(aim) == _kind(node)
    }  # fmt: skip
    waits.close(task, case, lambda w: w["element"] not in kept)
    for wait in waits.of(task):
        waits.carry_over(wait, case.process.nodes[kept[wait["element"]]])
    if not any(child.task_spec.node.triggered for child in task.children):
        waits.open_more(task, case, [n for i, n in now.items() if i not in kept.values()])


__all__ = ["Carried", "migrate", "objections", "plan_faults", "same_kind"]
