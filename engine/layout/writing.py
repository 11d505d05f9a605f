"""Diagram information into the file: the old one is cut out and the new one put in; no other byte changes."""

from __future__ import annotations

from xml.parsers import expat
from xml.sax.saxutils import quoteattr

from lxml import etree

from engine.layout.geometry import Path, Rect
from engine.layout.model import Diagram, Lane, Level
from engine.layout.reading import DC, DD, DI


class _Writer:
    """Collects the lines of the diagrams, with ids that nothing else in the file has."""

    def __init__(self, taken: set[str]) -> None:
        self.taken = taken
        self.lines: list[str] = []

    def fresh(self, wish: str) -> str:
        name, k = wish, 2
        while name in self.taken:
            name, k = f"{wish}_{k}", k + 1
        self.taken.add(name)
        return name

    def shape(self, element: str, rect: Rect, label: Rect | None = None, flags: str = "") -> None:
        name = quoteattr(self.fresh(f"{element}_di"))
        self.lines.append(f"      <bpmndi:BPMNShape id={name} bpmnElement={quoteattr(element)}{flags}>")
        self.lines.append(f"        {_bounds(rect)}")
        self._label(label)
        self.lines.append("      </bpmndi:BPMNShape>")

    def edge(self, element: str, path: Path, label: Rect | None = None) -> None:
        if len(path) < 2:
            return
        name = quoteattr(self.fresh(f"{element}_di"))
        self.lines.append(f"      <bpmndi:BPMNEdge id={name} bpmnElement={quoteattr(element)}>")
        self.lines += [f'        <di:waypoint x="{x}" y="{y}" />' for x, y in path]
        self._label(label)
        self.lines.append("      </bpmndi:BPMNEdge>")

    def _label(self, label: Rect | None) -> None:
        if label:
            self.lines.append("        <bpmndi:BPMNLabel>")
            self.lines.append(f"          {_bounds(label)}")
            self.lines.append("        </bpmndi:BPMNLabel>")

    def diagram(self, diagram: Diagram) -> None:
        names = f' xmlns:bpmndi="{DI}" xmlns:dc="{DC}" xmlns:di="{DD}"'
        self.lines.append(f"  <bpmndi:BPMNDiagram{names} id={quoteattr(self.fresh('BPMNDiagram_1'))}>")
        plane = quoteattr(self.fresh("BPMNPlane_1"))
        self.lines.append(f"    <bpmndi:BPMNPlane id={plane} bpmnElement={quoteattr(diagram.plane)}>")
        for pool in diagram.pools:
            if pool.id:
                self.shape(pool.id, pool.rect, flags=' isHorizontal="true"')
            if pool.level:
                self._level(pool.level)
        for artifact in diagram.loose:
            self.shape(artifact.id, artifact.rect)
        for link in diagram.links:
            self.edge(link.id, link.path, link.label)
        self.lines.append("    </bpmndi:BPMNPlane>")
        self.lines.append("  </bpmndi:BPMNDiagram>")

    def _level(self, level: Level) -> None:
        for lane in level.lanes:
            self._lane(lane)
        for node in sorted(level.nodes.values(), key=lambda n: n.host is not None):
            flags = ' isMarkerVisible="true"' if node.kind == "exclusiveGateway" else ""
            flags += ' isExpanded="true"' if node.inner else ""
            self.shape(node.id, node.rect, level.labels.get(node.id), flags)
            if node.inner:
                self._level(node.inner)
        for artifact in level.artifacts.values():
            self.shape(artifact.id, artifact.rect, level.labels.get(artifact.id))
        for flow in level.flows:
            self.edge(flow.id, flow.path, level.labels.get(flow.id))

    def _lane(self, lane: Lane) -> None:
        if lane.id:
            self.shape(lane.id, lane.rect, flags=' isHorizontal="true"')
        for child in lane.children:
            self._lane(child)


def _bounds(r: Rect) -> str:
    return f'<dc:Bounds x="{r.x}" y="{r.y}" width="{r.w}" height="{r.h}" />'


def write(xml: bytes, root: etree._Element, diagrams: list[Diagram]) -> bytes:
    """The file with these diagrams as its only diagram information. Files not in UTF-8 become UTF-8."""
    encoding = (root.getroottree().docinfo.encoding or "UTF-8").upper()
    if encoding not in ("UTF-8", "ASCII", "US-ASCII") or xml.startswith((b"\xff\xfe", b"\xfe\xff")):
        xml = etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=True)
    cut, end = _spans(xml)
    taken = {e.get("id", "") for e in root.iter() if isinstance(e.tag, str)}
    taken -= {e.get("id", "") for d in root.findall(f"{{{DI}}}BPMNDiagram") for e in d.iter() if isinstance(e.tag, str)}
    writer = _Writer(taken)
    for diagram in diagrams:
        writer.diagram(diagram)
    kept, position = b"", 0
    for start, stop in cut:
        kept += xml[position:start].rstrip(b" \t\r\n")
        position = stop
    kept += xml[position:end].rstrip(b" \t\r\n")
    newline = b"\r\n" if b"\r\n" in xml else b"\n"
    text = newline.join(line.encode("utf-8") for line in writer.lines)
    return kept + newline + text + newline + xml[end:]


def _spans(xml: bytes) -> tuple[list[tuple[int, int]], int]:
    """Byte ranges of the diagrams in the file, and where the end tag of its outermost element begins."""
    parser = expat.ParserCreate(namespace_separator=" ")
    cut: list[tuple[int, int]] = []
    depth = 0
    begin = end = 0

    def started(name: str, _attributes: object) -> None:
        nonlocal depth, begin
        depth += 1
        if depth == 2 and name == f"{DI} BPMNDiagram":
            begin = parser.CurrentByteIndex

    def ended(name: str) -> None:
        nonlocal depth, end
        if depth == 2 and name == f"{DI} BPMNDiagram":
            cut.append((begin, xml.index(b">", parser.CurrentByteIndex) + 1))
        depth -= 1
        if depth == 0:
            end = parser.CurrentByteIndex

    parser.StartElementHandler = started
    parser.EndElementHandler = ended
    parser.Parse(xml, True)
    return cut, end
