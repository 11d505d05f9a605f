"""A* between ports in final coordinates, around shapes, on lines that lie beside what is drawn already."""

from __future__ import annotations

import heapq
from bisect import bisect_left
from dataclasses import dataclass

from engine.layout.geometry import Path, Point, Rect, segments, straightened

BESIDE = 12  # distance of lines from shapes and from other lines
ASIDE = (-2 * BESIDE, -BESIDE, BESIDE, 2 * BESIDE)  # of other lines
NEAR = 6  # nearer than this a line counts as touching
BEND = 40.0
CROSS = 45.0
OVER_LABEL = 250.0
SAME_LINE = 3000.0
STEPS = ((1, 0), (0, 1), (-1, 0), (0, -1))

_State = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Port:
    """A place on a border, the direction in which a line leaves it, and the price of using it."""

    at: Point
    direction: Point
    price: float


Goal = list[Port] | tuple[Rect, bool]  # ports, or a pool with: from above?


class Field:
    """The obstacles for one line. `own` are the shapes at its ends: not to be run through, but touched at ports."""

    def __init__(self, solid: list[Rect], own: list[Rect], soft: list[Rect], paths: list[Path], area: Rect) -> None:
        self.solid = [r.grown(NEAR) for r in solid] + [r.grown(-1) for r in own]
        self.own = [r.grown(NEAR) for r in own]
        self.doors: tuple[set[int], set[int]] = (set(), set())  # where lines come up to the shapes at their ends
        self.soft = soft
        self.level = [s for p in paths for s in segments(p) if s[0][1] == s[1][1]]
        self.upright = [s for p in paths for s in segments(p) if s[0][0] == s[1][0]]
        shapes = solid + own
        xs = {v for r in shapes for v in (r.x - BESIDE, r.right + BESIDE)}
        ys = {v for r in shapes for v in (r.y - BESIDE, r.bottom + BESIDE)}
        xs |= {s[0][0] + d for s in self.upright for d in ASIDE}
        ys |= {s[0][1] + d for s in self.level for d in ASIDE}
        self.area = area
        self.xs = xs | {area.x, area.right}
        self.ys = ys | {area.y, area.bottom}
        self.memo: dict[tuple[int, int, int, int], float] = {}

    def route(self, start: list[Port], goal: Goal) -> Path:
        """The cheapest path, from a port of `start` to the goal; empty when there is none."""
        xs = {p.at[0] for p in start}
        ys = {p.at[1] for p in start}
        if isinstance(goal, list):
            xs |= {p.at[0] for p in goal}
            ys |= {p.at[1] for p in goal}
        else:
            ys.add(goal[0].y if goal[1] else goal[0].bottom)
        ports = [*start, *(goal if isinstance(goal, list) else [])]
        self.doors = ({p.at[0] for p in ports if p.direction[1]}, {p.at[1] for p in ports if p.direction[0]})
        grid_x = _thinned(self.xs, xs, self.area.x, self.area.right)
        grid_y = _thinned(self.ys, ys, self.area.y, self.area.bottom)
        return self._search(start, goal, grid_x, grid_y)

    def _search(self, start: list[Port], goal: Goal, xs: list[int], ys: list[int]) -> Path:
        ends = _ends(goal, xs, ys)
        heap: list[tuple[float, int, float, _State, _State | None]] = []
        count = 0
        for port in start:
            state = (bisect_left(xs, port.at[0]), bisect_left(ys, port.at[1]), STEPS.index(port.direction))
            heapq.heappush(heap, (port.price, count, port.price, state, None))
            count += 1
        came: dict[_State, _State | None] = {}
        while heap:
            _, _, cost, state, previous = heapq.heappop(heap)
            if state in came:
                continue
            came[state] = previous
            ix, iy, d = state
            if previous is not None and (ix, iy, d) in ends:
                return _walk(came, state, xs, ys)
            for nd, (dx, dy) in enumerate(STEPS):
                if (nd + 2) % 4 == d or (previous is None and nd != d):
                    continue
                to = (ix + dx, iy + dy, nd)
                if to in came or not (0 <= to[0] < len(xs) and 0 <= to[1] < len(ys)):
                    continue
                more = cost + self._price(xs[ix], ys[iy], xs[to[0]], ys[to[1]]) + (BEND if nd != d else 0.0)
                more += ends.get(to, 0.0)
                if more < 1e6:
                    heapq.heappush(heap, (more + _guess(goal, xs[to[0]], ys[to[1]]), count, more, to, state))
                    count += 1
        return []

    def _price(self, x1: int, y1: int, x2: int, y2: int) -> float:
        key = (min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))
        if key not in self.memo:
            self.memo[key] = self._measure(*key)
        return self.memo[key]

    def _measure(self, x1: int, y1: int, x2: int, y2: int) -> float:
        """Price of one unit of the grid: length, and whom it disturbs. Half-open, so that no crossing counts twice."""
        line = Rect(x1, y1, x2 - x1, y2 - y1)
        probe = Rect(line.x - (x1 == x2), line.y - (y1 == y2), max(2, line.w), max(2, line.h))
        if any(probe.overlap(r) for r in self.solid):
            return 1e6
        door = x1 in self.doors[0] if x1 == x2 else y1 in self.doors[1]
        if not door and any(probe.overlap(r) for r in self.own):
            return 1e6
        cost = float(x2 - x1 + y2 - y1)
        cost += sum(OVER_LABEL for r in self.soft if probe.overlap(r))
        if y1 == y2:
            cost += sum(CROSS for (x, a), (_, b) in self.upright if x1 <= x < x2 and min(a, b) <= y1 <= max(a, b))
            near = (s for s in self.level if abs(s[0][1] - y1) < NEAR)
            cost += sum(SAME_LINE for s in near if min(s[0][0], s[1][0]) < x2 and max(s[0][0], s[1][0]) > x1)
        else:
            cost += sum(CROSS for (a, y), (b, _) in self.level if y1 <= y < y2 and min(a, b) <= x1 <= max(a, b))
            near = (s for s in self.upright if abs(s[0][0] - x1) < NEAR)
            cost += sum(SAME_LINE for s in near if min(s[0][1], s[1][1]) < y2 and max(s[0][1], s[1][1]) > y1)
        return cost


def _thinned(lines: set[int], fixed: set[int], low: int, high: int) -> list[int]:
    """The lines in order, without those too near to another; `fixed` ones always stay."""
    kept = sorted(fixed)
    for line in sorted(lines):
        at = bisect_left(kept, line)
        around = kept[max(0, at - 1) : at + 1]
        if low <= line <= high and all(abs(line - k) >= NEAR for k in around):
            kept.insert(at, line)
    return kept


def _ends(goal: Goal, xs: list[int], ys: list[int]) -> dict[_State, float]:
    """States in which the line has arrived, with the price of that end."""
    ends: dict[_State, float] = {}
    if isinstance(goal, list):
        for port in goal:
            dx, dy = port.direction
            state = (bisect_left(xs, port.at[0]), bisect_left(ys, port.at[1]), STEPS.index((-dx, -dy)))
            ends[state] = port.price
        return ends
    rect, above = goal
    iy = bisect_left(ys, rect.y if above else rect.bottom)
    for ix, x in enumerate(xs):
        if rect.x + BESIDE <= x <= rect.right - BESIDE:
            ends[ix, iy, 1 if above else 3] = 0.0
    return ends


def _guess(goal: Goal, x: int, y: int) -> float:
    if isinstance(goal, list):
        return min(abs(p.at[0] - x) + abs(p.at[1] - y) for p in goal)
    rect, above = goal
    aside = max(rect.x - x, x - rect.right, 0)
    return abs((rect.y if above else rect.bottom) - y) + aside


def _walk(came: dict[_State, _State | None], end: _State, xs: list[int], ys: list[int]) -> Path:
    path: Path = []
    state: _State | None = end
    while state is not None:
        path.append((xs[state[0]], ys[state[1]]))
        state = came[state]
    return straightened(path[::-1])
