"""Ways of the sequence flows over the coarse grid: A*, cheapest in length, bends, crossings and ugliness of the ends.

Flows are routed one after the other, then each again against all others, which only ever makes the whole cheaper.
No way leads through a node; no two flows lie on each other unless they have their source or target in common.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from engine.layout.grid import LINES, Grid
from engine.layout.model import Flow, Node

RIGHT, DOWN, LEFT, UP = range(4)
STEPS = ((1, 0), (0, 1), (-1, 0), (0, -1))
BEND = 55.0
CROSS = 80.0
MAYBE = 20.0  # a crossing that the order of tracks may avoid
COMPANY = 4.0  # per flow beside which a flow runs in a gap
NEVER = 1e6
OUTER = 3.0  # turning on the middle line of a gap leaves the outer ones to flows that come from the other side
SHARED = 150.0  # leaving where another flow leaves, and more when one of them is the default: whose is the stroke?
RUDE = 3000.0
ROUNDS = 4
TURNS = 3

Cell = tuple[int, int]
Way = list[Cell]
_State = tuple[Cell, int]


@dataclass(slots=True)
class _Traffic:
    """Which flows use what of the grid."""

    edges: dict[tuple[int, int, bool], set[str]] = field(default_factory=dict)  # from a cell rightwards or downwards
    bends: dict[Cell, set[str]] = field(default_factory=dict)
    across: dict[tuple[int, int, bool], set[str]] = field(default_factory=dict)  # straight through a cell
    leaving: dict[tuple[str, int], set[str]] = field(default_factory=dict)
    arriving: dict[tuple[str, int], set[str]] = field(default_factory=dict)


class Router:
    """Routes all flows of one level. `ways` holds the result: cells from source to target, flow by flow."""

    def __init__(self, grid: Grid, turn: int = 0) -> None:
        self.grid = grid
        self.turn = turn  # which of the TURNS: who comes first has the better way
        self.level = grid.level
        self.flows = {
            f.id: f
            for f in self.level.flows
            if not (self.level.anchor(f.source).event_sub or self.level.anchor(f.target).event_sub)
        }
        self.ways: dict[str, Way] = {}
        self.rude = False  # there is no free way: take another flow's place, which then looks for another one
        self.traffic = _Traffic()
        self.fans: dict[str, list[str]] = {}
        for flow in self.flows.values():
            self.fans.setdefault(flow.source, []).append(flow.id)

    def run(self) -> dict[str, Way]:
        order = sorted(self.flows.values(), key=self._key)
        for number in range(ROUNDS):
            for flow in order:
                if number:
                    self._remove(flow)
                for self.rude in (False, True):
                    if self._route(flow):
                        break
        return self.ways

    def _key(self, flow: Flow) -> tuple[bool, bool, float, float]:
        a, b = self.grid.point(self.level.nodes[flow.source]), self.grid.point(self.level.nodes[flow.target])
        dx = abs(self.grid.xs[a[0]].rough - self.grid.xs[b[0]].rough)
        dy = abs(self.grid.ys[a[1]].rough - self.grid.ys[b[1]].rough)
        straight = (a[1] == b[1] and flow.source not in self.grid.port) or self._upright(flow)
        back, distance = flow.back, dx + dy
        return (not straight, back if self.turn != 2 else not back, distance if self.turn != 1 else -distance, dx)

    def _related(self, flow: Flow, other: str) -> bool:
        return self.flows[other].target == flow.target or self.flows[other].source == flow.source

    # the price of beginning, going on and ending ---------------------------------------------------------------

    def _start_cost(self, flow: Flow, d: int) -> float:
        node, grid = self.level.nodes[flow.source], self.grid
        if node.id in grid.port:
            return 0.0 if STEPS[d] == (0, grid.side[node.id]) else NEVER
        if d in (UP, DOWN) and (node.id, STEPS[d][1]) in grid.shut:
            return NEVER
        fan = self.fans[flow.source]
        if self._upright(flow):
            return self._label_cost(node, d) + (0.0 if d in (UP, DOWN) else 80.0)
        if node.is_gateway and len(fan) > 1:
            cost = ((0.0, 30.0, 120.0, 30.0) if fan[0] == flow.id else (25.0, 0.0, 120.0, 0.0))[d]
        else:
            cost = (0.0, 60.0, 300.0, 60.0)[d]
        if flow.back and d in (UP, DOWN):
            cost = min(cost, 10.0)
        cost += self._label_cost(node, d)
        if self.traffic.arriving.get((node.id, d)):
            cost += 90.0
        others = self.traffic.leaving.get((node.id, d), set())
        if any(self.flows[other].default for other in (flow.id, *others)):
            cost += SHARED / 2 if others else 0.0
        return cost + (SHARED if others else 0.0)

    def _upright(self, flow: Flow) -> bool:
        """Does the flow lead to a node straight below or above?"""
        source, target = self.level.nodes[flow.source], self.level.nodes[flow.target]
        return source.host is None and source.column == target.column and source is not target and not flow.back

    def _end_cost(self, flow: Flow, d: int) -> float:
        node, side = self.level.nodes[flow.target], (d + 2) % 4
        if side in (UP, DOWN) and (node.id, STEPS[side][1]) in self.grid.shut:
            return NEVER
        if self._upright(flow):
            return self._label_cost(node, side) + (0.0 if side in (UP, DOWN) else 40.0)
        cost = (300.0, 50.0, 0.0, 50.0)[side]
        if flow.back:
            cost = (150.0, 0.0, 50.0, 0.0)[side]
        if node.is_gateway:
            cost = (250.0, 0.0, 0.0, 0.0)[side]
        cost += self._label_cost(node, side)
        return cost + (90.0 if self.traffic.leaving.get((node.id, side)) else 0.0)

    @staticmethod
    def _label_cost(node: Node, d: int) -> float:
        """Where the label of the node should stand."""
        if not node.outer_label:
            return 0.0
        return 20.0 if d == (UP if node.is_gateway else DOWN) else 0.0

    def _step_cost(self, flow: Flow, at: Cell, to: Cell, d: int) -> float:
        """Price of one step between neighbouring cells; NEVER when another flow has the place."""
        grid, flat = self.grid, d in (RIGHT, LEFT)
        length = abs(grid.xs[at[0]].rough - grid.xs[to[0]].rough) + abs(grid.ys[at[1]].rough - grid.ys[to[1]].rough)
        cost = length
        users = self.traffic.edges.get((min(at[0], to[0]), min(at[1], to[1]), flat))
        if users:
            gap = (grid.ys[at[1]] if flat else grid.xs[at[0]]).in_gap
            for other in users:
                if self.flows[other].target == flow.target:
                    cost += 0.1 * length
                elif gap:
                    cost += COMPANY
                elif self.flows[other].source == flow.source:
                    cost += 2 * length + 10
                else:
                    cost += RUDE if self.rude else NEVER
        return cost

    def _turn_cost(self, flow: Flow, at: Cell, d: int, nd: int) -> float:
        """Price of passing or turning at a cell."""
        both_gaps = self.grid.xs[at[0]].in_gap and self.grid.ys[at[1]].in_gap
        bends = self.traffic.bends.get(at, ())
        if nd == d:
            others = self.traffic.across.get((*at, d not in (RIGHT, LEFT)), ())
            cost = CROSS * sum(1 for o in others)
            return cost + MAYBE * sum(1 for o in bends if not self._related(flow, o))
        if not both_gaps and any(not self._related(flow, o) for o in bends):
            return RUDE if self.rude else NEVER
        lines = (self.grid.xs[at[0]], self.grid.ys[at[1]])
        return BEND + sum(OUTER for line in lines if line.in_gap and line.offset != LINES // 2)

    # the search -------------------------------------------------------------------------------------------------

    def _enter(self, flow: Flow, at: Cell, to: Cell, d: int, goal: Cell) -> bool:
        """May the flow step into that cell? Into a node only if it is the target, and straight in."""
        owner = self.grid.owner
        into = owner.get(to)
        if into is None or into == owner.get(at):
            return True
        if into != self.level.anchor(flow.target).id:
            return False
        return to[1] == goal[1] if d in (RIGHT, LEFT) else to[0] == goal[0]

    def _route(self, flow: Flow) -> bool:
        """Find the cheapest way, A*. A state is a cell and the direction in which it is entered, 4 more at the goal."""
        grid = self.grid
        start = grid.point(self.level.nodes[flow.source])
        goal = grid.point(self.level.nodes[flow.target])
        gx, gy = grid.xs[goal[0]].rough, grid.ys[goal[1]].rough
        prices = [self._start_cost(flow, d) for d in range(4)]
        heap: list[tuple[float, int, float, _State, _State | None]] = [
            (price, d, price, (start, d), None) for d, price in enumerate(prices) if price < NEVER
        ]
        heapq.heapify(heap)
        count = len(STEPS)
        came: dict[_State, _State | None] = {}
        while heap:
            _, _, cost, state, previous = heapq.heappop(heap)
            if state in came:
                continue
            came[state] = previous
            if state[1] >= len(STEPS):
                self._accept(flow, came, state)
                return True
            for to, price in self._steps(flow, state, previous is None, goal):
                if to not in came:
                    guess = abs(grid.xs[to[0][0]].rough - gx) + abs(grid.ys[to[0][1]].rough - gy)
                    heapq.heappush(heap, (cost + price + guess, count, cost + price, to, state))
                    count += 1
        return False

    def _steps(self, flow: Flow, state: _State, first: bool, goal: Cell) -> Iterator[tuple[_State, float]]:
        """Where the flow can go from a state, and at what price."""
        grid, (at, d) = self.grid, state
        for nd, (dx, dy) in enumerate(STEPS):
            to = (at[0] + dx, at[1] + dy)
            if (nd + 2) % 4 == d or not (0 <= to[0] < len(grid.xs) and 0 <= to[1] < len(grid.ys)):
                continue
            if (nd != d and (first or at in grid.owner)) or not self._enter(flow, at, to, nd, goal):
                continue
            price = self._step_cost(flow, at, to, nd)
            if not first:
                price += self._turn_cost(flow, at, d, nd)
            if to == goal:
                price += self._end_cost(flow, nd)
            if price < NEVER:
                yield (to, nd + len(STEPS) if to == goal else nd), price

    def _accept(self, flow: Flow, came: dict[_State, _State | None], end: _State) -> None:
        way: Way = []
        state: _State | None = end
        out = end[1]
        while state is not None:
            way.append(state[0])
            out = state[1]
            state = came[state]
        self.ways[flow.id] = way[::-1]
        self._use(flow, out, (end[1] + 2) % 4, True)

    def _remove(self, flow: Flow) -> None:
        way = self.ways.pop(flow.id, [])
        if way:
            self.ways[flow.id] = way
            self._use(flow, _direction(way[0], way[1]), _direction(way[-1], way[-2]), False)
            del self.ways[flow.id]

    def _use(self, flow: Flow, out: int, into: int, add: bool) -> None:
        """Enter the flow's way into the traffic, or take it out again."""
        traffic, way = self.traffic, self.ways[flow.id]

        def note(users: set[str]) -> None:
            if add:
                users.add(flow.id)
            else:
                users.discard(flow.id)

        note(traffic.leaving.setdefault((flow.source, out), set()))
        note(traffic.arriving.setdefault((flow.target, into), set()))
        for a, b in pairwise(way):
            note(traffic.edges.setdefault((min(a[0], b[0]), min(a[1], b[1]), a[1] == b[1]), set()))
        for a, b, c in zip(way, way[1:], way[2:], strict=False):
            if a[1] == b[1] == c[1]:
                note(traffic.across.setdefault((*b, True), set()))
            elif a[0] == b[0] == c[0]:
                note(traffic.across.setdefault((*b, False), set()))
            else:
                note(traffic.bends.setdefault(b, set()))


def _direction(a: Cell, b: Cell) -> int:
    return STEPS.index((b[0] - a[0], b[1] - a[1]))
