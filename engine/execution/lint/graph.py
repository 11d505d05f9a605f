"""Where tokens can and cannot get to: nodes in no path from a start, joins that wait for ever."""

from __future__ import annotations

from collections.abc import Iterable

from engine.execution.reader.faults import FaultList
from engine.execution.waits import events_of
from engine.model.diagram import Node, Process

_SPLITTING = {"parallelGateway", "inclusiveGateway", "complexGateway"}


def check_graph(process: Process, faults: FaultList) -> None:
    """Search each scope from where it begins."""
    for scope in {node.scope: None for node in process.nodes.values()}:
        inside = [n for n in process.nodes.values() if n.scope == scope]
        ad_hoc = scope is not None and process.nodes[scope].type == "adHocSubProcess"  # where anything begins at will
        reached = _closure((n for n in inside if _begins(n)), process, inside)
        for node in inside:
            if node.incoming and node.id not in reached:
                faults.add(
                    node.id, "unreachable-cycle", "ไม่มีเส้นทางจากจุดเริ่มต้นมาถึงองค์ประกอบนี้",
                    "No path from a start leads to this element.",
                )  # fmt: skip
            if node.type == "parallelGateway" and len(node.incoming) > 1 and not ad_hoc:
                _check_join(node, process, inside, faults)


def _begins(node: Node) -> bool:
    return not node.incoming and node.attached_to is None


def _closure(begin: Iterable[Node], process: Process, inside: list[Node]) -> set[str]:
    """Every node that a token can reach; a boundary event where its activity is, a link where it is thrown."""
    found: set[str] = set()
    todo = [n.id for n in begin]
    while todo:
        at = todo.pop()
        if at in found or at not in process.nodes:
            continue
        found.add(at)
        node = process.nodes[at]
        todo += [process.flows[f].target for f in node.outgoing]
        todo += [b.id for b in process.boundaries(at)]
        if node.event is not None and node.event.kind == "link":
            todo += [n.id for n in inside if _linked(node, n)]
    return found


def _before(join: Node, process: Process, inside: list[Node]) -> list[Node]:
    """Every node from which a token can reach the join."""
    found: dict[str, Node] = {}
    todo = [process.flows[f].source for f in join.incoming]
    while todo:
        at = todo.pop()
        if at in found or at not in process.nodes:
            continue
        node = found[at] = process.nodes[at]
        todo += [process.flows[f].source for f in node.incoming]
        if node.attached_to is not None:
            todo.append(node.attached_to)
        if node.event is not None and node.event.kind == "link":
            todo += [n.id for n in inside if _linked(n, node)]
    return list(found.values())


def _linked(source: Node, target: Node) -> bool:
    a, b = source.event, target.event
    if a is None or b is None or a.kind != "link" or b.kind != "link" or a.name != b.name:
        return False
    return source.type == "intermediateThrowEvent" and target.type == "intermediateCatchEvent"


def _check_join(join: Node, process: Process, inside: list[Node], faults: FaultList) -> None:
    """A parallel join needs a token on each flow: one token that nothing before it splits is never enough."""
    before = _before(join, process, inside)
    begins = [n for n in before if _begins(n)]
    alone = len(begins) == 1 or all(n.type == "startEvent" for n in begins)
    if alone and not any(_splits(n) for n in before):
        faults.add(
            join.id, "join-never", "จุดรวมแบบขนานนี้ไม่มีวันครบ เพราะไม่มีการแยกงานแบบขนานก่อนหน้า",
            "This parallel join can never complete: nothing before it makes more than one token.",
        )  # fmt: skip


def _splits(node: Node) -> bool:
    if node.type == "boundaryEvent":
        return not node.interrupting or any(e.kind == "compensation" for e in events_of(node)) or len(node.outgoing) > 1
    one_of = node.type == "exclusiveGateway" or (node.type == "eventBasedGateway" and not node.parallel)
    several = len(node.outgoing) > 1 and not one_of
    return several or (node.type in _SPLITTING and len(node.outgoing) > 1) or node.completion_quantity != 1
