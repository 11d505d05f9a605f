"""Side by side in the gaps: flows that run in the same gap get tracks, ordered so that they cross each other least."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from engine.layout.geometry import straightened
from engine.layout.grid import Grid, Line
from engine.layout.routing import Cell, Way

SETTLE = 3  # times that the order of upright tracks and that of level tracks are adjusted to each other


@dataclass(slots=True)
class Stretch:
    """A straight part of a way: along the line `line` of its direction, from `low` to `high` in lines of the other."""

    flow: str
    upright: bool
    line: int
    low: int
    high: int
    unit: int = -1


@dataclass(slots=True)
class _Unit:
    """Stretches that share one track: flows that have come together, or have not parted yet."""

    upright: bool
    line: int
    low: int
    high: int


@dataclass(slots=True)
class Tracks:
    """The result: stretches of each flow from source to target; in each gap, by (upright, gap), its units in order."""

    ways: dict[str, list[Stretch]]
    order: dict[tuple[bool, int], list[int]]
    span: dict[int, tuple[int, int]]  # unit -> lines of the other direction between which it runs


def assign(grid: Grid, ways: dict[str, Way]) -> Tracks:
    stretches = {flow: _stretches(flow, way) for flow, way in ways.items() if way}
    units = _units(grid, stretches)
    rank: dict[int, int] = {}
    for _ in range(SETTLE):
        for upright in (True, False):
            _order(grid, units, rank, stretches, upright)
    found = Tracks(stretches, {}, {k: (unit.low, unit.high) for k, unit in enumerate(units)})
    for upright in (True, False):
        for gap, members in _by_gap(grid, units, upright).items():
            found.order[upright, gap] = sorted(members, key=lambda u: (_line(grid, units[u]).offset, rank[u]))
    return found


def _line(grid: Grid, unit: _Unit | Stretch) -> Line:
    return (grid.xs if unit.upright else grid.ys)[unit.line]


def _stretches(flow: str, way: Way) -> list[Stretch]:
    corners: list[Cell] = straightened(way)
    parts: list[Stretch] = []
    for a, b in pairwise(corners):
        upright = a[0] == b[0]
        k = 1 if upright else 0
        parts.append(Stretch(flow, upright, a[1 - k], min(a[k], b[k]), max(a[k], b[k])))
    return parts


def _units(grid: Grid, stretches: dict[str, list[Stretch]]) -> list[_Unit]:
    """Join stretches of flows that end alike (same target) or begin alike (same source)."""
    groups: list[list[Stretch]] = []
    flows = {f.id: f for f in grid.level.flows}

    def alike(a: Stretch, b: Stretch) -> bool:
        return a.upright == b.upright and a.line == b.line and a.low <= b.high and b.low <= a.high

    def join(a: Stretch, b: Stretch) -> None:
        if a.unit == b.unit:
            return
        old, new = max(a.unit, b.unit), min(a.unit, b.unit)
        for part in groups[old]:
            part.unit = new
        groups[new] += groups[old]
        groups[old] = []

    for parts in stretches.values():
        for part in parts:
            part.unit = len(groups)
            groups.append([part])
    ids = list(stretches)
    for k, first in enumerate(ids):
        for second in ids[k + 1 :]:
            a, b = stretches[first], stretches[second]
            if flows[first].target == flows[second].target:
                for p, q in zip(reversed(a), reversed(b), strict=False):
                    if not alike(p, q):
                        break
                    join(p, q)
            if flows[first].source == flows[second].source:
                for p, q in zip(a, b, strict=False):
                    if not alike(p, q):
                        break
                    join(p, q)
    return [_unit(group) for group in groups]


def _unit(group: list[Stretch]) -> _Unit:
    if not group:
        return _Unit(True, -1, 0, 0)
    return _Unit(group[0].upright, group[0].line, min(s.low for s in group), max(s.high for s in group))


def _by_gap(grid: Grid, units: list[_Unit], upright: bool) -> dict[int, list[int]]:
    gaps: dict[int, list[int]] = {}
    for k, unit in enumerate(units):
        if unit.line >= 0 and unit.upright == upright and _line(grid, unit).in_gap:
            gaps.setdefault(_line(grid, unit).gap, []).append(k)
    return gaps


def _order(
    grid: Grid, units: list[_Unit], rank: dict[int, int], stretches: dict[str, list[Stretch]], upright: bool
) -> None:
    """Order the units on each line of the gaps of one direction, given the present order in the other direction."""
    turned = _turned(stretches, rank)
    by_line: dict[int, list[int]] = {}
    for members in _by_gap(grid, units, upright).values():
        for unit in members:
            by_line.setdefault(units[unit].line, []).append(unit)
    for members in by_line.values():
        spans = {u: _span(turned[u]) for u in members}
        price = {(u, v): _price(spans[u], spans[v]) for u in members for v in members if u != v}
        for k, unit in enumerate(_cheapest(members, price)):
            rank[unit] = k


Spot = tuple[int, float]  # a line and the rank of a track on it
_Span = tuple[Spot, Spot, set[tuple[Spot, int]]]  # lowest turn, highest turn, all turns with their side


def _turned(stretches: dict[str, list[Stretch]], rank: dict[int, int]) -> dict[int, set[tuple[Spot, int]]]:
    """Per unit: exactly where its stretches turn, and to which side. In a gap every stretch turns at both ends."""
    turns: dict[int, set[tuple[Spot, int]]] = {}
    for parts in stretches.values():
        for k, part in enumerate(parts):
            for other in (k - 1, k + 1):
                if 0 <= other < len(parts):
                    neighbour = parts[other]
                    towards = 1 if neighbour.high > part.line else -1
                    spot = (neighbour.line, float(rank.get(neighbour.unit, 0)))
                    turns.setdefault(part.unit, set()).add((spot, towards))
    return turns


def _span(turns: set[tuple[Spot, int]]) -> _Span:
    spots = [spot for spot, _ in turns]
    return min(spots), max(spots), turns


def _price(first: _Span, second: _Span) -> float:
    """Crossings when `first` lies before `second`: turns of each towards the other within the other's extent."""
    cost = 0.0
    for spot, towards in first[2]:
        if towards > 0 and second[0] < spot < second[1]:
            cost += 1
    for spot, towards in second[2]:
        if towards < 0 and first[0] < spot < first[1]:
            cost += 1
    return cost


def _cheapest(members: list[int], price: dict[tuple[int, int], float]) -> list[int]:
    """An order with few crossings: insert one by one at the best place, then move single ones while that helps."""
    order: list[int] = []
    for unit in members:
        order = _inserted(order, unit, price)
    for _ in range(4):
        before = list(order)
        for unit in members:
            rest = [u for u in order if u != unit]
            order = _inserted(rest, unit, price)
        if order == before:
            break
    return order


def _inserted(order: list[int], unit: int, price: dict[tuple[int, int], float]) -> list[int]:
    costs = []
    for at in range(len(order) + 1):
        cost = sum(price[v, unit] for v in order[:at]) + sum(price[unit, v] for v in order[at:])
        costs.append((cost, at))
    at = min(costs)[1]
    return [*order[:at], unit, *order[at:]]
