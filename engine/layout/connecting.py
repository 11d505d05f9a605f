"""Message flows and associations: drawn last, around everything that stands already.

They are routed with A* on lines a little beside the shapes and the flows that are there, in final coordinates.
"""

from __future__ import annotations

from engine.layout import labels, packing, text
from engine.layout.geometry import Path, Point, Rect, segments
from engine.layout.model import Artifact, Diagram, Level, Link, Node, Pool
from engine.layout.wiring import Field, Port

ASIDE = 24  # between the places on the border of an activity where messages can leave or arrive
ARROW = 8  # length of an arrow's head


def connect(diagram: Diagram) -> None:
    """Set path and label of every link whose ends are drawn; the others keep an empty path and are not written."""
    scene = _Scene(diagram)
    _place_loose(diagram)
    for link in sorted(diagram.links, key=lambda k: k.kind == "messageFlow"):
        if link.kind != "messageFlow":
            link.path = scene.association(link)
            scene.keep(link)
    for link in sorted((k for k in diagram.links if k.kind == "messageFlow"), key=scene.length):
        link.path = scene.message(link)
        scene.keep(link)
    for link in diagram.links:
        if link.kind == "messageFlow" and link.name and link.path:
            path = link.path[::-1] if scene.is_box(link.target) else link.path
            link.label = scene.board.pick(link.id, labels.line_places(link.name, path, ARROW))


def _place_loose(diagram: Diagram) -> None:
    """Artifacts of the collaboration itself stand in a row above everything."""
    x = min(p.rect.x for p in diagram.pools)
    top = min(p.rect.y for p in diagram.pools)
    for artifact in diagram.loose:
        artifact.rect = Rect(x, top - 40 - artifact.h, artifact.w, artifact.h)
        x += artifact.w + 40


class _Scene:
    """Everything drawn so far, by id."""

    def __init__(self, diagram: Diagram) -> None:
        self.pools: dict[str, Pool] = {p.id: p for p in diagram.pools if p.id}
        self.nodes: dict[str, Rect] = {}
        self.artifacts: dict[str, Artifact] = {a.id: a for a in diagram.loose}
        self.paths: dict[str, Path] = {}
        self.inside: dict[str, set[str]] = {}  # node -> sub-processes around it
        self.solid: dict[str, Rect] = {}
        self.soft: list[Rect] = []
        self.around: set[str] = set()  # sub-processes: labels may stand in them
        borders: list[Rect] = []
        for pool in diagram.pools:
            if pool.level:
                self._take(pool.level, set())
                borders += [Rect(b.x, b.bottom - 1, b.w, 2) for b in pool.level.band_rects]
            elif pool.id:
                self.solid[pool.id] = pool.rect
        self.solid |= {a.id: a.rect for a in self.artifacts.values()}
        shapes = [r for i, r in self.solid.items() if i not in self.around]
        self.board = labels.Board([*shapes, *self.soft], self.paths.values(), borders)

    def _take(self, level: Level, around: set[str]) -> None:
        for node in level.nodes.values():
            self.nodes[node.id] = node.rect
            self.solid[node.id] = node.rect
            self.inside[node.id] = around
            if node.inner:
                self.around.add(node.id)
                self._take(node.inner, around | {node.id})
        for artifact in level.artifacts.values():
            self.artifacts[artifact.id] = artifact
            self.inside[artifact.id] = around
            if node.inner and node.name:
                self.soft.append(_title(node))
        self.soft += list(level.labels.values())
        self.paths |= {f.id: f.path for f in level.flows if f.path}
        self.soft += [Rect(f.path[-1][0], f.path[-1][1], 0, 0).grown(ARROW + 8) for f in level.flows if f.path]

    def is_box(self, element: str) -> bool:
        return element in self.pools and self.pools[element].level is None

    def rect(self, element: str) -> Rect | None:
        if element in self.pools:
            return self.pools[element].rect
        if element in self.artifacts:
            return self.artifacts[element].rect
        return self.nodes.get(element)

    def length(self, link: Link) -> tuple[int, int]:
        a, b = self.rect(link.source), self.rect(link.target)
        if a is None or b is None:
            return (0, 0)
        dx = 0 if link.source in self.pools or link.target in self.pools else abs(a.cx - b.cx)
        return (min(abs(a.y - b.bottom), abs(b.y - a.bottom)) + dx, a.x)

    def keep(self, link: Link) -> None:
        if link.path:
            self.paths[link.id] = link.path
            self.board.add_line(link.path)

    def _field(self, *ends: str) -> Field:
        """Where a line between these ends may run: through the sub-processes around them, through nothing else."""
        free: set[str] = set(ends)
        for end in ends:
            free |= self.inside.get(end, set())
        solid = {i: r for i, r in self.solid.items() if i not in free}
        own = [r for e in ends if e not in self.pools and (r := self.rect(e)) is not None]
        area = placing_area([p.rect for p in self.pools.values()] + list(self.solid.values()))
        return Field(list(solid.values()), own, self.soft, list(self.paths.values()), area)

    # messages ---------------------------------------------------------------------------------------------------

    def message(self, link: Link) -> Path:
        a, b = self.rect(link.source), self.rect(link.target)
        if a is None or b is None:
            return []
        if link.source in self.pools and link.target in self.pools:
            low, high = max(a.x, b.x), min(a.right, b.right)
            x = (low + high) // 2
            return [(x, a.bottom), (x, b.y)] if a.y < b.y else [(x, a.y), (x, b.bottom)]
        field = self._field(link.source, link.target)
        if link.source in self.pools:
            path = field.route(self._ports(link.target, a), self._border(link.source, b))
            return path[::-1]
        if link.target in self.pools:
            return field.route(self._ports(link.source, b), self._border(link.target, a))
        return field.route(self._ports(link.source, b), self._ports(link.target, a))

    def _ports(self, element: str, towards: Rect) -> list[Port]:
        """Places on the border of a node where a message can leave or arrive, the side towards the other end first."""
        r = self.nodes[element]
        up = towards.cy < r.cy
        reach = (r.w // 2 - 12) // ASIDE if r.w >= 100 else 0
        ports = []
        for side, sign in (("top", -1), ("bottom", 1)):
            for k in range(-reach, reach + 1):
                price = (0.0 if (sign < 0) == up else 150.0) + min(40.0, 8.0 * abs(k))
                ports.append(Port((r.cx + k * ASIDE, r.y if side == "top" else r.bottom), (0, sign), price))
        ports += [Port((r.x, r.cy), (-1, 0), 120.0), Port((r.right, r.cy), (1, 0), 120.0)]
        return ports

    def _border(self, pool: str, other: Rect) -> tuple[Rect, bool]:
        """The long side of a pool that faces the other end, as (rectangle, is it the upper side?)."""
        r = self.pools[pool].rect
        return r, other.cy < r.cy

    # associations -----------------------------------------------------------------------------------------------

    def association(self, link: Link) -> Path:
        ends: list[Rect] = []
        for element in (link.source, link.target):
            if element in self.paths:
                x, y = _halfway(self.paths[element])
                ends.append(Rect(x, y, 0, 0))
            elif (rect := self.rect(element)) is not None:
                ends.append(rect)
        if len(ends) < 2:
            return []
        a, b = ends
        straight = _straight(a, b)
        others = [r for i, r in self.solid.items() if i not in self._around(link)]
        others += [x.rect for i, x in self.artifacts.items() if i not in (link.source, link.target)]
        if straight and not any(_hits(straight, r) for r in others):
            return straight
        ports = [Port(p, d, 0.0) for p, d in _sides(a)], [Port(p, d, 0.0) for p, d in _sides(b)]
        return self._field(link.source, link.target).route(*ports) or straight or [(a.cx, a.cy), (b.cx, b.cy)]

    def _around(self, link: Link) -> set[str]:
        ends = {link.source, link.target}
        return ends | self.inside.get(link.source, set()) | self.inside.get(link.target, set())


def _title(node: Node) -> Rect:
    """Where the name of a sub-process stands."""
    size = text.size(node.name, node.w - 20, text.TASK_FONT)
    return Rect(node.rect.cx - size.width // 2, node.rect.y + 4, size.width, size.height)


def placing_area(rects: list[Rect]) -> Rect:
    """The whole drawing with a margin for lines around it."""
    x, y = min(r.x for r in rects), min(r.y for r in rects)
    right, bottom = max(r.right for r in rects), max(r.bottom for r in rects)
    return Rect(x, y, right - x, bottom - y).grown(4 * packing.TRACK)


def _halfway(path: Path) -> Point:
    """The middle of the longest segment."""
    (x1, y1), (x2, y2) = max(segments(path), key=lambda s: abs(s[0][0] - s[1][0]) + abs(s[0][1] - s[1][1]))
    return (x1 + x2) // 2, (y1 + y2) // 2


def _straight(a: Rect, b: Rect) -> Path | None:
    """One upright or level line between two rectangles, if they stand above or beside each other."""
    low, high = max(a.x, b.x), min(a.right, b.right)
    if low <= high and (a.bottom <= b.y or b.bottom <= a.y):
        small = a if a.w <= b.w else b
        x = min(max(small.cx, low), high)
        return [(x, a.bottom), (x, b.y)] if a.bottom <= b.y else [(x, a.y), (x, b.bottom)]
    low, high = max(a.y, b.y), min(a.bottom, b.bottom)
    if low <= high and (a.right <= b.x or b.right <= a.x):
        small = a if a.h <= b.h else b
        y = min(max(small.cy, low), high)
        return [(a.right, y), (b.x, y)] if a.right <= b.x else [(a.x, y), (b.right, y)]
    return None


def _hits(path: Path, rect: Rect) -> bool:
    (x1, y1), (x2, y2) = path
    line = Rect(min(x1, x2), min(y1, y2), max(1, abs(x1 - x2)), max(1, abs(y1 - y2)))
    return line.overlap(rect) > 0


def _sides(r: Rect) -> list[tuple[Point, Point]]:
    return [((r.cx, r.y), (0, -1)), ((r.cx, r.bottom), (0, 1)), ((r.x, r.cy), (-1, 0)), ((r.right, r.cy), (1, 0))]
