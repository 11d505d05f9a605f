"""Each flaw that `measure` counts, in a drawing that has just that one."""

from __future__ import annotations

import re

import pytest

from engine.layout import layout
from engine.layout.quality import Quality, measure
from tests.layout.builder import Process

MODEL = """<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
 xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"
 xmlns:di="http://www.omg.org/spec/DD/20100524/DI">
<bpmn:process id="P"><bpmn:userTask id="A" name="a" />
<bpmn:exclusiveGateway id="G" name="ใช่?" /><bpmn:userTask id="B" />
<bpmn:sequenceFlow id="F" sourceRef="A" targetRef="G" /><bpmn:sequenceFlow id="H" sourceRef="G" targetRef="B" />
</bpmn:process><bpmndi:BPMNDiagram id="D"><bpmndi:BPMNPlane id="Q" bpmnElement="P">{shapes}</bpmndi:BPMNPlane>
</bpmndi:BPMNDiagram></bpmn:definitions>"""

GOOD = {
    "A": (0, 0, 100, 80),
    "G": (200, 15, 50, 50),
    "B": (400, 0, 100, 80),
    "F": [(100, 40), (200, 40)],
    "H": [(250, 40), (400, 40)],
    "label": (200, 70, 50, 14),
}


AROUND = [(50, 0), (50, -20), (225, -20), (225, 15)]


def drawing(**changes: object) -> Quality:
    parts = {**GOOD, **changes}
    text = ""
    for name in ("A", "G", "B"):
        if parts[name]:
            x, y, w, h = parts[name]  # type: ignore[misc]
            inner = f'<dc:Bounds x="{x}" y="{y}" width="{w}" height="{h}" />'
            if name == "G":
                x, y, w, h = parts["label"]  # type: ignore[misc]
                bounds = f'<dc:Bounds x="{x}" y="{y}" width="{w}" height="{h}" />'
                inner += f"<bpmndi:BPMNLabel>{bounds}</bpmndi:BPMNLabel>"
            text += f'<bpmndi:BPMNShape id="{name}_di" bpmnElement="{name}">{inner}</bpmndi:BPMNShape>'
    for name in ("F", "H"):
        points = "".join(f'<di:waypoint x="{x}" y="{y}" />' for x, y in parts[name])  # type: ignore[attr-defined]
        text += f'<bpmndi:BPMNEdge id="{name}_di" bpmnElement="{name}">{points}</bpmndi:BPMNEdge>'
    return measure(MODEL.format(shapes=text).encode())


def test_a_good_drawing_has_no_flaw() -> None:
    assert drawing() == Quality()
    assert drawing().flawless


@pytest.mark.parametrize(
    ("flaw", "changes"),
    [
        ("missing", {"B": None, "H": [(250, 40), (400, 40)]}),
        ("overlaps", {"B": (230, 50, 100, 80), "H": [(225, 65), (225, 90), (230, 90)], "label": (200, -2, 50, 14)}),
        ("loose_ends", {"F": [(110, 40), (200, 40)]}),
        ("slanted", {"H": [(250, 40), (400, 60)]}),
        ("edges_through_shapes", {"H": [(200, 40), (90, 40), (90, 120), (450, 120), (450, 80)], "F": AROUND}),
        ("edges_on_edges", {"H": [(200, 40), (150, 40), (150, 120), (450, 120), (450, 80)]}),
        ("labels_over_shapes", {"label": (60, 50, 50, 14)}),
        ("labels_over_edges", {"label": (130, 35, 50, 14)}),
        ("cramped_names", {"label": (200, 70, 14, 14)}),
        ("crossings", {"F": [(50, 80), (50, 150), (300, 150), (300, -20), (225, -20), (225, 15)]}),
    ],
)  # fmt: skip
def test_each_flaw_is_counted(flaw: str, changes: dict[str, object]) -> None:
    quality = drawing(**changes)
    assert getattr(quality, flaw) == 1
    assert quality.flawless is (flaw == "crossings")


def test_shapes_outside_their_lane_are_counted() -> None:
    p = Process(lanes=["หนึ่ง", "สอง"])
    p.chain(p.node("startEvent", "", 0), p.node("userTask", "งาน", 1))
    xml = layout(p.xml())
    assert measure(xml).flawless
    moved = re.sub(rb'(bpmnElement="Lane_1"[^>]*>\s*<dc:Bounds x="\d+" y=")\d+', rb"\g<1>9999", xml)
    assert measure(moved).outside == 2  # the task is not in its lane, the lane not in its pool


def test_a_file_without_a_drawing_lacks_everything() -> None:
    p = Process()
    p.chain(p.node("startEvent"), p.node("endEvent"))
    assert measure(p.xml()).missing == 3


def test_labels_over_labels_are_counted() -> None:
    p = Process()
    p.chain(p.node("startEvent", "หนึ่ง"), p.node("endEvent", "สอง"))
    xml = layout(p.xml())
    labels = list(re.finditer(rb"<bpmndi:BPMNLabel>.*?</bpmndi:BPMNLabel>", xml, re.DOTALL))
    first, second = labels[0].group(), labels[1].group()
    assert measure(xml.replace(second, first)).labels_over_labels == 1


def test_a_name_across_the_symbol_of_its_task_is_counted() -> None:
    p = Process()
    p.chain(p.node("startEvent"), p.node("userTask", "ตรวจสอบข้อเท็จจริงและเสนอผู้อำนวยการเพื่อพิจารณาอนุมัติ"))
    xml = layout(p.xml())
    assert measure(xml).cramped_names == 0
    assert measure(re.sub(rb'height="(9|10|11)\d"', b'height="60"', xml)).cramped_names == 1
