"""What happens to the file: nothing but its diagram information changes."""

from __future__ import annotations

import re

import pytest

from engine.layout import LayoutError, layout
from engine.layout.quality import measure
from tests.layout.builder import Process, random_process

DIAGRAM = re.compile(rb"\s*<bpmndi:BPMNDiagram.*</bpmndi:BPMNDiagram>\s*", re.DOTALL)


def simple() -> bytes:
    p = Process()
    p.chain(p.node("startEvent", "เริ่ม"), p.node("userTask", "งาน"), p.node("endEvent"))
    return p.xml()


def test_the_rest_of_the_file_stays_byte_for_byte() -> None:
    before = simple().replace(
        b"<bpmn:process ",
        b"<!-- \xe0\xb8\x81 a comment with <bpmndi:BPMNDiagram> in it -->\n<bpmn:process\n   data-x='1'  ",
    )
    before = before.replace(b"isExecutable", b'xmlns:krabuan="https://krabuan.org/schema/1.0" isExecutable')
    before = before.replace(
        b"\n</bpmn:process>",
        b"<bpmn:extensionElements><krabuan:x a='&#10;'/></bpmn:extensionElements>\n</bpmn:process>",
    )
    after = layout(before)
    start = after.rindex(b"\n  <bpmndi:BPMNDiagram ")
    end = after.index(b"</bpmndi:BPMNDiagram>", start) + len(b"</bpmndi:BPMNDiagram>")
    assert after[:start] + after[end:] == before


def test_the_same_input_gives_the_same_bytes() -> None:
    xml = random_process(7).xml()
    assert layout(xml) == layout(xml)


def test_a_second_layout_changes_nothing() -> None:
    once = layout(random_process(3).xml())
    assert layout(once) == once


def test_old_diagram_information_is_replaced() -> None:
    poor = (
        b'<di2:BPMNDiagram xmlns:di2="http://www.omg.org/spec/BPMN/20100524/DI" id="old"><di2:BPMNPlane id="p" '
        b'bpmnElement="Process_1" /></di2:BPMNDiagram>\n</bpmn:definitions>'
    )
    after = layout(simple().replace(b"</bpmn:definitions>", poor))
    assert b"di2:" not in after
    assert after == layout(simple())


def test_windows_line_ends_are_kept() -> None:
    after = layout(simple().replace(b"\n", b"\r\n"))
    assert b"\r\n" in after
    assert not re.search(rb"(?<!\r)\n", after)


def test_other_encodings_become_utf_8() -> None:
    text = simple().decode().replace("UTF-8", "UTF-16")
    after = layout(text.encode("utf-16"))
    assert "เริ่ม" in after.decode("utf-8")
    assert measure(after).flawless


def test_ids_of_the_drawing_avoid_those_of_the_file() -> None:
    taken = (
        simple().replace(b'id="Definitions_1"', b'id="BPMNPlane_1"').replace(b'id="Process_1"', b'id="userTask_2_di"')
    )
    ids = re.findall(rb' id="([^"]+)"', layout(taken))
    assert len(ids) == len(set(ids))


def test_flows_to_nowhere_are_left_out() -> None:
    broken = simple().replace(b'targetRef="endEvent_3"', b'targetRef="gone"')
    assert layout(broken).count(b"BPMNEdge id") == 1


@pytest.mark.parametrize(
    "xml",
    [
        b"",
        b"not xml",
        b"<a/>",
        b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" />',
        b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p" /></definitions>',
        b'<!DOCTYPE definitions [<!ENTITY e "x">]>' + simple().split(b"?>\n", 1)[1],
        simple()[:-40],
    ],
)
def test_what_cannot_be_drawn_is_refused(xml: bytes) -> None:
    with pytest.raises(LayoutError):
        layout(xml)
