"""Rows: within its lane every node gets a row, so that the main path is straight and few flows bend or cross.

A greedy start is improved by moving nodes, or chains of nodes, as long as the estimated effort for the eye goes down.
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.layout.model import Flow, Level, Node

BLOCKED = 4.0  # a straight flow would run through a node
DETOUR = 2.0  # neither of the two simple ways is free
BEND = 1.0
STEP = 0.5  # per row that a flow goes up or down
CROSS = 2.5
ROW = 1.6  # per row that a lane has more than one
DOWN = 0.05  # rows are filled from the top
PASSES = 12
LEAST_TRIES, PATIENCE = 300, 10_000_000  # tries per level: fewer when there are many flows, each try then takes longer


@dataclass(slots=True)
class _Wire:
    flow: Flow
    a: Node
    b: Node
    weight: float
    border: bool  # leaves from a boundary event


def assign(level: Level) -> None:
    """Set `row` of every proper node (event sub-processes are placed elsewhere) and close up empty rows."""
    nodes = sorted((n for n in level.proper() if not n.event_sub), key=lambda n: n.column)
    wires = _wires(level)
    _greedy(level, nodes, wires)
    groups = [[n] for n in nodes] + [c for c in _chains(nodes, wires) if len(c) > 1]
    best = _cost(nodes, wires)
    tries = max(LEAST_TRIES, PATIENCE // (len(wires) ** 2 + 1))
    for _ in range(PASSES):
        before = best
        for group in groups:
            if tries > 0:
                best, used = _improve(group, nodes, wires, best)
                tries -= used
        if best >= before:
            break
    _close_up(nodes)


def _wires(level: Level) -> list[_Wire]:
    outgoing: dict[str, int] = {}
    incoming: dict[str, int] = {}
    for flow in level.flows:
        if not flow.back:
            outgoing[flow.source] = outgoing.get(flow.source, 0) + 1
            incoming[flow.target] = incoming.get(flow.target, 0) + 1
    wires: list[_Wire] = []
    first: set[str] = set()
    for flow in level.flows:
        a, b = level.anchor(flow.source), level.anchor(flow.target)
        if a.event_sub or b.event_sub or a is b:
            continue
        single = outgoing.get(flow.source) == 1 and incoming.get(flow.target) == 1
        weight = 1.5 if single else 1.2 if flow.source not in first and not flow.back else 1.0
        if not flow.back:
            first.add(flow.source)
        wires.append(_Wire(flow, a, b, weight, flow.source != a.id))
    return wires


def _greedy(level: Level, nodes: list[Node], wires: list[_Wire]) -> None:
    """Each node on the row of the first node before it in its lane, or on the next free row below."""
    taken: set[tuple[int, int, int]] = set()
    placed: set[str] = set()
    for node in nodes:
        wish = 0
        for wire in wires:
            if wire.b is node and wire.a.id in placed and wire.a.lane == node.lane and not wire.flow.back:
                wish = wire.a.row + (1 if wire.border else 0)
                break
        while (node.lane, wish, node.column) in taken:
            wish += 1
        node.row = wish
        taken.add((node.lane, wish, node.column))
        placed.add(node.id)


def _chains(nodes: list[Node], wires: list[_Wire]) -> list[list[Node]]:
    """Runs of nodes of one lane that follow each other with nothing joining or leaving: they move together."""
    after: dict[str, list[Node]] = {n.id: [] for n in nodes}
    before: dict[str, list[Node]] = {n.id: [] for n in nodes}
    for wire in wires:
        if not wire.flow.back:
            after[wire.a.id].append(wire.b)
            before[wire.b.id].append(wire.a)
    chains: list[list[Node]] = []
    done: set[str] = set()
    for node in nodes:
        if node.id in done:
            continue
        chain = [node]
        done.add(node.id)
        while len(after[chain[-1].id]) == 1:
            follower = after[chain[-1].id][0]
            if follower.lane != node.lane or len(before[follower.id]) != 1 or follower.id in done:
                break
            chain.append(follower)
            done.add(follower.id)
        chains.append(chain)
    return chains


def _improve(group: list[Node], nodes: list[Node], wires: list[_Wire], best: float) -> tuple[float, int]:
    """Try every row for the group (also a new one in between); keep the best. Returns its cost and the tries made."""
    lane = group[0].lane
    last = max(n.row for n in nodes if n.lane == lane)
    start = [n.row for n in nodes]
    keep: list[int] | None = None
    tries = 0
    for row in range(-1, last + 2):
        for insert in (False, True):
            if insert and not 0 <= row <= last:
                continue
            _move(group, nodes, row, insert)
            cost = _cost(nodes, wires)
            tries += 1
            if cost < best - 1e-9:
                best, keep = cost, [n.row for n in nodes]
            _restore(nodes, start)
    if keep:
        _restore(nodes, keep)
    return best, tries


def _move(group: list[Node], nodes: list[Node], row: int, insert: bool) -> None:
    """Put the group on `row` of its lane: into a row made new (`insert`), else swapping with who is there."""
    lane, members = group[0].lane, {n.id for n in group}
    if row < 0 or insert:
        at = max(row, 0)
        for node in nodes:
            if node.lane == lane and node.row >= at and node.id not in members:
                node.row += 1
        row = at
    else:
        columns = {n.column: n for n in group}
        for node in nodes:
            if node.lane == lane and node.row == row and node.id not in members and node.column in columns:
                node.row = columns[node.column].row
    for node in group:
        node.row = row
    _close_up(nodes, lane)


def _restore(nodes: list[Node], rows: list[int]) -> None:
    for node, row in zip(nodes, rows, strict=True):
        node.row = row


def _close_up(nodes: list[Node], only: int | None = None) -> None:
    for lane in {n.lane for n in nodes} if only is None else {only}:
        used = {row: k for k, row in enumerate(sorted({n.row for n in nodes if n.lane == lane}))}
        for node in nodes:
            if node.lane == lane:
                node.row = used[node.row]


def _cost(nodes: list[Node], wires: list[_Wire]) -> float:
    rows: dict[int, int] = {}
    for node in nodes:
        rows[node.lane] = max(rows.get(node.lane, 0), node.row + 1)
    base: dict[int, int] = {}
    top = 0
    for lane in range(max(rows, default=-1) + 1):
        base[lane] = top
        top += rows.get(lane, 1)
    y = {n.id: base[n.lane] + n.row for n in nodes}
    cells: dict[int, list[int]] = {}
    for node in nodes:
        cells.setdefault(y[node.id], []).append(node.column)
    cost = ROW * sum(r - 1 for r in rows.values()) + DOWN * sum(n.row for n in nodes)
    lines: list[tuple[int, int, int, int]] = []
    for wire in wires:
        if wire.a.column == wire.b.column:
            column = [y[n.id] for n in nodes if n.column == wire.a.column]
            between = sum(1 for row in column if _inside(row, y[wire.a.id], y[wire.b.id]))
            cost += BLOCKED * between + STEP * abs(y[wire.a.id] - y[wire.b.id])
            continue
        cost += wire.weight * _effort(wire, y[wire.a.id], y[wire.b.id], cells)
        if not wire.flow.back and wire.a.column < wire.b.column:
            lines.append((wire.a.column, y[wire.a.id], wire.b.column, y[wire.b.id]))
    return cost + CROSS * _crossings(lines)


def _inside(value: int, a: int, b: int) -> bool:
    return min(a, b) < value < max(a, b)


def _between(row: int, a: int, b: int, cells: dict[int, list[int]]) -> int:
    low, high = min(a, b), max(a, b)
    return sum(1 for c in cells.get(row, ()) if low < c < high)


def _effort(wire: _Wire, ya: int, yb: int, cells: dict[int, list[int]]) -> float:
    a, b, distance = wire.a.column, wire.b.column, abs(ya - yb)
    if wire.flow.back:
        return 0.3 * distance
    if wire.border:
        straight = 0.0 if yb > ya else 0.8
        return straight + STEP * distance + (DETOUR if _between(yb, a, b, cells) else 0)
    if ya == yb:
        return BLOCKED * min(1, _between(ya, a, b, cells))
    blocked = _between(ya, a, b, cells) and _between(yb, a, b, cells)
    return BEND + STEP * distance + (DETOUR if blocked else 0)


def _crossings(lines: list[tuple[int, int, int, int]]) -> int:
    """Pairs of flows whose straight lines cross, not counting those that begin or end at the same node."""
    count = 0
    for k, (ax, ay, bx, by) in enumerate(lines):
        for cx, cy, dx, dy in lines[k + 1 :]:
            if cx >= bx or dx <= ax:
                continue
            left, right = max(ax, cx), min(bx, dx)
            if left >= right:
                continue
            # heights of both at the ends of the stretch that they share
            first = ay + (by - ay) * (left - ax) / (bx - ax) - cy - (dy - cy) * (left - cx) / (dx - cx)
            second = ay + (by - ay) * (right - ax) / (bx - ax) - cy - (dy - cy) * (right - cx) / (dx - cx)
            if first * second < 0:
                count += 1
    return count
