"""From positions of columns, rows and tracks to rectangles and paths. No flow is routed here."""

from __future__ import annotations

from itertools import pairwise

from engine.layout import extents, packing, text
from engine.layout.geometry import Path, Point, Rect, clipped, straightened
from engine.layout.grid import Grid
from engine.layout.model import Node
from engine.layout.tracks import Stretch, Tracks


def place(grid: Grid, tracks: Tracks, wishes: packing.Wishes) -> None:
    """Set the rectangles of nodes, lanes' bands and artifacts, the paths of flows, and the size of the level."""
    level = grid.level
    x = packing.across(grid, tracks, wishes)
    y = packing.down(grid, tracks, wishes, x)
    for node in level.proper():
        if not node.event_sub:
            cx, cy = x.middle[node.column], y.middle[grid.row_of[node.id]]
            node.rect = Rect(cx - node.w // 2, cy - node.h // 2, node.w, node.h)
            _place_satellites(node)
    for node in level.nodes.values():
        if node.host is not None:
            host = level.nodes[node.host].rect
            cx = host.cx + grid.offset.get(node.id, 0)
            cy = host.bottom if grid.side.get(node.id, 1) > 0 else host.y
            node.rect = Rect(cx - node.w // 2, cy - node.h // 2, node.w, node.h)
    level.w, level.h = x.end, y.end
    for flow in level.flows:
        parts = tracks.ways.get(flow.id)
        if parts:
            a, b = level.nodes[flow.source].rect, level.nodes[flow.target].rect
            flow.path = _path(grid, parts, a, b, (x, y))


def _place_satellites(node: Node) -> None:
    label = text.label_size(node.name).height + extents.LABEL_GAP if node.outer_label else 0
    for side, sign in ((node.above, -1), (node.below, 1)):
        x = node.rect.cx - (sum(extents.artifact_room(a)[0] + extents.BESIDE for a in side) - extents.BESIDE) // 2
        for artifact in side:
            w, h = extents.artifact_room(artifact)
            if sign < 0:
                y = node.rect.y - (label if node.is_gateway else 0) - extents.SATELLITE - h
            else:
                y = node.rect.bottom + (label if node.is_event else 0) + extents.SATELLITE
            artifact.rect = Rect(x + (w - artifact.w) // 2, y, artifact.w, artifact.h)
            x += w + extents.BESIDE


def _path(
    grid: Grid, parts: list[Stretch], a: Rect, b: Rect, positions: tuple[packing.Positions, packing.Positions]
) -> Path:
    """The way through the turns between the parts, from border to border."""
    x, y = positions
    points: list[Point] = [(a.cx, a.cy)]
    for first, second in pairwise(parts):
        upright, level = (first, second) if first.upright else (second, first)
        points.append((packing.position(grid, upright, x), packing.position(grid, level, y)))
    points.append((b.cx, b.cy))
    path = straightened(points)
    path[0], path[-1] = clipped(path[0], path[1], a), clipped(path[-1], path[-2], b)
    return straightened(path)
