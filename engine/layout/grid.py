"""The coarse grid on which flows are routed: lines through the middle of columns and rows, and in the gaps between.

A column has a line through its middle and one for each boundary event that leaves from it; a row has one line. Every
gap has three lines, on each of which any number of flows can run side by side: `tracks` gives them places later. So
routing needs no coordinates yet, only rough ones to prefer short ways.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.layout.model import Level, Node
from engine.layout.sizing import boundary_step

GAP_X = 70  # rough sizes of gaps, for the cost of a way only
GAP_Y = 44
LINES = 3  # in a gap
NEAR = 26  # a boundary event nearer to the middle than this stands in the way of a flow there
HANGING_GAP = 60  # between nodes that hang below a sub-process
OUTER_STEP = 110  # between boundary events of a wide sub-process


@dataclass(frozen=True, slots=True)
class Line:
    """One grid line. `band` counts columns or rows, `gap` the gaps before them; one of the two is -1."""

    band: int
    gap: int
    offset: int  # from the middle of the band; in a gap the number of the line
    code: int  # lines of the same gap share it, all others differ; grows with the position
    rough: float

    @property
    def in_gap(self) -> bool:
        return self.gap >= 0


@dataclass(slots=True)
class Grid:
    level: Level
    xs: list[Line] = field(default_factory=list)
    ys: list[Line] = field(default_factory=list)
    middle: dict[int, int] = field(default_factory=dict)  # column -> index of its middle line in xs
    row_line: dict[int, int] = field(default_factory=dict)  # row (counted over all lanes) -> index in ys
    row_of: dict[str, int] = field(default_factory=dict)
    rows_of_lane: list[int] = field(default_factory=list)
    owner: dict[tuple[int, int], str] = field(default_factory=dict)
    port: dict[str, tuple[int, int]] = field(default_factory=dict)  # boundary event -> its point
    side: dict[str, int] = field(default_factory=dict)  # boundary event -> 1 bottom, -1 top of its host
    offset: dict[str, int] = field(default_factory=dict)  # boundary event -> pixels from the middle of its host
    shut: set[tuple[str, int]] = field(default_factory=set)  # (node, -1 above | 1 below): no flow there

    def point(self, node: Node) -> tuple[int, int]:
        """Where a flow of the node begins or ends."""
        if node.id in self.port:
            return self.port[node.id]
        return self.middle[node.column], self.row_line[self.row_of[node.id]]


def build(level: Level) -> Grid:
    """The grid for the columns and rows that the nodes have."""
    grid = Grid(level)
    cells = [n for n in level.proper() if not n.event_sub]
    _rows(grid, cells)
    for node in cells:
        _seat_boundary(grid, node)
    _columns(grid, cells)
    for node in cells:
        y = grid.row_line[grid.row_of[node.id]]
        for x, line in enumerate(grid.xs):
            if line.band == node.column:
                grid.owner[x, y] = node.id
        if node.above:
            grid.shut.add((node.id, -1))
        if node.below:
            grid.shut.add((node.id, 1))
    return grid


def _rows(grid: Grid, cells: list[Node]) -> None:
    level, first, rough, code, gap = grid.level, 0, 0.0, 0, 0
    heights: dict[tuple[int, int], int] = {}
    for node in cells:
        heights[node.lane, node.row] = max(heights.get((node.lane, node.row), 50), node.h)
    for lane in range(len(level.bands)):
        count = max((n.row + 1 for n in cells if n.lane == lane), default=1)
        grid.rows_of_lane.append(count)
        for row in range(count + 1):
            for k in range(LINES):
                grid.ys.append(Line(-1, gap, k, code, rough + GAP_Y * (k + 1) / (LINES + 1)))
            rough, code, gap = rough + GAP_Y, code + 1, gap + 1
            if row < count:
                height = heights.get((lane, row), 50)
                grid.row_line[first + row] = len(grid.ys)
                grid.ys.append(Line(first + row, -1, 0, code, rough + height / 2))
                rough, code = rough + height, code + 1
        for node in cells:
            if node.lane == lane:
                grid.row_of[node.id] = first + node.row
        first += count


def _columns(grid: Grid, cells: list[Node]) -> None:
    rough, code = 0.0, 0
    count = max((n.column + 1 for n in cells), default=1)
    for column in range(count + 1):
        for k in range(LINES):
            grid.xs.append(Line(-1, column, k, code, rough + GAP_X * (k + 1) / (LINES + 1)))
        rough, code = rough + GAP_X, code + 1
        if column == count:
            break
        members = [n for n in cells if n.column == column]
        width = max((n.w for n in members), default=36)
        offsets = {0} | {grid.offset[b.id] for n in members for b in grid.level.boundary(n.id)}
        index: dict[int, int] = {}
        for offset in sorted(offsets):
            index[offset] = len(grid.xs)
            grid.xs.append(Line(column, -1, offset, code, rough + width / 2 + offset))
            code += 1
        grid.middle[column] = index[0]
        for node in members:
            for event in grid.level.boundary(node.id):
                grid.port[event.id] = index[grid.offset[event.id]], grid.row_line[grid.row_of[node.id]]
        rough += width


def _seat_boundary(grid: Grid, host: Node) -> None:
    """Seats for the boundary events of an activity; the one that leads farthest is leftmost, so flows do not cross."""
    level = grid.level
    reach: dict[str, int] = {}
    for event in level.boundary(host.id):
        flow = next((f for f in level.flows if f.source == event.id), None)
        target = level.anchor(flow.target) if flow else host
        distance = grid.row_of.get(target.id, grid.row_of[host.id]) - grid.row_of[host.id]
        back = flow is not None and flow.back
        grid.side[event.id] = -1 if distance < 0 and not back and not host.above else 1
        reach[event.id] = abs(distance) + (100 if back else 0)
    last = host.w // 2 - 40 - _room_below(level, host)
    for side in (-1, 1):
        events = sorted((e for e in reach if grid.side[e] == side), key=lambda e: -reach[e])
        step = min(host.w // max(1, len(events)), max(OUTER_STEP, boundary_step(level, host)))
        for k, event_id in enumerate(events):
            if len(events) == 1:
                offset = host.w // 2 - 30
            elif host.inner:
                offset = last - step * (len(events) - 1 - k)
            else:
                offset = step * k - step * (len(events) - 1) // 2
            grid.offset[event_id] = offset
            beside = len(events) > 1 and offset < 0 and level.nodes[event_id].name  # its name stands in the middle
            if abs(offset) < NEAR or beside:
                grid.shut.add((host.id, side))


def _room_below(level: Level, host: Node) -> int:
    """Width of what hangs on the boundary events of a sub-process, so far as it finds room below it."""
    if not host.inner:
        return 0
    events = {e.id for e in level.boundary(host.id)}
    column, width = host.column, 0
    before = {f.target: {g.source for g in level.flows if g.target == f.target} for f in level.flows}
    hanging: list[Node] = []
    for node in sorted(level.proper(), key=lambda n: n.column):
        sources = before.get(node.id, set())
        if sources and sources <= events | {n.id for n in hanging}:
            hanging.append(node)
    while members := [n.w for n in hanging if n.column == column + 1]:
        width += max(members) + HANGING_GAP
        column += 1
    room = host.w - 80 - OUTER_STEP * max(0, len(events) - 1)
    return max(0, min(width, room))
