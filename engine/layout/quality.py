"""What a reader would stumble over in a drawing, counted from the diagram information of a file."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from engine.layout import sizing, text
from engine.layout.geometry import Path, Point, Rect, crossing, segment_rect, segments, shared_length
from engine.layout.reading import ACTIVITIES, DC, DD, DI, FLOW_NODES, SUB_PROCESSES, local, parse

CONTAINERS = SUB_PROCESSES | {"lane", "participant", "group"}
FLOWS = frozenset({"sequenceFlow", "messageFlow"})
EDGES = FLOWS | {"association", "dataInputAssociation", "dataOutputAssociation"}
SHAPES = FLOW_NODES | {"lane", "participant", "dataObjectReference", "dataStoreReference", "textAnnotation"}
SLACK = 1  # pixels that rounding may cost


@dataclass(slots=True)
class Quality:
    """Counts, and in `notes` the elements concerned. All counts but `crossings` and `bends` ought to be 0."""

    missing: int = 0  # elements without a place on the drawing
    overlaps: int = 0  # pairs of shapes that cover each other and are not container and content
    outside: int = 0  # shapes that stick out of the lane, pool or sub-process that they belong to
    loose_ends: int = 0  # ends of edges that are not on the border of their shape
    edges_through_shapes: int = 0
    slanted: int = 0  # sequence and message flows with a part that is neither level nor upright
    edges_on_edges: int = 0  # pairs of unrelated edges that run on the same line
    labels_over_shapes: int = 0
    labels_over_labels: int = 0
    labels_over_edges: int = 0
    cramped_names: int = 0  # names that do not fit into their box, or in a task only across its symbol
    crossings: int = 0
    bends: int = 0
    notes: list[str] = field(default_factory=list)

    @property
    def flawless(self) -> bool:
        """True when nothing is hidden, covered or detached; crossings and bends may remain."""
        return not (
            self.missing + self.overlaps + self.outside + self.loose_ends + self.edges_through_shapes + self.slanted
            + self.edges_on_edges + self.labels_over_shapes + self.labels_over_labels + self.labels_over_edges
            + self.cramped_names
        )  # fmt: skip


@dataclass(slots=True)
class _Drawing:
    shapes: dict[str, Rect]
    edges: dict[str, Path]
    labels: dict[str, Rect]
    elements: dict[str, etree._Element]
    parents: dict[str, list[str]]  # element -> containers around it, as the model has it

    def kind(self, element: str) -> str:
        return local(self.elements[element])

    def related(self, a: str, b: str) -> bool:
        """Is one the container of the other, or one attached to the other?"""
        if a in self.parents[b] or b in self.parents[a]:
            return True
        return self.elements[a].get("attachedToRef") == b or self.elements[b].get("attachedToRef") == a

    def ends(self, edge: str) -> tuple[str, str]:
        element = self.elements[edge]
        source, target = element.get("sourceRef", ""), element.get("targetRef", "")
        owner = element.getparent()
        if source or owner is None or local(element) not in EDGES:
            return source, target
        texts = [(c.text or "").strip() for c in element if local(c) in ("sourceRef", "targetRef")]
        other = texts[0] if texts else ""
        mine = owner.get("id", "")
        if local(element) == "dataOutputAssociation":
            other = next(((c.text or "").strip() for c in element if local(c) == "targetRef"), "")
            return mine, other
        return other, mine


def measure(xml: bytes) -> Quality:
    """Count the flaws of the drawing in the file. Raises LayoutError when it is no BPMN."""
    drawing = _read(parse(xml))
    quality = Quality()
    _missing(drawing, quality)
    _shapes(drawing, quality)
    _edges(drawing, quality)
    _pairs_of_edges(drawing, quality)
    _labels(drawing, quality)
    _names(drawing, quality)
    return quality


def _read(root: etree._Element) -> _Drawing:
    elements = {e.get("id", ""): e for e in root.iter() if local(e) and e.get("id")}
    drawing = _Drawing({}, {}, {}, elements, {})
    for shape in root.iter(f"{{{DI}}}BPMNShape"):
        bounds = shape.find(f"{{{DC}}}Bounds")
        if bounds is not None and shape.get("bpmnElement", "") in elements:
            drawing.shapes[shape.get("bpmnElement", "")] = _rect(bounds)
    for edge in root.iter(f"{{{DI}}}BPMNEdge"):
        if edge.get("bpmnElement", "") in elements:
            drawing.edges[edge.get("bpmnElement", "")] = [_point(w) for w in edge.iter(f"{{{DD}}}waypoint")]
    for owner in root.iter(f"{{{DI}}}BPMNShape", f"{{{DI}}}BPMNEdge"):
        bounds = owner.find(f"{{{DI}}}BPMNLabel/{{{DC}}}Bounds")
        if bounds is not None and owner.get("bpmnElement", "") in elements:
            drawing.labels[owner.get("bpmnElement", "")] = _rect(bounds)
    drawing.parents = _parents(root, elements)
    return drawing


def _point(waypoint: etree._Element) -> Point:
    return round(float(waypoint.get("x", 0))), round(float(waypoint.get("y", 0)))


def _rect(bounds: etree._Element) -> Rect:
    x, y, w, h = (round(float(bounds.get(k, 0))) for k in ("x", "y", "width", "height"))
    return Rect(x, y, w, h)


def _parents(root: etree._Element, elements: dict[str, etree._Element]) -> dict[str, list[str]]:
    pools = {e.get("processRef", ""): i for i, e in elements.items() if local(e) == "participant"}
    lanes: dict[str, list[str]] = {}
    for lane in (e for e in elements.values() if local(e) == "lane"):
        for ref in lane:
            if local(ref) == "flowNodeRef":
                lanes.setdefault((ref.text or "").strip(), []).append(lane.get("id", ""))
    parents: dict[str, list[str]] = {}
    for element_id, element in elements.items():
        found: list[str] = []
        for around in element.iterancestors():
            name = around.get("id", "")
            if local(around) in CONTAINERS:
                found.append(name)
                found += lanes.get(name, [])
            elif name in pools:
                found.append(pools[name])
        own = lanes.get(element_id, [])
        for lane_id in own:
            found += [lane_id, *[a.get("id", "") for a in elements[lane_id].iterancestors() if local(a) == "lane"]]
        parents[element_id] = found
    return parents


def _missing(drawing: _Drawing, quality: Quality) -> None:
    for element_id, element in drawing.elements.items():
        kind = local(element)
        absent = (kind in SHAPES and element_id not in drawing.shapes) or (
            kind in FLOWS and len(drawing.edges.get(element_id, ())) < 2
        )
        if absent and "" not in drawing.parents[element_id]:
            quality.missing += 1
            quality.notes.append(f"missing: {element_id}")


def _shapes(drawing: _Drawing, quality: Quality) -> None:
    names = list(drawing.shapes)
    for k, a in enumerate(names):
        for b in names[k + 1 :]:
            apart = not drawing.shapes[a].grown(-SLACK).overlap(drawing.shapes[b])
            lanes = "lane" in (drawing.kind(a), drawing.kind(b)) and _lane_may_hold(drawing, a, b)
            if apart or drawing.related(a, b) or lanes:
                continue
            quality.overlaps += 1
            quality.notes.append(f"overlap: {a}, {b}")
        for around in drawing.parents[a]:
            shape = drawing.shapes.get(around)
            attached = drawing.kind(a) == "boundaryEvent"
            if shape and not attached and not shape.grown(SLACK).contains(drawing.shapes[a]):
                quality.outside += 1
                quality.notes.append(f"outside: {a} of {around}")


def _lane_may_hold(drawing: _Drawing, a: str, b: str) -> bool:
    """Artifacts and boundary events belong to no lane by the model, so they may stand in any."""
    kinds = {drawing.kind(a), drawing.kind(b)} - {"lane"}
    return bool(kinds & {"boundaryEvent", "textAnnotation", "dataObjectReference", "dataStoreReference"}) or any(
        not any(drawing.kind(p) == "lane" for p in drawing.parents[i]) for i in (a, b) if drawing.kind(i) in FLOW_NODES
    )


def _edges(drawing: _Drawing, quality: Quality) -> None:
    for edge, path in drawing.edges.items():
        ends = drawing.ends(edge)
        quality.bends += max(0, len(path) - 2)
        if drawing.kind(edge) in FLOWS and any(a[0] != b[0] and a[1] != b[1] for a, b in segments(path)):
            quality.slanted += 1
            quality.notes.append(f"slanted: {edge}")
        for end, point in zip(ends, (path[0], path[-1]), strict=True):
            if end in drawing.shapes and not drawing.shapes[end].on_border(point):
                quality.loose_ends += 1
                quality.notes.append(f"loose end: {edge} at {end}")
        for shape, rect in drawing.shapes.items():
            if _may_cross(drawing, edge, ends, shape):
                continue
            inner = rect.grown(-SLACK - 1)
            if any(segment_rect(s, 1).overlap(inner) for s in segments(path)):
                quality.edges_through_shapes += 1
                quality.notes.append(f"through: {edge} and {shape}")


def _may_cross(drawing: _Drawing, edge: str, ends: tuple[str, str], shape: str) -> bool:
    """Pools and lanes are crossed freely, sub-processes only by what begins or ends inside of them."""
    if drawing.kind(shape) in ("lane", "participant"):
        container = drawing.kind(shape) == "lane" or any(shape in p for p in drawing.parents.values())
        return container or shape in ends
    if shape in drawing.parents[edge]:
        return True
    return any(shape in drawing.parents.get(end, ()) for end in ends)


def _pairs_of_edges(drawing: _Drawing, quality: Quality) -> None:
    names = list(drawing.edges)
    for k, a in enumerate(names):
        for b in names[k + 1 :]:
            ends_a, ends_b = drawing.ends(a), drawing.ends(b)
            pairs = [(s, t) for s in segments(drawing.edges[a]) for t in segments(drawing.edges[b])]
            quality.crossings += sum(1 for s, t in pairs if crossing(s, t))
            related = ends_a[0] == ends_b[0] or ends_a[1] == ends_b[1]
            if not related and any(shared_length(s, t) > SLACK for s, t in pairs):
                quality.edges_on_edges += 1
                quality.notes.append(f"on each other: {a}, {b}")


def _labels(drawing: _Drawing, quality: Quality) -> None:
    names = list(drawing.labels)
    for k, a in enumerate(names):
        rect = drawing.labels[a].grown(-SLACK)
        for shape, other in drawing.shapes.items():
            solid = drawing.kind(shape) not in CONTAINERS
            if solid and rect.overlap(other):
                quality.labels_over_shapes += 1
                quality.notes.append(f"label over shape: {a} over {shape}")
        for b in names[k + 1 :]:
            if rect.overlap(drawing.labels[b]):
                quality.labels_over_labels += 1
                quality.notes.append(f"label over label: {a}, {b}")
        for edge, path in drawing.edges.items():
            if any(segment_rect(s, 1).overlap(rect) for s in segments(path)):
                quality.labels_over_edges += 1
                quality.notes.append(f"label over edge: {a} over {edge}")


def _names(drawing: _Drawing, quality: Quality) -> None:
    """Is there room for each name, with a little to spare for the letters of another browser?"""
    cramped = [label for label, rect in drawing.labels.items() if not _has_room(drawing.elements[label], rect)]
    for task, rect in drawing.shapes.items():
        if drawing.kind(task) in ACTIVITIES - SUB_PROCESSES:
            name = sizing.task_label(drawing.elements[task].get("name", ""), rect.w)
            if name.height + 2 * sizing.ICON > rect.h + SLACK:
                cramped.append(task)
    quality.cramped_names += len(cramped)
    quality.notes += [f"no room for the name: {element}" for element in cramped]


def _has_room(element: etree._Element, rect: Rect) -> bool:
    name = text.size(element.get("name", ""), rect.w - text.SPARE + 2)
    return name.width <= rect.w + SLACK and name.height <= rect.h + SLACK
