"""A diagram with the path of a case on it, as figures that a page of a PDF and an SVG are drawn from.

What is drawn is what the file's own diagram information says: places and lines are never worked out anew. Units are
pixels of the diagram, y grows downwards.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from lxml import etree

from api.lines import broken
from engine.layout.model import LayoutError
from engine.layout.reading import ACTIVITIES, DC, DD, DI, EVENTS, GATEWAYS, SUB_PROCESSES, local, parse
from engine.layout.text import LABEL_FONT, width

Tone = Literal["plain", "taken", "now"]
Point = tuple[float, float]
NAME, SMALL, LINE = 12.0, 11.0, 1.25  # sizes of letters in pixels; of a line, in sizes


@dataclass(frozen=True, slots=True)
class Shape:
    """An outline: `rings` is how many, one within the other; `bold` a thick one."""

    form: Literal["box", "round", "circle", "diamond"]
    x: float
    y: float
    w: float
    h: float
    tone: Tone
    rings: int = 1
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line through points; an arrow ends in a head."""

    points: tuple[Point, ...]
    tone: Tone
    arrow: bool = False
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """Lines of text, in the middle of `x`; `y` is the upper edge of the first."""

    lines: tuple[str, ...]
    x: float
    y: float
    size: float
    bold: bool = False
    tone: Tone = "plain"


@dataclass(slots=True)
class Drawing:
    """What is drawn first lies below. The box around all of it has its corner at (`x`, `y`)."""

    figures: list[Shape | Line | Text] = field(default_factory=list)
    x: float = 0
    y: float = 0
    w: float = 0
    h: float = 0


@dataclass(frozen=True, slots=True)
class Went:
    """Where a case went: flows it took, how often each element was completed, and where it stands."""

    taken: frozenset[str]
    completed: Mapping[str, int]
    now: frozenset[str]

    def tone(self, element: str) -> Tone:
        """How an element is drawn."""
        if element in self.now:
            return "now"
        return "taken" if element in self.taken or element in self.completed else "plain"


def went(events: Iterable[Mapping[str, Any]]) -> Went:
    """From the history of a case: {type, elementId, elementInstanceKey}."""
    taken, completed, now = set[str](), Counter[str](), dict[Any, str]()
    for event in events:
        element, key = event["elementId"], event["elementInstanceKey"]
        if element is None:
            continue
        if event["type"] == "flow-taken":
            taken.add(element)
        elif event["type"] == "element-activated":
            now[key] = element
        elif event["type"] in ("element-completed", "element-terminated"):
            now.pop(key, None)
            completed[element] += event["type"] == "element-completed"
    return Went(frozenset(taken), {k: n for k, n in completed.items() if n}, frozenset(now.values()))


def drawing(xml: str, path: Went, called: Callable[[str, str], str]) -> Drawing | None:
    """None where the file has no diagram information. `called` says what an element is called, by its id and the name
    that the file gives it."""
    try:
        root = parse(xml.encode())
    except LayoutError:
        return None
    elements = {e.get("id", ""): e for e in root.iter() if local(e)}
    plane = root.find(f"{{{DI}}}BPMNDiagram/{{{DI}}}BPMNPlane")
    if plane is None:
        return None
    made = Drawing()
    shapes, edges = plane.findall(f"{{{DI}}}BPMNShape"), plane.findall(f"{{{DI}}}BPMNEdge")
    # what holds others is larger, and lies below them
    for each in sorted(shapes, key=_area, reverse=True):
        _draw_shape(made, each, elements, path, called)
    for each in edges:
        _draw_edge(made, each, elements, path, called)
    return _measured(made)


def _bounds(di: etree._Element) -> tuple[float, float, float, float] | None:
    found = di.find(f"{{{DC}}}Bounds")
    if found is None:
        return None
    x, y, w, h = (float(found.get(name, "0")) for name in ("x", "y", "width", "height"))
    return x, y, w, h


def _area(di: etree._Element) -> float:
    box = _bounds(di)
    return 0 if box is None else box[2] * box[3]


def _label(di: etree._Element) -> tuple[float, float, float, float] | None:
    label = di.find(f"{{{DI}}}BPMNLabel")
    return None if label is None else _bounds(label)


def _draw_shape(
    made: Drawing, di: etree._Element, elements: Mapping[str, etree._Element], path: Went,
    called: Callable[[str, str], str],
) -> None:  # fmt: skip
    element, box = elements.get(di.get("bpmnElement", "")), _bounds(di)
    if element is None or box is None:
        return
    x, y, w, h = box
    id_, kind = element.get("id", ""), local(element)
    holds = kind in SUB_PROCESSES and di.get("isExpanded") != "false"
    tone: Tone = "plain" if holds and id_ not in path.completed else path.tone(id_)
    name = called(id_, element.get("name", ""))
    if kind in EVENTS:
        rings = 2 if kind in ("intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent") else 1
        made.figures.append(Shape("circle", x, y, w, h, tone, rings, kind == "endEvent"))
    elif kind in GATEWAYS:
        made.figures.append(Shape("diamond", x, y, w, h, tone))
        made.figures += _sign(kind, x + w / 2, y + h / 2, tone)
    else:
        form: Literal["round", "box"] = "round" if kind in ACTIVITIES else "box"
        made.figures.append(Shape(form, x, y, w, h, tone, bold=kind == "callActivity"))
    if name:
        made.figures.append(_name(name, kind, box, _label(di), holds))
    count = path.completed.get(id_, 0)
    if count > 1:
        made.figures.append(Text((f"×{count}",), x + w, y - SMALL * LINE, SMALL, True, "taken"))


def _sign(kind: str, x: float, y: float, tone: Tone) -> list[Shape | Line | Text]:
    """What is drawn within a gateway."""
    if kind == "parallelGateway":
        return [Line(((x - 9, y), (x + 9, y)), tone), Line(((x, y - 9), (x, y + 9)), tone)]
    if kind == "exclusiveGateway":
        return [Line(((x - 7, y - 7), (x + 7, y + 7)), tone), Line(((x - 7, y + 7), (x + 7, y - 7)), tone)]
    return [Shape("circle", x - 9, y - 9, 18, 18, tone, 2 if kind == "eventBasedGateway" else 1)]


def _name(
    name: str, kind: str, box: tuple[float, float, float, float], label: tuple[float, float, float, float] | None,
    holds: bool,
) -> Text:  # fmt: skip
    x, y, w, h = box
    if label is not None and (kind in EVENTS or kind in GATEWAYS):
        lines = broken(name, max(label[2], 40), SMALL)
        return Text(tuple(lines), label[0] + label[2] / 2, label[1], SMALL)
    if kind in EVENTS or kind in GATEWAYS:
        return Text(tuple(broken(name, 110, SMALL)), x + w / 2, y + h + 3, SMALL)
    lines = broken(name, max(w - 12, 40), NAME)
    if kind in ACTIVITIES and not holds:
        return Text(tuple(lines), x + w / 2, y + max(2, (h - len(lines) * NAME * LINE) / 2), NAME)
    # what holds others is wider than a page: it is called in its corner
    lines = broken(name, max(min(w - 50, 500), 40), NAME)[:2]
    half = max(width(line) for line in lines) * NAME / LABEL_FONT / 2
    return Text(tuple(lines), x + 40 + half, y + 4, NAME, kind == "participant")


def _draw_edge(
    made: Drawing, di: etree._Element, elements: Mapping[str, etree._Element], path: Went,
    called: Callable[[str, str], str],
) -> None:  # fmt: skip
    element = elements.get(di.get("bpmnElement", ""))
    points = tuple((float(p.get("x", "0")), float(p.get("y", "0"))) for p in di.findall(f"{{{DD}}}waypoint"))
    if element is None or len(points) < 2:
        return
    flow = local(element) == "sequenceFlow"
    arrow = flow or local(element) == "messageFlow"
    made.figures.append(Line(points, path.tone(element.get("id", "")), arrow, not flow))
    name, label = called(element.get("id", ""), element.get("name", "")), _label(di)
    if name and label is not None:
        lines = tuple(broken(name, max(label[2], 40), SMALL))
        made.figures.append(Text(lines, label[0] + label[2] / 2, label[1], SMALL))


def _measured(made: Drawing) -> Drawing | None:
    xs, ys = list[float](), list[float]()
    for figure in made.figures:
        if isinstance(figure, Line):
            xs += [x for x, _ in figure.points]
            ys += [y for _, y in figure.points]
        elif isinstance(figure, Shape):
            xs += [figure.x, figure.x + figure.w]
            ys += [figure.y, figure.y + figure.h]
        else:
            half = max(len(line) for line in figure.lines) * figure.size * 0.3
            xs += [figure.x - half, figure.x + half]
            ys += [figure.y, figure.y + len(figure.lines) * figure.size * LINE]
    if not xs:
        return None
    made.x, made.y, made.w, made.h = min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)
    return made
