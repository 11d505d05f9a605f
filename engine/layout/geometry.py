"""Rectangles, points and axis-parallel segments. Units are pixels of the diagram, y grows downwards."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

Point = tuple[int, int]
Path = list[Point]
Segment = tuple[Point, Point]


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle; x and y are its upper left corner."""

    x: int
    y: int
    w: int
    h: int

    @property
    def right(self) -> int:
        return self.x + self.w

    @property
    def bottom(self) -> int:
        return self.y + self.h

    @property
    def cx(self) -> int:
        return self.x + self.w // 2

    @property
    def cy(self) -> int:
        return self.y + self.h // 2

    def moved(self, dx: int, dy: int) -> Rect:
        return Rect(self.x + dx, self.y + dy, self.w, self.h)

    def grown(self, margin: int) -> Rect:
        """The rectangle with `margin` more on each side (less, when negative)."""
        return Rect(self.x - margin, self.y - margin, self.w + 2 * margin, self.h + 2 * margin)

    def overlap(self, other: Rect) -> int:
        """Area that both share; 0 when they only touch."""
        w = min(self.x + self.w, other.x + other.w) - max(self.x, other.x)
        if w <= 0:
            return 0
        h = min(self.y + self.h, other.y + other.h) - max(self.y, other.y)
        return w * h if h > 0 else 0

    def contains(self, other: Rect) -> bool:
        return self.x <= other.x and self.y <= other.y and other.right <= self.right and other.bottom <= self.bottom

    def holds(self, point: Point) -> bool:
        """True inside and on the border."""
        return self.x <= point[0] <= self.right and self.y <= point[1] <= self.bottom

    def on_border(self, point: Point, slack: int = 1) -> bool:
        return self.grown(slack).holds(point) and not (
            self.x + slack < point[0] < self.right - slack and self.y + slack < point[1] < self.bottom - slack
        )


def hull(rects: Iterable[Rect]) -> Rect:
    """The smallest rectangle around `rects`, of which there must be one at least."""
    all_rects = list(rects)
    x, y = min(r.x for r in all_rects), min(r.y for r in all_rects)
    return Rect(x, y, max(r.right for r in all_rects) - x, max(r.bottom for r in all_rects) - y)


def segments(path: Sequence[Point]) -> list[Segment]:
    return list(pairwise(path))


def segment_rect(segment: Segment, margin: int = 0) -> Rect:
    (x1, y1), (x2, y2) = segment
    return Rect(min(x1, x2), min(y1, y2), abs(x1 - x2), abs(y1 - y2)).grown(margin)


def straightened(path: Sequence[Point]) -> Path:
    """The path without repeated points and without points on a straight line between their neighbours."""
    out: Path = []
    for point in path:
        if out and out[-1] == point:
            continue
        if len(out) > 1 and (out[-2][0] == out[-1][0] == point[0] or out[-2][1] == out[-1][1] == point[1]):
            out[-1] = point
        else:
            out.append(point)
    return out


def clipped(center: Point, towards: Point, rect: Rect) -> Point:
    """Where the axis-parallel line from `center` (inside `rect`) to `towards` leaves `rect`."""
    if center[0] == towards[0]:
        return (center[0], rect.y if towards[1] < center[1] else rect.bottom)
    return (rect.x if towards[0] < center[0] else rect.right, center[1])


def crossing(a: Segment, b: Segment) -> Point | None:
    """The point in which two axis-parallel segments cross, each within its inside; None otherwise."""
    (a1, a2), (b1, b2) = a, b
    if a1[1] == a2[1] and b1[0] == b2[0]:
        horizontal, vertical = a, b
    elif a1[0] == a2[0] and b1[1] == b2[1]:
        horizontal, vertical = b, a
    else:
        return None
    (x1, y), (x2, _) = horizontal
    (x, y1), (_, y2) = vertical
    if min(x1, x2) < x < max(x1, x2) and min(y1, y2) < y < max(y1, y2):
        return (x, y)
    return None


def shared_length(a: Segment, b: Segment) -> int:
    """Length that two axis-parallel segments on the same line have in common."""
    (a1, a2), (b1, b2) = a, b
    if a1[1] == a2[1] == b1[1] == b2[1]:
        k = 0
    elif a1[0] == a2[0] == b1[0] == b2[0]:
        k = 1
    else:
        return 0
    return max(0, min(max(a1[k], a2[k]), max(b1[k], b2[k])) - max(min(a1[k], a2[k]), min(b1[k], b2[k])))
