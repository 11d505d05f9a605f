"""The drawing of a file, read back for the tests."""

from __future__ import annotations

from lxml import etree

from engine.layout.geometry import Path, Rect
from engine.layout.reading import DC, DD, DI


class Drawing:
    """Shapes, edges and labels by the id of their BPMN element."""

    def __init__(self, xml: bytes) -> None:
        root = etree.fromstring(xml)
        self.shapes: dict[str, Rect] = {}
        self.edges: dict[str, Path] = {}
        self.labels: dict[str, Rect] = {}
        self.flags: dict[str, dict[str, str]] = {}
        for element in root.iter(f"{{{DI}}}BPMNShape", f"{{{DI}}}BPMNEdge"):
            name = element.get("bpmnElement", "")
            self.flags[name] = dict(element.attrib)
            bounds = element.find(f"{{{DC}}}Bounds")
            if bounds is not None:
                self.shapes[name] = _rect(bounds)
            points = [(int(w.get("x", "")), int(w.get("y", ""))) for w in element.findall(f"{{{DD}}}waypoint")]
            if points:
                self.edges[name] = points
            label = element.find(f"{{{DI}}}BPMNLabel/{{{DC}}}Bounds")
            if label is not None:
                self.labels[name] = _rect(label)


def _rect(bounds: etree._Element) -> Rect:
    x, y, w, h = (int(bounds.get(k, "")) for k in ("x", "y", "width", "height"))
    return Rect(x, y, w, h)
