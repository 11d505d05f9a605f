"""What may come after a task, read off the deployed diagram: the next steps that wait for people or events, with what
has to hold on the way there. Nothing is evaluated: the data that decide are not all there yet."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection

from engine.model.actor import Actor
from engine.model.diagram import Node, Process
from engine.queries.tasks import get_task

MOST_STEPS = 50
# what a case runs through by itself; everything else keeps it waiting, or ends it
_PASSED = frozenset(
    {"exclusiveGateway", "inclusiveGateway", "parallelGateway", "complexGateway", "eventBasedGateway",
     "intermediateThrowEvent", "startEvent", "scriptTask", "businessRuleTask", "serviceTask", "sendTask"}
)  # fmt: skip
_ENTERED = frozenset({"subProcess", "transaction"})
_CHOOSES = frozenset({"exclusiveGateway", "inclusiveGateway", "complexGateway"})
_ENDS_ALL = frozenset({"terminate", "error", "cancel"})

Ways = tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """A node on the way, and what was decided until there. `aside`: the case goes on beside it, as after a reminder."""

    node: Node
    ways: Ways
    aside: bool = False


def get_course(
    db: Connection, actor: Actor, diagram: Callable[[Connection, int], Process], key: int
) -> dict[str, Any]:
    """{next: [{elementId, elementType, name, conditions, stepNumber, standardTime, calendar, candidateGroups, assignee,
    decidedLater}]}, the nearest first, each element once. Raises NotFound."""
    task = get_task(db, actor, key)
    process = diagram(db, int(task["processDefinitionKey"]))
    found: dict[str, dict[str, Any]] = {}
    for place in _following(process, process.nodes[task["elementId"]]):
        found.setdefault(place.node.id, _step(process, place))
        if len(found) == MOST_STEPS:
            break
    return {"next": list(found.values())}


def _following(process: Process, node: Node) -> Iterator[_Place]:
    """The places at which a case next waits, or ends, after this node: first by its flows, then by what may happen
    instead; breadth first, no way twice."""
    seen: set[str] = set()
    yield from _walk(process, _after(process, _Place(node, ())), seen)
    yield from _walk(process, _instead(process, node), seen)


def _walk(process: Process, begin: Iterator[_Place], seen: set[str]) -> Iterator[_Place]:
    waiting = deque(begin)
    while waiting:
        place = waiting.popleft()
        node = place.node
        if node.id in seen:
            continue
        seen.add(node.id)
        if node.type in _ENTERED and node.ad_hoc is None:
            waiting.extend(replace(place, node=start) for start in process.starts(node.id))
        elif node.type in _PASSED or _leaves_scope(process, node) or _jumps(node):
            waiting.extend(_after(process, place))
        elif not (place.aside and node.type == "endEvent"):
            yield place


def _after(process: Process, place: _Place) -> Iterator[_Place]:
    """Where the flows out of a node lead; the end of a sub-process leads on from it."""
    node = place.node
    if node.type == "endEvent":
        if node.scope is not None:
            yield from _after(process, replace(place, node=process.nodes[node.scope]))
        return
    if _jumps(node):
        yield from (replace(place, node=caught) for caught in _caught(process, node))
        return
    for flow_id in node.outgoing:
        flow = process.flows[flow_id]
        way = _way(node, flow.name, flow_id == node.default) if _decides(node, flow.condition) else None
        ways = place.ways if way is None else (*place.ways, way)
        yield replace(place, node=process.nodes[flow.target], ways=ways)


def _instead(process: Process, node: Node) -> Iterator[_Place]:
    """Where events lead that may happen while the task waits: those at it, and at what is around it."""
    around: str | None = node.id
    while around is not None:
        for boundary in process.boundaries(around):
            if boundary.handler is None:
                ways = ({"question": _words(boundary), "answer": None, "otherwise": False},)
                yield from _after(process, _Place(boundary, ways, aside=not boundary.interrupting))
        around = process.nodes[around].scope


def _decides(node: Node, condition: str | None) -> bool:
    return condition is not None or (node.type in _CHOOSES and len(node.outgoing) > 1)


def _way(node: Node, answer: str, otherwise: bool) -> dict[str, Any]:
    question = _words(node) if node.type in _CHOOSES else None
    return {"question": question, "answer": answer or None, "otherwise": otherwise}


def _leaves_scope(process: Process, node: Node) -> bool:
    """Whether it ends a sub-process and nothing more."""
    kind = "none" if node.event is None else node.event.kind
    return node.type == "endEvent" and node.scope is not None and kind not in _ENDS_ALL


def _jumps(node: Node) -> bool:
    return node.type == "intermediateThrowEvent" and node.event is not None and node.event.kind == "link"


def _caught(process: Process, thrown: Node) -> Iterator[Node]:
    assert thrown.event is not None
    for node in process.inside(thrown.scope):
        caught = node.type == "intermediateCatchEvent" and node.event is not None and node.event.kind == "link"
        if caught and node.event is not None and node.event.name == thrown.event.name:
            for flow in node.outgoing:
                yield process.nodes[process.flows[flow].target]


def _step(process: Process, place: _Place) -> dict[str, Any]:
    node, step = place.node, process.step_of(place.node)
    human = node.human
    named = human.named_groups if human is not None else ()
    assignee = human.assignee if human is not None else None
    users = human.candidate_users if human is not None else None
    later = any(text.startswith("=") for text in (*named, assignee or "", users or ""))
    return {
        "elementId": node.id,
        "elementType": node.element_type,
        "name": _words(node),
        "conditions": list(place.ways),
        "stepNumber": None if step is None else step.number,
        "standardTime": None if step is None else step.standard_time,
        "calendar": None if step is None else step.calendar,
        "candidateGroups": [group for group in named if not group.startswith("=")],
        "assignee": None if assignee is None or assignee.startswith("=") else assignee,
        "decidedLater": later,
    }


def _words(node: Node) -> dict[str, str | None] | None:
    return {"th": node.name or None, "en": node.name_en or None} if node.name or node.name_en else None
