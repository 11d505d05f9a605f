"""Pools: those with content one below the other, black boxes above or below, next to the nodes that they talk to."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

from engine.layout import arranging, extents
from engine.layout.geometry import Rect
from engine.layout.model import HEADING, Diagram, Pool
from engine.layout.reading import levels

ORIGIN_X, ORIGIN_Y = 160, 80
BOX_HEIGHT = 60
BOX_LEAST = 240  # width
BETWEEN = 46  # between pools, plus room for message flows
PER_MESSAGE = 6
ASIDE = 70  # how far a black box reaches beyond the nodes that it talks to
BEYOND = 300  # so much wider still where there is room: its name is to be seen next to its messages
MOST_TRIED = 8  # black boxes for which every distribution above and below is tried


@dataclass(slots=True)
class _Box:
    pool: Pool
    low: int
    high: int
    heights: list[int]  # of the nodes that it talks to

    def middle(self) -> float:
        return (self.low + self.high) / 2


def stack(diagram: Diagram) -> None:
    """Put every pool in its place and move its content there."""
    white = [p for p in diagram.pools if p.level]
    black = [p for p in diagram.pools if not p.level]
    width = max([p.level.w + (HEADING if p.id else 0) for p in white if p.level], default=600)
    gap = BETWEEN + PER_MESSAGE * sum(1 for x in diagram.links if x.kind == "messageFlow")
    y = ORIGIN_Y
    for pool in white:
        assert pool.level is not None
        heading = HEADING if pool.id else 0
        _fill_height(pool)
        pool.level.w = width - heading
        arranging.move(pool.level, ORIGIN_X + heading, y)
        pool.rect = Rect(ORIGIN_X, y, width, pool.level.h)
        y += pool.level.h + gap
    if not white:
        for pool in black:
            pool.rect = Rect(ORIGIN_X, y, width, BOX_HEIGHT)
            y += BOX_HEIGHT + gap
        return
    _place_boxes(diagram, [_box(diagram, p) for p in black], Rect(ORIGIN_X, ORIGIN_Y, width, y - gap - ORIGIN_Y))


def _fill_height(pool: Pool) -> None:
    """A pool is high enough for its own name: the last lane grows."""
    assert pool.level is not None
    missing = extents.heading_length(pool.name) - pool.level.h if pool.id else 0
    if missing > 0:
        last = pool.level.band_rects[-1]
        pool.level.band_rects[-1] = Rect(last.x, last.y, last.w, last.h + missing)
        pool.level.h += missing


def _box(diagram: Diagram, pool: Pool) -> _Box:
    rects = {n.id: n.rect for p in diagram.pools if p.level for x in levels(p.level) for n in x.nodes.values()}
    partners: list[Rect] = []
    for link in diagram.links:
        for a, b in ((link.source, link.target), (link.target, link.source)):
            if a == pool.id and b in rects:
                partners.append(rects[b])
    if not partners:
        return _Box(pool, 0, 0, [])
    low, high = min(r.cx for r in partners) - ASIDE, max(r.cx for r in partners) + ASIDE
    missing = max(0, BOX_LEAST - (high - low))
    return _Box(pool, low - missing // 2, high + missing // 2, [r.cy for r in partners])


def _place_boxes(diagram: Diagram, boxes: list[_Box], area: Rect) -> None:
    """Distribute the black boxes above and below so that messages are short and boxes don't stand behind each other."""
    best: tuple[float, tuple[int, ...]] | None = None
    tried = boxes[:MOST_TRIED]
    for sides in product((1, -1), repeat=len(tried)):
        cost = 0.0
        for box, side in zip(tried, sides, strict=True):
            cost += sum((area.bottom - h if side > 0 else h - area.y) / 100 for h in box.heights)
        for k, (a, side_a) in enumerate(zip(tried, sides, strict=True)):
            for b, side_b in list(zip(tried, sides, strict=True))[k + 1 :]:
                if side_a == side_b and a.heights and b.heights and a.low < b.high and b.low < a.high:
                    cost += 4
        if best is None or cost < best[0] - 1e-9:
            best = (cost, sides)
    chosen = best[1] if best else ()
    gap = BETWEEN + PER_MESSAGE * sum(1 for x in diagram.links if x.kind == "messageFlow")
    for side in (1, -1):
        members = [b for b, s in zip(tried, chosen, strict=True) if s == side]
        members += boxes[MOST_TRIED:] if side > 0 else []
        _place_side(members, area, side, gap)


def _place_side(boxes: list[_Box], area: Rect, side: int, gap: int) -> None:
    y = area.bottom + gap if side > 0 else area.y - gap - BOX_HEIGHT
    for tier in _tiers(boxes):
        tier.sort(key=_Box.middle)
        alone = len(tier) == 1
        for k, box in enumerate(tier):
            low = area.x if k == 0 else (tier[k - 1].high + box.low) // 2 + 10
            high = area.right if k == len(tier) - 1 else (box.high + tier[k + 1].low) // 2 - 10
            if box.heights:
                reach = 0 if alone and len(boxes) > 1 else BEYOND
                low, high = max(low, box.low - reach), min(high, box.high + reach)
            box.pool.rect = Rect(low, y, high - low, BOX_HEIGHT)
        y += side * (BOX_HEIGHT + gap)


def _tiers(boxes: list[_Box]) -> list[list[_Box]]:
    """Boxes whose reaches overlap stand behind each other, the one with the shorter reach nearer."""
    tiers: list[list[_Box]] = []
    talking = sorted((b for b in boxes if b.heights), key=lambda b: b.high - b.low)
    for box in talking:
        for tier in tiers:
            if all(box.low >= b.high or b.low >= box.high for b in tier):
                tier.append(box)
                break
        else:
            tiers.append([box])
    return tiers + [[b] for b in boxes if not b.heights]
