"""The path of a case on its diagram: as SVG and as a page of the summary, drawn where the file says."""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from api.diagram_figures import Drawing, Line, Shape, Text, Went, drawing, went
from api.diagram_page import draw
from api.diagram_svg import INK, svg
from api.evidence_bundle import Made, write_bundle
from api.evidence_path import SVG
from api.pdf_sheet import Sheet
from engine.history.verify import Verification
from engine.queries.case_evidence import Evidence

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 4, 10, 9, tzinfo=UTC)
HOSTILE = "&lt;script&gt;alert(1)&lt;/script&gt; &amp;amp; ก็\t😀 ]]&gt;"
SPACES = (
    'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:b="http://www.omg.org/spec/BPMN/20100524/DI" '
    'xmlns:c="http://www.omg.org/spec/DD/20100524/DC" xmlns:d="http://www.omg.org/spec/DD/20100524/DI"'
)


def shape(of: str, x: int, y: int, w: int, h: int) -> str:
    return f'<b:BPMNShape bpmnElement="{of}"><c:Bounds x="{x}" y="{y}" width="{w}" height="{h}"/></b:BPMNShape>'


def edge(of: str, *points: tuple[int, int]) -> str:
    drawn = "".join(f'<d:waypoint x="{x}" y="{y}"/>' for x, y in points)
    return f'<b:BPMNEdge bpmnElement="{of}">{drawn}</b:BPMNEdge>'


def diagram(plane: str, name: str = "ตรวจคำขอ") -> str:
    flows = '<sequenceFlow id="f1" sourceRef="s" targetRef="a"/><sequenceFlow id="f2" sourceRef="a" targetRef="e"/>'
    nodes = f'<startEvent id="s"/><userTask id="a" name="{name}"/><endEvent id="e"/>'
    drawn = f'<b:BPMNDiagram><b:BPMNPlane bpmnElement="p">{plane}</b:BPMNPlane></b:BPMNDiagram>' if plane else ""
    return f'<definitions {SPACES}><process id="p">{nodes}{flows}</process>{drawn}</definitions>'


PLANE = (
    shape("s", 0, 20, 36, 36) + shape("a", 100, 0, 100, 80) + shape("e", 260, 20, 36, 36)
    + edge("f1", (36, 38), (100, 38)) + edge("f2", (200, 38), (260, 38)) + shape("gone", 0, 0, 9, 9)
)  # fmt: skip


def event(type_: str, element: str, key: int) -> dict[str, Any]:
    return {"type": type_, "elementId": element, "elementInstanceKey": key}


PATH = went([
    event("element-activated", "s", 1), event("element-completed", "s", 1), event("flow-taken", "f1", 0),
    event("element-activated", "a", 2), event("element-completed", "a", 2),
    event("element-activated", "a", 3), event("element-terminated", "a", 3),
    event("element-activated", "a", 4), event("element-completed", "a", 4), event("flow-taken", "f2", 0),
    event("element-activated", "e", 5), {"type": "comment-written", "elementId": None, "elementInstanceKey": None},
])  # fmt: skip


def drawn(xml: str, path: Went = PATH) -> Drawing:
    found = drawing(xml, path, lambda _id, name: name)
    assert found is not None
    return found


def test_where_a_case_went_is_read_from_its_history() -> None:
    assert (set(PATH.taken), set(PATH.now)) == ({"f1", "f2"}, {"e"})
    assert PATH.completed == {"s": 1, "a": 2}, "what was terminated was not completed"


def test_what_it_went_through_is_told_from_where_it_stands_and_from_the_rest() -> None:
    figures = drawn(diagram(PLANE)).figures
    shapes = {(f.x, f.form): f.tone for f in figures if isinstance(f, Shape)}
    assert shapes == {(0, "circle"): "taken", (100, "round"): "taken", (260, "circle"): "now"}
    untouched = drawn(diagram(PLANE), Went(frozenset({"f1"}), {}, frozenset())).figures
    assert [f.tone for f in untouched if isinstance(f, Line)] == ["taken", "plain"]
    assert {f.tone for f in untouched if isinstance(f, Shape)} == {"plain"}
    assert [f.lines for f in figures if isinstance(f, Text)] == [("ตรวจคำขอ",), ("×2",)]


def test_nothing_that_somebody_named_runs_or_breaks_the_file() -> None:
    made = svg(drawn(diagram(PLANE, HOSTILE)), "<a & b>")
    root = etree.fromstring(made.encode())
    names = {etree.QName(e).localname for e in root.iter()}
    assert names <= {"svg", "title", "rect", "ellipse", "polygon", "polyline", "text", "tspan"}
    assert "alert(1)" in "".join(str(text) for text in root.itertext())
    assert not [name for e in root.iter() for name in e.attrib if str(name).startswith("on") or "href" in str(name)]


@pytest.mark.parametrize("xml", [diagram(""), "<no", f"<definitions {SPACES}/>", diagram("<b:BPMNShape/>")])
def test_without_a_place_for_anything_nothing_is_drawn(xml: str) -> None:
    assert drawing(xml, PATH, lambda _id, name: name) is None


def test_a_page_is_as_large_as_its_diagram() -> None:
    wide = PLANE.replace('x="260" y="20" width', 'x="4000" y="20" width')
    for plane, width in ((PLANE, 595.28), (wide, 4036 * 0.75 + 84)):
        with Sheet("t", "f", NOW) as sheet:
            sheet.say("before")
            draw(sheet, drawn(diagram(plane)), "เส้นทาง", "หมายเหตุ")
            assert sheet.page_no() == 2
            made = sheet.made()
        boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ", made)
        assert [round(float(box)) for box in boxes][-1] == round(width)


def test_the_diagrams_of_every_documented_process_are_drawn() -> None:
    files = sorted((ROOT / "processes").glob("*/*.bpmn"))
    for file in files:
        made = drawn(file.read_text(encoding="utf-8"), Went(frozenset(), {}, frozenset()))
        tasks = sum(isinstance(f, Shape) and f.form == "round" for f in made.figures)
        assert tasks >= 1 and made.w > 300, file.name
        assert INK["taken"] not in svg(made, file.name)
    assert files


def test_it_stands_in_the_bundle_and_in_its_manifest() -> None:
    case = {
        "processInstanceKey": "7", "processDefinitionId": "p", "processDefinitionName": "คำขอ", "processNameEn": None,
        "processDefinitionVersion": 1, "businessId": None, "state": "ACTIVE", "startDate": "2026-04-10T09:00:00.000000Z",
        "endDate": None, "startedBy": "ann", "processDefinitionKey": "5",
    }  # fmt: skip
    found = Verification(7, True, 0, "0", None)
    for xml, there in ((diagram(PLANE), True), (diagram(""), False)):
        out = io.BytesIO()
        evidence = Evidence(case, True, [], [], found, None, {"diagrams/5.bpmn": xml})
        write_bundle(out, evidence, {}, Quiet(), Made("auditor", NOW, "th", "Asia/Bangkok"), lambda _id: b"")
        with zipfile.ZipFile(out) as archive:
            named = {file["path"] for file in json.loads(archive.read("manifest.json"))["files"]}
            assert (SVG in archive.namelist(), SVG in named) == (there, there)


class Quiet:
    """A key that says nothing."""

    def sign(self, body: str) -> str:
        return "signed" if body else ""

    def public_pem(self) -> str:
        return "key"
