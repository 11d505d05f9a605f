"""Coordinates of columns, rows and tracks: each as near to those before it as what is in its way allows.

Things are packed in the order that the grid gives them, first across, then down. Only what would really meet keeps
apart: a wide sub-process of one lane does not push away the nodes of another, nor a high one those further right.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.layout import extents
from engine.layout.geometry import Rect
from engine.layout.grid import Grid
from engine.layout.model import Level, Node
from engine.layout.tracks import Stretch, Tracks

TRACK = 12  # between flows side by side
COLUMN_GAP = 50  # between nodes of neighbouring columns
COLUMN_PAD = 24  # between a node and a flow that passes beside it
COLUMN_STEP = 40  # at least from the middle of a column to that of the next: time goes to the right
ROW_GAP = 30
ROW_PAD = 15
LEAST_HALF = 25  # of a row, also without nodes
OUTER_GAP = 32  # left of the first and right of the last column
WIDEN = 24  # how much wider a gap becomes at a time
MARGIN = 6  # lines that come nearer than twice this to each other count as meeting


@dataclass(slots=True)
class Wishes:
    """Extra room found to be wanted when labels were placed: (upright, gap) -> pixels."""

    extra: dict[tuple[bool, int], int] = field(default_factory=dict)

    def widen(self, grid: Grid, element: str) -> None:
        """Ask for more room around the node, or around the source of the flow, whose label covers something."""
        flow = next((f for f in grid.level.flows if f.id == element), None)
        name = flow.source if flow else element
        if name not in grid.level.nodes:
            return
        node = grid.level.anchor(name)
        row = next(line.gap for line in grid.ys[grid.row_line[grid.row_of[node.id]] + 1 :] if line.in_gap)
        for gap in (node.column, node.column + 1):
            self.extra[True, gap] = self.extra.get((True, gap), 0) + WIDEN
        for gap in (row - 1, row):
            self.extra[False, gap] = self.extra.get((False, gap), 0) + WIDEN // 2


@dataclass(frozen=True, slots=True)
class _Item:
    """Something with an extent along the direction of packing, and one across it (`low` to `high`)."""

    low: int
    high: int
    before: int  # how far it reaches back from its position
    after: int  # and ahead
    line: bool = False
    lead: int = 0  # least distance to the next thing
    shift: int = 0  # of a line, from the middle of its band

    def meets(self, other: _Item) -> bool:
        return self.low <= other.high and other.low <= self.high


@dataclass(slots=True)
class _Shelf:
    """What is packed already, with its far edge."""

    gap: int
    pad: int
    items: list[tuple[_Item, int, int]] = field(default_factory=list)  # item, far edge, number of its band

    def fit(self, items: list[_Item], start: int, after: int, extra: int) -> int:
        """The first position at or after `start` for these items together; `extra` more from those in band `after`."""
        position = start
        for item in items:
            for placed, edge, band in self.items:
                if placed.meets(item):
                    if placed.line and item.line:
                        apart = TRACK
                    else:
                        apart = self.pad if placed.line or item.line else self.gap
                    apart = max(apart, placed.lead) + (extra if band == after else 0)
                    position = max(position, edge + apart + item.before - item.shift)
        return position

    def put(self, items: list[_Item], position: int, band: int) -> None:
        self.items += [(item, position + item.shift + item.after, band) for item in items]

    def end(self) -> int:
        return max((edge for _, edge, _ in self.items), default=0)


@dataclass(slots=True)
class Positions:
    """Middle of every column or row, and place of every track (by the number of its unit)."""

    middle: dict[int, int] = field(default_factory=dict)
    track: dict[int, int] = field(default_factory=dict)
    end: int = 0


def across(grid: Grid, tracks: Tracks, wishes: Wishes) -> Positions:
    """Pack columns and upright tracks from left to right."""
    found, shelf = Positions(), _Shelf(COLUMN_GAP, COLUMN_PAD)
    nodes: dict[int, list[Node]] = {}
    for node in grid.level.proper():
        if not node.event_sub:
            nodes.setdefault(node.column, []).append(node)
    lines: dict[int, list[Stretch]] = {}
    for part in (p for parts in tracks.ways.values() for p in parts if p.upright):
        if not grid.xs[part.line].in_gap:
            lines.setdefault(grid.xs[part.line].band, []).append(part)
    leads = _leads(grid, tracks)
    start = grid.level.header + OUTER_GAP
    for gap in range(max(nodes, default=0) + 2):
        extra = wishes.extra.get((True, gap), 0)
        passed = found.middle[gap - 1] + COLUMN_PAD if gap - 1 in found.middle else start
        beyond = start
        for unit in tracks.order.get((True, gap), []):
            low, high = tracks.span[unit]
            item = _Item(grid.ys[low].code, grid.ys[high].code, 0, 0, True)
            found.track[unit] = shelf.fit([item], passed, gap - 1, extra)
            shelf.put([item], found.track[unit], -1)
            beyond = max(beyond, found.track[unit] + COLUMN_PAD)
        if gap not in nodes:
            continue
        items = [_column_item(grid, node, leads) for node in nodes[gap]]
        for part in lines.get(gap, []):
            low, high = grid.ys[part.low].code, grid.ys[part.high].code
            items.append(_Item(low, high, 0, 0, True, 0, grid.xs[part.line].offset))
        least = max(start + max(i.before for i in items), found.middle.get(gap - 1, -COLUMN_STEP) + COLUMN_STEP, beyond)
        found.middle[gap] = shelf.fit(items, least, gap - 1, extra)
        shelf.put(items, found.middle[gap], gap)
    found.end = shelf.end() + OUTER_GAP
    return found


def _column_item(grid: Grid, node: Node, leads: dict[str, int]) -> _Item:
    code = grid.ys[grid.row_line[grid.row_of[node.id]]].code
    half = extents.breadth(node) // 2
    lead = leads.get(node.id, 0)
    return _Item(code, code, half, half, False, lead + node.w // 2 - half if lead else 0)


def _leads(grid: Grid, tracks: Tracks) -> dict[str, int]:
    """Per node: the room that the names of flows want which leave it to the right."""
    leads: dict[str, int] = {}
    for flow in grid.level.flows:
        parts = tracks.ways.get(flow.id)
        source = grid.level.nodes[flow.source]
        if not flow.name or not parts or parts[0].upright or source.host is not None:
            continue
        if parts[0].high > grid.middle[source.column]:
            leads[source.id] = max(leads.get(source.id, 0), extents.lead(flow))
    return leads


def _row_items(grid: Grid, x: Positions) -> dict[int, list[_Item]]:
    """By row, what its nodes take up of the width, above it and below it."""
    rows: dict[int, list[_Item]] = {}
    for node in grid.level.proper():
        if not node.event_sub:
            middle, half = x.middle[node.column], extents.breadth(node) // 2 + MARGIN
            above, below = extents.reach(grid, node)
            item = _Item(middle - half, middle + half, above, below)
            rows.setdefault(grid.row_of[node.id], []).append(item)
    return rows


def down(grid: Grid, tracks: Tracks, wishes: Wishes, x: Positions) -> Positions:
    """Pack rows and level tracks from top to bottom, lane by lane; sets the bands of the level."""
    level, found = grid.level, Positions()
    rows = _row_items(grid, x)
    spans = _level_spans(grid, tracks, x, rows)
    level.band_rects = []
    y = gap = row = 0
    for lane, count in enumerate(grid.rows_of_lane):
        units = {g: tracks.order.get((False, g), []) for g in range(gap, gap + count + 1)}
        extra = {g: wishes.extra.get((False, g), 0) for g in units}
        height = _pack_lane(found, rows, row, {g: [(u, spans[u]) for u in units[g]] for g in units}, extra, y)
        strip = place_event_subs(level, lane, y + height)
        least = max(extents.heading_length(level.bands[lane]), level.least if len(level.bands) == 1 else 0)
        missing = max(0, least - height - strip)
        place_event_subs(level, lane, y + height + missing // 2)
        for unit in (u for members in units.values() for u in members):
            found.track[unit] += missing // 2
        for k in range(row, row + count):
            found.middle[k] += missing // 2
        level.band_rects.append(Rect(level.header, y, 0, height + strip + missing))
        y += height + strip + missing
        gap, row = gap + count + 1, row + count
    found.end = y
    return found


def _pack_lane(
    found: Positions,
    rows: dict[int, list[_Item]],
    row: int,
    units: dict[int, list[tuple[int, tuple[int, int]]]],
    extra: dict[int, int],
    y: int,
) -> int:
    """Pack the rows from `row` on, and the tracks (with their spans) of the gaps around them. Returns the height."""
    shelf = _Shelf(ROW_GAP, ROW_PAD)
    shelf.put([_Item(-(10**9), 10**9, 0, 0, True)], y, -1)
    passed = start = y + ROW_PAD
    for k, gap in enumerate(units):
        beyond = start
        for unit, span in units[gap]:
            item = _Item(*span, 0, 0, True)
            found.track[unit] = shelf.fit([item], passed, row - 1, extra[gap])
            shelf.put([item], found.track[unit], -1)
            beyond = max(beyond, found.track[unit] + ROW_PAD)
        if k == len(units) - 1:
            break
        items = rows.get(row, [])
        least = max(start + max([LEAST_HALF, *[i.before for i in items]]), beyond)
        found.middle[row] = shelf.fit(items, least, row - 1, extra[gap])
        shelf.put([*items, _Item(0, 0, 0, LEAST_HALF)], found.middle[row], row)
        passed = found.middle[row] + ROW_PAD
        row += 1
    return shelf.end() + ROW_PAD - y


def _level_spans(grid: Grid, tracks: Tracks, x: Positions, rows: dict[int, list[_Item]]) -> dict[int, tuple[int, int]]:
    """From where to where level tracks really run; level parts on the lines of rows are added to `rows`."""
    spans: dict[int, tuple[int, int]] = {}
    for flow in grid.level.flows:
        parts = tracks.ways.get(flow.id, [])
        for k, part in enumerate(parts):
            if part.upright:
                continue
            ends = [
                position(grid, parts[j], x) if 0 <= j < len(parts) else end_of(grid, name, x)
                for j, name in ((k - 1, flow.source), (k + 1, flow.target))
            ]
            low, high = min(ends) - MARGIN, max(ends) + MARGIN
            line = grid.ys[part.line]
            if line.in_gap:
                old = spans.get(part.unit, (low, high))
                spans[part.unit] = (min(low, old[0]), max(high, old[1]))
            else:
                rows.setdefault(line.band, []).append(_Item(low, high, 0, 0, True))
    return spans


def position(grid: Grid, part: Stretch, found: Positions) -> int:
    """Where a stretch runs."""
    line = (grid.xs if part.upright else grid.ys)[part.line]
    return found.track[part.unit] if line.in_gap else found.middle[line.band] + line.offset


def end_of(grid: Grid, node_id: str, x: Positions) -> int:
    """The middle of a node, across."""
    return x.middle[grid.level.anchor(node_id).column] + grid.offset.get(node_id, 0)


def place_event_subs(level: Level, lane: int, y: int) -> int:
    """Event sub-processes stand in a strip of their own at the bottom of their lane. Returns its height."""
    members = [n for n in level.proper() if n.event_sub and n.lane == lane]
    x = level.header + OUTER_GAP
    for node in members:
        node.rect = Rect(x, y, node.w, node.h)
        x += node.w + COLUMN_GAP
    return max((n.h for n in members), default=-ROW_PAD) + ROW_PAD
