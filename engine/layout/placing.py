"""Coordinates: from columns, rows and tracks to pixels. No flow is routed here; gaps become as wide as they must be."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from engine.layout import text
from engine.layout.geometry import Path, Point, Rect, clipped, straightened
from engine.layout.grid import Grid, Line
from engine.layout.model import Artifact, Level, Node
from engine.layout.tracks import Stretch, Tracks

HEADING = 30  # width of the heading of a pool or lane
TRACK = 12  # between flows side by side
COLUMN_GAP = 50
COLUMN_PAD = 24  # between a column and the first track beside it
ROW_GAP = 24
ROW_PAD = 15
OUTER_GAP = 32  # left of the first and right of the last column
SATELLITE = 16  # between a node and what is written beside it
LABEL_GAP = 5
STROKE = 12  # where a default flow has its stroke, no label stands
EVENT_HALF = 18
WIDEN = 24  # how much wider a gap becomes at a time


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


@dataclass(slots=True)
class _Axis:
    """Positions along one direction."""

    band_start: dict[int, int] = field(default_factory=dict)
    band_middle: dict[int, int] = field(default_factory=dict)
    first_track: dict[int, int] = field(default_factory=dict)
    end: int = 0


def place(grid: Grid, tracks: Tracks, wishes: Wishes) -> None:
    """Set the rectangles of nodes, lanes' bands and artifacts, the paths of flows, and the size of the level."""
    level = grid.level
    across = _columns(grid, tracks, wishes)
    down = _rows(grid, tracks, wishes)
    for node in level.proper():
        if not node.event_sub:
            cx, cy = across.band_middle[node.column], down.band_middle[grid.row_of[node.id]]
            node.rect = Rect(cx - node.w // 2, cy - node.h // 2, node.w, node.h)
            _place_satellites(node)
    for node in level.nodes.values():
        if node.host is not None:
            host = level.nodes[node.host].rect
            cx = host.cx + grid.offset.get(node.id, 0)
            cy = host.bottom if grid.side.get(node.id, 1) > 0 else host.y
            node.rect = Rect(cx - node.w // 2, cy - node.h // 2, node.w, node.h)
    level.w, level.h = across.end, down.end
    for flow in level.flows:
        parts = tracks.ways.get(flow.id)
        if parts:
            flow.path = _path(grid, level, parts, tracks, across, down, flow.source, flow.target)


# across ----------------------------------------------------------------------------------------------------------


def _columns(grid: Grid, tracks: Tracks, wishes: Wishes) -> _Axis:
    level, axis = grid.level, _Axis()
    widths: dict[int, int] = {}
    for node in level.proper():
        if not node.event_sub:
            widths[node.column] = max(widths.get(node.column, 36), _breadth(node))
    lead = _leads(grid, tracks, widths)
    x = level.header
    count = max(widths, default=0) + 1
    for gap in range(count + 1):
        outer = gap in (0, count)
        size, first = _gap(
            tracks.counts.get((True, gap), 0),
            OUTER_GAP if outer else COLUMN_GAP,
            COLUMN_PAD,
            lead.get(gap, 0),
            wishes.extra.get((True, gap), 0),
        )
        axis.first_track[gap] = x + first
        x += size
        if gap < count:
            width = widths.get(gap, 36)
            width += width % 2
            axis.band_start[gap], axis.band_middle[gap] = x, x + width // 2
            x += width
    axis.end = x
    return axis


def _gap(count: int, least: int, pad: int, lead: int, extra: int) -> tuple[int, int]:
    """Size of a gap with that many tracks, and where the first is. `lead` and `extra` widen what is before them."""
    span = TRACK * max(0, count - 1)
    before = max(pad, lead) + extra
    if not count:
        return max(least, lead) + extra, 0
    size = max(least, before + span + pad)
    return size, before + (size - before - span - pad) // 2


def _breadth(node: Node) -> int:
    """Width of the node with all that is written above or below it."""
    breadth = node.w
    if node.outer_label:
        breadth = max(breadth, text.label_size(node.name).width)
    for side in (node.above, node.below):
        if side:
            breadth = max(breadth, sum(_artifact_room(a)[0] + 12 for a in side) - 12)
    return breadth + breadth % 2


def _leads(grid: Grid, tracks: Tracks, widths: dict[int, int]) -> dict[int, int]:
    """Room that named flows want right of their source, so that the name stands on the line."""
    leads: dict[int, int] = {}
    for flow in grid.level.flows:
        parts = tracks.ways.get(flow.id)
        source = grid.level.nodes[flow.source]
        if not flow.name or not parts or parts[0].upright or source.host is not None:
            continue
        start = grid.middle[source.column]
        if parts[0].high > start:  # to the right
            beside = (widths[source.column] - source.w) // 2
            wanted = text.label_size(flow.name).width + 14 - beside + (STROKE if flow.default else 0)
            leads[source.column + 1] = max(leads.get(source.column + 1, 0), wanted)
    return leads


# down ------------------------------------------------------------------------------------------------------------


def _rows(grid: Grid, tracks: Tracks, wishes: Wishes) -> _Axis:
    level, axis = grid.level, _Axis()
    up: dict[int, int] = {}
    down: dict[int, int] = {}
    for node in level.proper():
        if not node.event_sub:
            row = grid.row_of[node.id]
            above, below = _reach(grid, node)
            up[row], down[row] = max(up.get(row, 25), above), max(down.get(row, 25), below)
    y, gap, row = 0, 0, 0
    level.band_rects = []
    for lane, count in enumerate(grid.rows_of_lane):
        top = y
        for k in range(count + 1):
            outer = k in (0, count)
            size, first = _gap(
                tracks.counts.get((False, gap), 0),
                ROW_PAD if outer else ROW_GAP,
                ROW_PAD,
                0,
                wishes.extra.get((False, gap), 0),
            )
            axis.first_track[gap] = y + first
            y += size
            gap += 1
            if k < count:
                above, below = up.get(row, 25), down.get(row, 25)
                axis.band_start[row], axis.band_middle[row] = y, y + above
                y += above + below
                row += 1
        y += _event_subs(level, lane, y)
        missing = heading_length(level.bands[lane]) - (y - top)
        if missing > 0:
            _push_down(axis, row - count, row, gap - count - 1, gap, missing // 2)
            y += missing
        level.band_rects.append(Rect(level.header, top, 0, y - top))
    axis.end = y
    return axis


def heading_length(name: str) -> int:
    """Least height of a lane or pool in which its name fits into its heading, on two lines when it is long."""
    full = text.width(name, text.TASK_FONT)
    return int(full + 20) if full <= 130 else int(max(150, full * 0.58 + 30))


def _push_down(axis: _Axis, row: int, row_end: int, gap: int, gap_end: int, by: int) -> None:
    for k in range(row, row_end):
        axis.band_start[k] += by
        axis.band_middle[k] += by
    for k in range(gap + 1, gap_end):
        axis.first_track[k] += by


def _reach(grid: Grid, node: Node) -> tuple[int, int]:
    """How far the node and all that is written above and below it reach from its middle."""
    above = below = node.h // 2
    if node.outer_label:
        label = text.label_size(node.name).height + LABEL_GAP
        if node.is_gateway:
            above += label
        else:
            below += label
    for event in grid.level.boundary(node.id):
        name = text.label_size(event.name).height if event.name else 0
        reach = node.h // 2 + EVENT_HALF + (name + LABEL_GAP if name else 0)
        if grid.side.get(event.id, 1) > 0:
            below = max(below, reach)
        else:
            above = max(above, reach)
    if node.above:
        above += SATELLITE + max(_artifact_room(a)[1] for a in node.above)
    if node.below:
        below += SATELLITE + max(_artifact_room(a)[1] for a in node.below)
    return above, below


def _event_subs(level: Level, lane: int, y: int) -> int:
    """Event sub-processes stand in a strip of their own at the bottom of their lane. Returns its height."""
    members = [n for n in level.proper() if n.event_sub and n.lane == lane]
    x = level.header + OUTER_GAP
    for node in members:
        node.rect = Rect(x, y, node.w, node.h)
        x += node.w + COLUMN_GAP
    return max((n.h for n in members), default=-ROW_PAD) + ROW_PAD


# satellites and flows --------------------------------------------------------------------------------------------


def _artifact_room(artifact: Artifact) -> tuple[int, int]:
    """Room of an artifact with the name below it."""
    if artifact.kind == "textAnnotation" or not artifact.name:
        return artifact.w, artifact.h
    label = text.label_size(artifact.name)
    return max(artifact.w, label.width), artifact.h + label.height + LABEL_GAP


def _place_satellites(node: Node) -> None:
    label = text.label_size(node.name).height + LABEL_GAP if node.outer_label else 0
    for side, sign in ((node.above, -1), (node.below, 1)):
        x = node.rect.cx - (sum(_artifact_room(a)[0] + 12 for a in side) - 12) // 2
        for artifact in side:
            w, h = _artifact_room(artifact)
            if sign < 0:
                y = node.rect.y - (label if node.is_gateway else 0) - SATELLITE - h
            else:
                y = node.rect.bottom + (label if node.is_event else 0) + SATELLITE
            artifact.rect = Rect(x + (w - artifact.w) // 2, y, artifact.w, artifact.h)
            x += w + 12


def _path(
    grid: Grid, level: Level, parts: list[Stretch], tracks: Tracks, across: _Axis, down: _Axis, source: str, target: str
) -> Path:
    def position(part: Stretch) -> int:
        line: Line = (grid.xs if part.upright else grid.ys)[part.line]
        axis = across if part.upright else down
        if line.in_gap:
            return axis.first_track[line.gap] + TRACK * tracks.track[part.unit]
        return axis.band_middle[line.band] + line.offset

    a, b = level.nodes[source].rect, level.nodes[target].rect
    points: list[Point] = [(a.cx, a.cy)]
    for first, second in pairwise(parts):
        x, y = (position(first), position(second)) if first.upright else (position(second), position(first))
        points.append((x, y))
    points.append((b.cx, b.cy))
    path = straightened(points)
    path[0], path[-1] = clipped(path[0], path[1], a), clipped(path[-1], path[-2], b)
    return straightened(path)
