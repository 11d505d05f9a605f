"""Labels of events, gateways and flows: each where it covers least, the usual place first."""

from __future__ import annotations

from collections.abc import Iterable

from engine.layout import text
from engine.layout.extents import LABEL_GAP, STROKE
from engine.layout.geometry import Path, Rect, segment_rect, segments
from engine.layout.model import Artifact, Level, Node

OVER_SHAPE = 20.0
OVER_LINE = 8.0
OVER_BORDER = 3.0
LATER = 12.0  # price of the next best place
MARGIN = 2


class Board:
    """What is on the drawing already, and the places given to labels so far."""

    def __init__(self, shapes: Iterable[Rect], lines: Iterable[Path], borders: Iterable[Rect] = ()) -> None:
        self.shapes = list(shapes)
        self.lines = [segment_rect(s, 1) for path in lines for s in segments(path)]
        self.borders = list(borders)
        self.covering: list[str] = []

    def add_line(self, path: Path) -> None:
        self.lines += [segment_rect(s, 1) for s in segments(path)]

    def cost(self, rect: Rect) -> float:
        """0 when the place is free."""
        cost = sum(OVER_SHAPE * _share(rect, s) for s in self.shapes)
        cost += sum(OVER_LINE * _share(rect, s) for s in self.lines)
        return cost + sum(OVER_BORDER * _share(rect, s) for s in self.borders)

    def pick(self, label: str, places: list[Rect]) -> Rect:
        """Take the best of the places, the first ones preferred; note the label if even that is not free."""
        costs = [(self.cost(place) + LATER * k / len(places), k) for k, place in enumerate(places)]
        cost, number = min(costs)
        best = places[number]
        if cost > OVER_BORDER * 20 + LATER:
            self.covering.append(label)
        self.shapes.append(best.grown(MARGIN))
        return best


def _share(rect: Rect, other: Rect) -> float:
    area = rect.overlap(other)
    return 0.0 if not area else 10.0 + area / 10


def place(level: Level) -> list[str]:
    """Set `labels` of the level, in its own coordinates. Returns the ids of those that cover something."""
    borders = [Rect(level.header, b.bottom - 1, level.w, 2) for b in level.band_rects]
    shapes = [n.rect for n in level.nodes.values()] + [a.rect for a in level.artifacts.values()]
    board = Board(shapes, [f.path for f in level.flows], borders)
    level.labels = {}
    for artifact in level.artifacts.values():
        if artifact.name and artifact.kind != "textAnnotation":
            level.labels[artifact.id] = board.pick(artifact.id, artifact_places(artifact))
    for node in level.nodes.values():
        if node.outer_label:
            level.labels[node.id] = board.pick(node.id, _node_places(node))
    for flow in level.flows:
        if flow.name and flow.path:
            places = line_places(flow.name, flow.path, STROKE if flow.default else 0)
            level.labels[flow.id] = board.pick(flow.id, places)
    return board.covering


def artifact_places(artifact: Artifact) -> list[Rect]:
    size, r = text.label_size(artifact.name), artifact.rect
    w, h = size.width, size.height
    return [Rect(r.cx - w // 2, r.bottom + 4, w, h), Rect(r.right + 4, r.cy - h // 2, w, h)]


def _node_places(node: Node) -> list[Rect]:
    size, r = text.label_size(node.name), node.rect
    w, h = size.width, size.height
    above, below = r.y - h - LABEL_GAP, r.bottom + LABEL_GAP
    middle = [Rect(r.cx - w // 2, y, w, h) for y in (above, below)]
    upper = [Rect(x, y, w, h) for y in (above + 4, above - 4) for x in (r.cx - w - 8, r.cx + 8)]
    lower = [Rect(x, y, w, h) for y in (below - 4, below + 4) for x in (r.cx - w - 8, r.cx + 8)]
    sides = [Rect(x, r.cy + dy, w, h) for dy in (4, -h - 4) for x in (r.right + 3, r.x - w - 3)]
    if node.host is not None:
        outside = [Rect(x, r.cy + 5, w, h) for x in (r.right + 2, r.x - w - 2)]
        above_it = [Rect(x, r.cy - h - 5, w, h) for x in (r.right + 2, r.x - w - 2)]
        farther = [Rect(x, r.bottom + dy, w, h) for dy in (2, 9, 16) for x in (r.cx + 6, r.cx - w - 6)]
        farther += [Rect(x, r.y - h - dy, w, h) for dy in (2, 9, 16) for x in (r.cx + 6, r.cx - w - 6)]
        return outside + above_it + farther + middle[1:] + sides
    if node.is_gateway:
        return middle[:1] + upper + middle[1:] + lower + sides
    return middle[1:] + lower + middle[:1] + upper + sides


def line_places(name: str, path: Path, skip: int = 0) -> list[Rect]:
    """Places along a line, near its beginning first, but not on its first `skip` pixels."""
    size = text.label_size(name)
    w, h = size.width, size.height
    places: list[Rect] = []
    for (x1, y1), (x2, y2) in segments(path):
        if y1 == y2:
            for off in (5, 12, 20, 30):
                if abs(x2 - x1) >= w * 0.6:
                    x = x1 + off + skip if x2 > x1 else x1 - off - skip - w
                    places += [Rect(x, y1 - h - 3, w, h), Rect(x, y1 + 4, w, h)]
        else:
            for off in (4, 12, 22, 34):
                y = y1 + off + skip if y2 > y1 else y1 - off - skip - h
                places += [Rect(x1 + 5, y, w, h), Rect(x1 - w - 5, y, w, h)]
        skip = 0
    x, y = path[0]
    return places or [Rect(x + 4, y - h - 3, w, h)]
