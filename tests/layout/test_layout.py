"""What a drawing looks like: reading direction, lanes, loops back, what hangs on activities, other pools."""

from __future__ import annotations

from itertools import pairwise

import pytest

from engine.layout import layout
from engine.layout.quality import measure
from tests.layout.builder import LANES, Process
from tests.layout.drawing import Drawing


def drawn(process: Process) -> Drawing:
    xml = layout(process.xml())
    quality = measure(xml)
    assert quality.flawless, quality.notes
    return Drawing(xml)


def approval() -> tuple[Process, dict[str, str]]:
    """Two lanes; a rejection leads back to the beginning."""
    p = Process(lanes=list(LANES[:2]))
    ids = {
        "start": p.node("startEvent", "รับเรื่อง", 0),
        "write": p.node("userTask", "จัดทำรายงาน", 0),
        "check": p.node("userTask", "ตรวจสอบ", 0),
        "decide": p.node("userTask", "พิจารณา", 1),
        "gate": p.node("exclusiveGateway", "เห็นชอบหรือไม่", 1),
        "end": p.node("endEvent", "เสร็จสิ้น", 1),
    }
    p.chain(ids["start"], ids["write"], ids["check"], ids["decide"], ids["gate"])
    ids["yes"] = p.flow(ids["gate"], ids["end"], "เห็นชอบ")
    ids["no"] = p.flow(ids["gate"], ids["write"], "ให้แก้ไข")
    return p, ids


def test_time_runs_from_left_to_right_and_the_main_path_is_straight() -> None:
    p, ids = approval()
    d = drawn(p)
    row = [d.shapes[ids[k]] for k in ("start", "write", "check")]
    assert all(a.right < b.x for a, b in pairwise(row))
    assert len({r.cy for r in row}) == 1
    assert d.shapes[ids["decide"]].right < d.shapes[ids["gate"]].x < d.shapes[ids["end"]].x


def test_work_handed_to_the_next_lane_stands_straight_below() -> None:
    p, ids = approval()
    d = drawn(p)
    assert d.shapes[ids["check"]].cx == d.shapes[ids["decide"]].cx


def test_lanes_are_bands_that_hold_their_nodes_in_the_order_of_the_file() -> None:
    p, ids = approval()
    d = drawn(p)
    first, second, pool = d.shapes["Lane_0"], d.shapes["Lane_1"], d.shapes["Pool"]
    assert first.bottom == second.y
    assert (first.x, first.w) == (second.x, second.w) == (pool.x + 30, pool.w - 30)
    assert (first.y, second.bottom) == (pool.y, pool.bottom)
    assert first.contains(d.shapes[ids["write"]])
    assert second.contains(d.shapes[ids["gate"]])


def test_a_rejection_leads_back_around_the_shapes_and_says_so_near_the_gateway() -> None:
    p, ids = approval()
    d = drawn(p)
    path, gate, label = d.edges[ids["no"]], d.shapes[ids["gate"]], d.labels[ids["no"]]
    assert path[0][1] in (gate.y, gate.bottom)
    assert path[-1][0] < path[0][0]
    assert abs(label.cx - gate.cx) < 100
    assert abs(label.cy - gate.cy) < 70


def test_tasks_are_wide_and_grow_with_their_names() -> None:
    p = Process()
    start, short = p.node("startEvent"), p.node("userTask", "ตรวจ")
    long = p.node("userTask", "จัดทำบันทึกข้อความเสนอผู้บังคับบัญชาเพื่อพิจารณาอนุมัติโครงการจัดหาระบบคอมพิวเตอร์ของหน่วยงานในสังกัด")
    p.chain(start, short, long)
    d = drawn(p)
    assert d.shapes[short].w == d.shapes[long].w >= 120
    assert d.shapes[short].h == 80
    assert d.shapes[long].h > 80


def test_boundary_events_sit_on_the_border_and_their_ways_do_not_cross() -> None:
    p = Process(lanes=list(LANES[:2]))
    start, task, end = p.node("startEvent"), p.node("userTask", "แจ้งเหตุ"), p.node("endEvent", "จบ")
    p.chain(start, task, end)
    events = []
    for hours in (24, 48, 60):
        event = p.boundary(task, f"ครบ {hours} ชั่วโมง")
        mail, done = p.node("sendTask", f"เตือน {hours}", 1), p.node("endEvent", "", 1)
        p.chain(event, mail, done)
        events.append(event)
    xml = layout(p.xml())
    d = Drawing(xml)
    host = d.shapes[task]
    assert all(d.shapes[e].cy == host.bottom for e in events)
    assert all(host.x < d.shapes[e].cx < host.right for e in events)
    assert measure(xml).flawless
    assert measure(xml).crossings == 0


def test_a_sub_process_is_expanded_and_holds_its_content() -> None:
    inner = Process(count=100)
    inner.chain(inner.node("startEvent"), inner.node("userTask", "ตรวจสอบ"), inner.node("endEvent"))
    p = Process()
    start, sub, end = p.node("startEvent"), p.node("subProcess", "ขั้นตอนย่อย", 0, inner.inner()), p.node("endEvent")
    p.chain(start, sub, end)
    d = drawn(p)
    assert d.flags[sub]["isExpanded"] == "true"
    assert all(d.shapes[sub].contains(d.shapes[i]) for i in d.shapes if i.split("_")[-1] in ("101", "102", "103"))


def test_an_event_sub_process_stands_apart_from_the_flow() -> None:
    inner = Process(count=100)
    inner.chain(inner.node("startEvent"), inner.node("endEvent"))
    p = Process()
    task = p.node("userTask", "ทำงาน")
    p.chain(p.node("startEvent"), task, p.node("endEvent"))
    sub = p.node("subProcess", "เมื่อถูกยกเลิก", 0, inner.inner(), extra=' triggeredByEvent="true"')
    d = drawn(p)
    assert d.shapes[sub].y > d.shapes[task].bottom


def test_other_authorities_stand_next_to_whom_they_talk_to() -> None:
    p = Process(lanes=list(LANES[:3]))
    nodes = [p.node("userTask", f"งาน {k}", k) for k in range(3)]
    p.chain(p.node("startEvent"), *nodes, p.node("endEvent", "", 2))
    p.message(nodes[0], p.pool("Box_top", "เจ้าของข้อมูล"), "แจ้ง")
    p.message(p.pool("Box_bottom", "สำนักงานฯ"), nodes[2], "ตอบ")
    d = drawn(p)
    assert d.shapes["Box_top"].bottom < d.shapes["Pool"].y
    assert d.shapes["Box_bottom"].y > d.shapes["Pool"].bottom


def test_annotations_and_data_hang_on_their_nodes() -> None:
    p = Process()
    task = p.node(
        "userTask",
        "พิจารณา",
        inner='<bpmn:dataOutputAssociation id="Out"><bpmn:targetRef>Data</bpmn:targetRef></bpmn:dataOutputAssociation>',
    )
    p.chain(p.node("startEvent"), task, p.node("endEvent"))
    p.add('<bpmn:dataObject id="DO" /><bpmn:dataObjectReference id="Data" name="รายงาน" dataObjectRef="DO" />')
    p.add('<bpmn:textAnnotation id="Note"><bpmn:text>ตามระเบียบข้อ ๕</bpmn:text></bpmn:textAnnotation>')
    p.add(f'<bpmn:association id="Link" sourceRef="{task}" targetRef="Note" />')
    d = drawn(p)
    assert d.shapes["Note"].bottom < d.shapes[task].y
    assert d.shapes["Data"].y > d.shapes[task].bottom
    assert d.shapes[task].on_border(d.edges["Out"][0])
    assert {"Link", "Out"} <= set(d.edges)
    assert d.labels["Data"].y > d.shapes["Data"].bottom


def test_artifacts_without_any_link_are_drawn_too() -> None:
    p = Process()
    p.chain(p.node("startEvent"), p.node("endEvent"))
    p.add('<bpmn:textAnnotation id="Note"><bpmn:text>หมายเหตุ</bpmn:text></bpmn:textAnnotation>')
    assert "Note" in drawn(p).shapes


def test_lanes_in_lanes_leave_room_for_the_outer_heading() -> None:
    p = Process()
    start, task, end = p.node("startEvent"), p.node("userTask", "งาน"), p.node("endEvent")
    p.chain(start, task, end)
    p.add(
        '<bpmn:laneSet id="LS"><bpmn:lane id="Outer" name="ศทส."><bpmn:childLaneSet id="CL">'
        f'<bpmn:lane id="Upper" name="กลุ่ม ก"><bpmn:flowNodeRef>{start}</bpmn:flowNodeRef></bpmn:lane>'
        f'<bpmn:lane id="Lower" name="กลุ่ม ข"><bpmn:flowNodeRef>{task}</bpmn:flowNodeRef></bpmn:lane>'
        "</bpmn:childLaneSet></bpmn:lane></bpmn:laneSet>"
    )
    p.pool("Box", "อื่น")
    d = drawn(p)
    assert d.shapes["Outer"].contains(d.shapes["Upper"])
    assert d.shapes["Upper"].x == d.shapes["Outer"].x + 30
    assert d.shapes["Lower"].y == d.shapes["Upper"].bottom
    assert d.shapes["Lower"].contains(d.shapes[end])


@pytest.mark.parametrize("loops", [1, 2])
def test_a_flow_from_a_node_to_itself_goes_around_it(loops: int) -> None:
    p = Process()
    task = p.node("userTask", "ทำซ้ำ")
    p.chain(p.node("startEvent"), task, p.node("endEvent"))
    flows = [p.flow(task, task) for _ in range(loops)]
    d = drawn(p)
    assert all(len(d.edges[f]) >= 4 for f in flows)


def test_two_pools_with_content_are_stacked_and_their_messages_join_them() -> None:
    p, ids = approval()
    xml = p.xml().replace(b"</bpmn:collaboration>", (
        '<bpmn:participant id="Other" name="หน่วยงานที่สอง" processRef="Process_2" />'
        f'<bpmn:messageFlow id="M1" sourceRef="{ids["decide"]}" targetRef="Second" /></bpmn:collaboration>'
    ).encode()).replace(b"</bpmn:definitions>", (
        '<bpmn:process id="Process_2"><bpmn:startEvent id="First" /><bpmn:userTask id="Second" name="รับ" />'
        '<bpmn:sequenceFlow id="F2" sourceRef="First" targetRef="Second" /></bpmn:process></bpmn:definitions>'
    ).encode())  # fmt: skip
    out = layout(xml)
    d = Drawing(out)
    assert measure(out).flawless, measure(out).notes
    assert d.shapes["Other"].y > d.shapes["Pool"].bottom
    assert d.shapes["Other"].w == d.shapes["Pool"].w
    assert d.shapes["Second"].on_border(d.edges["M1"][-1])


def test_a_pool_is_as_high_as_its_name_is_long_with_its_work_in_the_middle() -> None:
    p = Process(lanes=["กลุ่ม"])
    task = p.node("userTask", "งาน")
    p.chain(p.node("startEvent"), task, p.node("endEvent"))
    name = "การวิเคราะห์โครงการด้านเทคโนโลยีสารสนเทศและการสื่อสารของกระทรวงเกษตรและสหกรณ์"
    xml = layout(p.xml().replace("กระบวนงานทดสอบ".encode(), name.encode()))
    d = Drawing(xml)
    assert d.shapes["Pool"].h > 200
    assert abs(d.shapes[task].cy - d.shapes["Pool"].cy) <= 10


def test_an_event_sub_process_stays_apart_in_a_high_pool() -> None:
    inner = Process(count=100)
    inner.chain(inner.node("startEvent"), inner.node("endEvent"))
    p = Process(lanes=["กลุ่มยุทธศาสตร์เทคโนโลยีสารสนเทศและการสื่อสารของสำนักงานปลัดกระทรวงเกษตรและสหกรณ์ ส่วนที่หนึ่งของสาม"])
    p.chain(p.node("startEvent"), p.node("userTask", "ทำงาน"), p.node("endEvent"))
    p.node("subProcess", "เมื่อถูกยกเลิก", 0, inner.inner(), extra=' triggeredByEvent="true"')
    drawn(p)


def test_the_loop_marker_of_a_sub_process_covers_nothing() -> None:
    inner = Process(count=100)
    middle = [inner.node("userTask", "ทำงาน") for _ in range(3)]
    inner.chain(inner.node("startEvent"), *middle, inner.node("endEvent"))
    p = Process(lanes=["กลุ่ม"])
    loop = "<bpmn:multiInstanceLoopCharacteristics />"
    sub = p.node("subProcess", "แต่ละเรื่อง", 0, inner.inner() + loop)
    p.chain(p.node("startEvent"), sub, p.node("endEvent"))
    d = drawn(p)
    assert all(d.shapes[task].bottom <= d.shapes[sub].bottom - 20 for task in middle)
