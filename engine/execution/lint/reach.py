"""Where tokens can get to inside one scope. Everything here costs one walk over the scope, however many ask."""

from __future__ import annotations

from collections.abc import Iterable

from engine.execution.waits import events_of
from engine.model.diagram import Node, Process

_SPLITTING = {"parallelGateway", "inclusiveGateway", "complexGateway"}
_MOST_ORIGINS = 2  # one beginning, or several


class Scope:
    """The flow nodes of one scope and the ways between them: flows, links, an activity to the events on its border."""

    def __init__(self, process: Process, nodes: Iterable[Node]) -> None:
        self.nodes = list(nodes)
        self.begins = [n for n in self.nodes if not n.incoming and n.attached_to is None]
        self._process = process
        self._catches: dict[str | None, list[str]] = {}
        for node in self.nodes:
            if node.type == "intermediateCatchEvent" and node.event is not None and node.event.kind == "link":
                self._catches.setdefault(node.event.name, []).append(node.id)

    def next(self, node: Node) -> list[str]:
        """The ids of the nodes that a token can come to from a node, in one step."""
        found = [self._process.flows[f].target for f in node.outgoing]
        found += [b.id for b in self._process.boundaries(node.id)]
        if node.type == "intermediateThrowEvent" and node.event is not None and node.event.kind == "link":
            found += self._catches.get(node.event.name, [])
        return found

    def reached(self, begin: Iterable[str]) -> set[str]:
        """Every node that a token can reach from these, which are among them."""
        found: set[str] = set()
        todo = list(begin)
        while todo:
            at = todo.pop()
            if at not in found and at in self._process.nodes:
                found.add(at)
                todo += self.next(self._process.nodes[at])
        return found

    def behind_splits(self) -> set[str]:
        """The nodes that more than one token may reach, because something before them made several of one."""
        return self.reached(after for node in self.nodes if splits(node) for after in self.next(node))

    def behind_several(self) -> set[str]:
        """The nodes that more than one beginning leads to."""
        found: dict[str, set[str]] = {}
        todo = [(node.id, node.id) for node in self.begins]
        while todo:
            at, origin = todo.pop()
            origins = found.setdefault(at, set())
            if origin not in origins and len(origins) < _MOST_ORIGINS and at in self._process.nodes:
                origins.add(origin)
                todo += [(after, origin) for after in self.next(self._process.nodes[at])]
        return {at for at, origins in found.items() if len(origins) == _MOST_ORIGINS}


def scopes(process: Process) -> dict[str | None, Scope]:
    """Every scope of a process that has nodes; None is the process itself."""
    found = {node.scope: None for node in process.nodes.values()}
    return {scope: Scope(process, process.inside(scope)) for scope in found}


def splits(node: Node) -> bool:
    """Whether a node may make several tokens of one."""
    if node.type == "boundaryEvent":
        return not node.interrupting or any(e.kind == "compensation" for e in events_of(node)) or len(node.outgoing) > 1
    one_of = node.type == "exclusiveGateway" or (node.type == "eventBasedGateway" and not node.parallel)
    several = len(node.outgoing) > 1 and not one_of
    return several or (node.type in _SPLITTING and len(node.outgoing) > 1) or node.completion_quantity != 1
