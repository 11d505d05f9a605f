"""One level after the other, innermost first: a sub-process is as large as its content needs."""

from __future__ import annotations

from engine.layout import extents, grid, labels, packing, placing, ranking, routing, rows, text, tracks
from engine.layout.geometry import Rect, crossing, segments
from engine.layout.model import HEADING, Lane, Level, Node

TITLE_PAD = 12
MARKER = 12  # the symbol at the bottom of a sub-process reaches that much further than the gap there
TRIES = 4  # to make room for labels


def arrange(level: Level) -> None:
    """Lay out the level and all levels inside it, each in coordinates of its own that begin at 0, 0."""
    for node in level.nodes.values():
        if node.inner and node.inner.nodes:
            arrange(node.inner)
            node.w, node.h = node.inner.w, node.inner.h + title_height(node)
            if level.boundary(node.id):
                node.h += extents.EVENT_HALF  # they reach that far into the sub-process
            elif node.marked:
                node.h += MARKER
            node.w, node.h = node.w + node.w % 2, node.h + node.h % 2
    level.header = HEADING * (1 + max((_depth(lane) for lane in level.lanes), default=-1))
    _seat_satellites(level)
    ranking.rank(level)
    rows.assign(level)
    cells = grid.build(level)
    tries = [tracks.assign(cells, routing.Router(cells, turn).run()) for turn in range(routing.TURNS)]
    _settle(level, cells, min(tries, key=lambda found: _effort(level, cells, found)))
    for node in level.proper():
        if node.event_sub:
            level.w = max(level.w, node.rect.right + packing.OUTER_GAP)
    _place_loose(level)
    labels.place(level)


def _effort(level: Level, cells: grid.Grid, found: tracks.Tracks) -> float:
    """What the flows ask of the eye when drawn this way."""
    placing.place(cells, found, packing.Wishes())
    lines = [segments(flow.path) for flow in level.flows]
    effort = 0.0
    for k, line in enumerate(lines):
        effort += routing.BEND * max(0, len(line) - 1)
        effort += sum(abs(a[0] - b[0]) + abs(a[1] - b[1]) for a, b in line) / 2
        for other in lines[k + 1 :]:
            effort += routing.CROSS * sum(1 for a in line for b in other if crossing(a, b))
    return effort


def _settle(level: Level, cells: grid.Grid, found: tracks.Tracks) -> None:
    """Coordinates, with gaps widened where a label would otherwise cover something."""
    wishes = packing.Wishes()
    placing.place(cells, found, wishes)
    covering = labels.place(level)
    for _ in range(TRIES):
        if not covering:
            return
        wider = packing.Wishes(dict(wishes.extra))
        for element in covering:
            wider.widen(cells, element)
        placing.place(cells, found, wider)
        now = labels.place(level)
        if len(now) >= len(covering):
            break
        wishes, covering = wider, now
    placing.place(cells, found, wishes)


def title_height(node: Node) -> int:
    """Room above the content of a sub-process for its name."""
    if not node.name or not node.inner:
        return 0
    return text.size(node.name, max(100, node.inner.w - 20), text.TASK_FONT).height + TITLE_PAD


def move(level: Level, dx: int, dy: int) -> None:
    """Shift the level and, with it, everything inside it; inner levels get their final coordinates here."""
    level.band_rects = [Rect(r.x, r.y, level.w - r.x, r.h).moved(dx, dy) for r in level.band_rects]
    for lane in level.lanes:
        _place_lane(lane, level)
    for flow in level.flows:
        flow.path = [(x + dx, y + dy) for x, y in flow.path]
    level.labels = {i: r.moved(dx, dy) for i, r in level.labels.items()}
    for artifact in level.artifacts.values():
        artifact.rect = artifact.rect.moved(dx, dy)
    for node in level.nodes.values():
        node.rect = node.rect.moved(dx, dy)
        if node.inner and node.inner.nodes:
            move(node.inner, node.rect.x, node.rect.y + title_height(node))


def _depth(lane: Lane) -> int:
    return max([lane.depth, *[_depth(child) for child in lane.children]])


def _place_lane(lane: Lane, level: Level) -> Rect:
    """A lane spans its bands; its left edge leaves room for the headings of the lanes around it."""
    right = max(r.right for r in level.band_rects)
    left = min(r.x for r in level.band_rects) - level.header + HEADING * lane.depth
    if lane.leaf is not None:
        band = level.band_rects[lane.leaf]
        lane.rect = Rect(left, band.y, right - left, band.h)
    else:
        parts = [_place_lane(child, level) for child in lane.children]
        top, bottom = min(p.y for p in parts), max(p.bottom for p in parts)
        lane.rect = Rect(left, top, right - left, bottom - top)
    return lane.rect


def _seat_satellites(level: Level) -> None:
    """Annotations above, data below their node; never where the node's label or its boundary events are."""
    for artifact in level.artifacts.values():
        if artifact.host is None:
            continue
        host = level.nodes[artifact.host]
        host = level.nodes[host.host] if host.host else host
        above = artifact.kind == "textAnnotation"
        if host.outer_label:
            above = not host.is_gateway
        elif level.boundary(host.id):
            above = True
        (host.above if above else host.below).append(artifact)


def _place_loose(level: Level) -> None:
    """Artifacts connected with nothing stand in a row below everything else."""
    loose = [a for a in level.artifacts.values() if a.host is None]
    if not loose:
        return
    x, y = level.header + packing.OUTER_GAP, level.h + 4
    for artifact in loose:
        artifact.rect = Rect(x, y, artifact.w, artifact.h)
        x += max(artifact.w, text.label_size(artifact.name).width) + packing.COLUMN_GAP
    grown = max(a.h for a in loose) + 60
    last = level.band_rects[-1]
    level.band_rects[-1] = Rect(last.x, last.y, last.w, last.h + grown)
    level.w, level.h = max(level.w, x), level.h + grown
