"""Columns: every node stands right of the nodes that lead to it, except along the flows that lead back.

A node in another lane may also stand straight below or above the one node that leads to it: work that goes from hand to
hand then makes a drawing of readable width instead of an endless strip.
"""

from __future__ import annotations

from engine.layout.model import Flow, Level


def rank(level: Level) -> None:
    """Set `column` of every proper node and `back` of every flow. The order of flows in the file decides ties."""
    outgoing: dict[str, list[Flow]] = {n.id: [] for n in level.proper()}
    incoming: dict[str, list[Flow]] = {n.id: [] for n in level.proper()}
    for flow in level.flows:
        outgoing[level.anchor(flow.source).id].append(flow)
        incoming[level.anchor(flow.target).id].append(flow)
    order = _mark_back_flows(level, outgoing, incoming)
    rework = {i for i, flows in outgoing.items() if flows and all(f.back for f in flows)}
    columns: dict[str, int] = {}
    shafts = _Shafts(level, columns)
    for node_id in order:
        flows = [f for f in incoming[node_id] if not f.back]
        before = [columns[level.anchor(f.source).id] + 1 for f in flows]
        column = (min(before) if node_id in rework else max(before)) if before else 0
        if len(flows) == 1 and shafts.sink(flows[0]):
            column -= 1
        else:
            while (column, level.nodes[node_id].lane) in shafts.taken:
                column += 1
        columns[node_id] = column
    for node_id in rework:
        for flow in incoming[node_id]:
            if columns[level.anchor(flow.source).id] >= columns[node_id]:
                flow.back = True
    _pull_sources(level, columns, outgoing, incoming)
    _make_room_below(level, columns, incoming)
    first = min(columns.values(), default=0)
    for node in level.proper():
        node.column = columns[node.id] - first


def _make_room_below(level: Level, columns: dict[str, int], incoming: dict[str, list[Flow]]) -> None:
    """What only the boundary events of a sub-process lead to gets columns of its own, and so finds room below it."""
    for host in sorted((n for n in level.proper() if n.inner), key=lambda n: columns[n.id]):
        events = {e.id for e in level.boundary(host.id)}
        hanging: set[str] = set()
        for node_id in sorted(columns, key=lambda i: columns[i]):
            flows = [f for f in incoming[node_id] if not f.back]
            if flows and all(f.source in events or level.anchor(f.source).id in hanging for f in flows):
                hanging.add(node_id)
        depth = max((columns[i] for i in hanging), default=columns[host.id]) - columns[host.id]
        for node_id in columns:
            if columns[node_id] > columns[host.id] and node_id not in hanging:
                columns[node_id] += depth


class _Shafts:
    """Upright flows between lanes within one column, and the cells that must stay free for them."""

    def __init__(self, level: Level, columns: dict[str, int]) -> None:
        self.level = level
        self.columns = columns
        self.taken: set[tuple[int, int]] = set()
        self.used: set[tuple[str, int]] = set()

    def sink(self, flow: Flow) -> bool:
        """Reserve a shaft for the flow if one is free: its target then stands in the column of its source."""
        source, target = self.level.nodes[flow.source], self.level.nodes[flow.target]
        if source.host is not None or source.lane == target.lane or target.event_sub:
            return False
        column, side = self.columns[source.id], 1 if target.lane > source.lane else -1
        lanes = range(source.lane + side, target.lane + side, side)
        filled = {self.level.nodes[i].lane for i, c in self.columns.items() if c == column}
        if (source.id, side) in self.used or any(k in filled or (column, k) in self.taken for k in lanes):
            return False
        self.used |= {(source.id, side), (target.id, -side)}
        self.taken |= {(column, k) for k in lanes}
        return True


def _mark_back_flows(level: Level, outgoing: dict[str, list[Flow]], incoming: dict[str, list[Flow]]) -> list[str]:
    """Depth-first from the starts; a flow to a node still being explored leads back. Returns a topological order."""
    for flow in level.flows:
        flow.back = False
    nodes = level.proper()
    roots = [n.id for n in nodes if n.kind == "startEvent"]
    roots += [n.id for n in nodes if not incoming[n.id]] + [n.id for n in nodes]
    open_nodes: set[str] = set()
    finished: list[str] = []
    seen: set[str] = set()
    for root in roots:
        if root in seen:
            continue
        seen.add(root)
        open_nodes.add(root)
        stack = [(root, iter(outgoing[root]))]
        while stack:
            node_id, flows = stack[-1]
            for flow in flows:
                target = level.anchor(flow.target).id
                if target in open_nodes:
                    flow.back = True
                elif target not in seen:
                    seen.add(target)
                    open_nodes.add(target)
                    stack.append((target, iter(outgoing[target])))
                    break
            else:
                stack.pop()
                open_nodes.discard(node_id)
                finished.append(node_id)
    return finished[::-1]


def _pull_sources(
    level: Level, columns: dict[str, int], outgoing: dict[str, list[Flow]], incoming: dict[str, list[Flow]]
) -> None:
    """A second start (a timer start, a message that joins later) stands right before what it leads to."""
    for node in level.proper():
        ahead = [columns[level.anchor(f.target).id] for f in outgoing[node.id] if not f.back]
        if not incoming[node.id] and ahead and min(ahead) - 1 > columns[node.id]:
            columns[node.id] = min(ahead) - 1
