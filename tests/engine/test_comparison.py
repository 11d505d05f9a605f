"""Two versions of a process in words: each sentence, and whether it warns that less is checked, or later, or by more."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from engine.commands.checking import Known, Resource, check_resources
from engine.comparison import Compared, Side, compare, diagrams
from engine.comparison.lengths import longer, spelled
from engine.model.manual import Words

HERE = Path(__file__).parent
BPMN = (HERE / "compared.bpmn").read_text(encoding="utf-8")
DMN = (HERE.parent / "api" / "price.dmn").read_text(encoding="utf-8")
PROOF = {"id": "f1", "type": "textfield", "key": "proof", "label": "หลักฐาน", "validate": {"required": True}}
FORM: dict[str, Any] = {
    "schemaVersion": 16, "type": "default", "id": "request.check",
    "components": [PROOF, {"id": "f2", "type": "textfield", "key": "note", "label": "หมายเหตุ"}],
}  # fmt: skip
NAMES = {"clerks": Words("เจ้าหน้าที่", "Clerks")}


def side(bpmn: str = BPMN, form: dict[str, Any] | str = FORM, dmn: str = DMN) -> Side:
    """The three files, as a draft holds them."""
    text = form if isinstance(form, str) else json.dumps(form)
    files = {"request.bpmn": bpmn, "check.form": text, "price.dmn": dmn}
    resources = tuple(Resource(name, content.encode()) for name, content in files.items())
    return resources, check_resources(resources, Known())


def compared(after: Side, before: Side | None = None) -> Compared:
    return compare(before or side(), after, lambda key: NAMES.get(key, Words()))


def told(after: Side) -> list[tuple[str, str, str, bool]]:
    """(title, code, sentence, warning) of every difference, in Thai."""
    return [
        (d.subject.title.th, d.change.code, d.change.said.th, d.change.warning) for d in compared(after).differences
    ]


def test_the_same_is_the_same() -> None:
    found = compared(side())
    assert (found.differences, found.unreadable) == ([], [])


STEP = "ขั้นตอนที่ 5 “ตรวจคำขอ”"
REMINDER = '<krabuan:reminder before="P2D" calendar="working" to="performer,head" action="notify"/>'
POINT = BPMN[BPMN.index("<krabuan:controlPoint") : BPMN.index("</krabuan:controlPoint>") + 23]
CHANGES: list[tuple[str, str, list[tuple[str, str, str, bool]]]] = [
    ('"P14D"', '"P10D"', [(STEP, "standard-time", "เวลามาตรฐาน: 14 เป็น 10 วันทำการ", False)]),
    ('"P14D"', '"P1M"', [(STEP, "standard-time", "เวลามาตรฐาน: 14 วันทำการ เป็น 1 เดือน", True)]),
    ('"P14D" calendar="working"', '"P20D" calendar="calendar"',
     [(STEP, "standard-time", "เวลามาตรฐาน: 14 วันทำการ เป็น 20 วัน", True)]),
    (' standardTime="P14D" calendar="working"', "",
     [(STEP, "standard-time", "ตัดเวลามาตรฐานออก: 14 วันทำการ", True)]),
    (POINT, "", [(STEP, "control-point-removed", "ตัดจุดควบคุมออก: “แนบหลักฐาน”", True)]),
    ('mandatory="true"', 'mandatory="false"',
     [(STEP, "control-point-optional", "จุดควบคุม “แนบหลักฐาน” ไม่บังคับอีกต่อไป", True)]),
    ('type="formField" field="proof"', 'type="condition" expression="=true"',
     [(STEP, "control-point-evidence",
       "หลักฐานของจุดควบคุม “แนบหลักฐาน”: ช่องในแบบฟอร์ม “proof” เป็น เงื่อนไข “true”", True)]),
    ("แนบหลักฐาน", "แนบเอกสาร", [(STEP, "control-point-text", "จุดควบคุม: “แนบหลักฐาน” เป็น “แนบเอกสาร”", False)]),
    (">ตกหล่น<", ">ล่าช้า<", [(STEP, "risk-text", "ความเสี่ยง: “ตกหล่น” เป็น “ล่าช้า”", False)]),
    (REMINDER, "",
     [(STEP, "reminder-removed", "ตัดการเตือนออก: ก่อนครบกำหนด 2 วันทำการ ถึง ผู้ปฏิบัติ, หัวหน้า", True)]),
    ('<krabuan:duty type="differentFrom" element="starter"/>', "",
     [(STEP, "duty-removed", "ตัดเงื่อนไขผู้ปฏิบัติออก: ต้องไม่ใช่ผู้ทำ ผู้เริ่มเรื่อง", True)]),
    ('candidateGroups="directors"', 'candidateGroups="directors, clerks"',
     [("งาน “ลงนาม”", "candidate-group-added", "เพิ่มกลุ่มผู้มีสิทธิทำงาน “เจ้าหน้าที่”", True)]),
    ('candidateGroups="directors"', 'candidateGroups="=signers"',
     [("งาน “ลงนาม”", "candidate-group-changed", "กลุ่มผู้มีสิทธิทำงาน: “directors” เป็น “=signers”", True)]),
    ("PT72H", "PT96H", [("เหตุการณ์ที่ขอบงาน “ช้า”", "timer", "เวลาของตัวจับเวลา: 72 เป็น 96 ชั่วโมง", True)]),
    ('cancelActivity="false"', 'cancelActivity="true"',
     [("เหตุการณ์ที่ขอบงาน “ช้า”", "interrupting", "ผลต่องานที่ทำอยู่: ไม่ยกเลิกงานเดิม เป็น ยกเลิกงานเดิม", False)]),
    ("=amount &gt; 500", "=amount &gt; 900",
     [("เส้นทาง “เกิน” จาก “เกินวงเงินหรือไม่” ไป “ลงนาม”", "condition", "เงื่อนไข: “amount > 500” เป็น “amount > 900”", False)]),
    ('source="=amount"', 'source="=total"', [(STEP, "input", "ค่านำเข้า asked: “=amount” เป็น “=total”", False)]),
    ('duration="P30D"', 'duration="P45D"',
     [("กระบวนงาน “คำขอ”", "deadline-length", "กำหนดเวลาของ “ตอบคำขอ”: 30 เป็น 45 วัน", True)]),
    ("P10Y", "P5Y", [("กระบวนงาน “คำขอ”", "retention", "ระยะเวลาเก็บรักษา: 10 ปี เป็น 5 ปี", True)]),
    ('targetPercent="90"', 'targetPercent="80"',
     [("กระบวนงาน “คำขอ”", "target", "เป้าหมายร้อยละ: “90” เป็น “80”", True)]),
    ("ลงนาม", "ลงนามหนังสือ", [("งาน “ลงนามหนังสือ”", "name", "ชื่อ: “ลงนาม” เป็น “ลงนามหนังสือ”", False)]),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "said"), CHANGES)
def test_a_change_of_the_diagram_is_said(old: str, new: str, said: list[tuple[str, str, str, bool]]) -> None:
    assert old in BPMN
    assert told(side(BPMN.replace(old, new))) == said


def test_the_same_is_said_in_english() -> None:
    (found,) = compared(side(BPMN.replace('"P14D"', '"P10D"'))).differences
    assert found.subject.title.en == "Step 5 “Check the request”"
    assert found.change.said.en == "Standard time: 14 to 10 working days"


def test_a_control_point_that_moves_to_another_step_is_not_lost() -> None:
    there = '<zeebe:assignmentDefinition candidateGroups="directors"/>'
    moved = BPMN.replace(POINT, "").replace(there, there + POINT)
    assert told(side(moved)) == [(STEP, "control-point-moved", "ย้ายจุดควบคุม “แนบหลักฐาน” ไปที่ “ลงนาม”", False)]


def test_a_step_of_the_manual_is_known_also_under_another_id() -> None:
    """What refers to it by the id is the same; nothing is said to be gone or new."""
    again = BPMN.replace("Task_Check", "Task_Other")
    found = told(side(again))
    assert (STEP, "element-id", "รหัสองค์ประกอบ: “Task_Check” เป็น “Task_Other”", False) in found
    assert {code for _, code, *_ in found} == {"element-id"}
    shorter = (STEP, "standard-time", "เวลามาตรฐาน: 14 เป็น 10 วันทำการ", False)
    assert shorter in told(side(again.replace('"P14D"', '"P10D"')))


def test_a_step_that_goes_takes_its_control_points_along_and_they_are_named() -> None:
    gone = BPMN.replace("Task_Check", "Task_Other").replace('key="check"', 'key="other"')
    found = told(side(gone))
    assert (STEP, "element-removed", "ตัดออกจากผัง", False) in found
    assert (STEP, "control-point-moved", "ย้ายจุดควบคุม “แนบหลักฐาน” ไปที่ “ตรวจคำขอ”", False) in found
    lost = told(side(gone.replace(POINT, "")))
    assert (STEP, "control-point-removed", "ตัดจุดควบคุมออก: “แนบหลักฐาน”", True) in lost


def test_what_a_deadline_loses_is_a_warning() -> None:
    whole = BPMN[BPMN.index("<krabuan:deadline") : BPMN.index("</krabuan:deadline>") + 19]
    assert told(side(BPMN.replace(whole, ""))) == [
        ("กระบวนงาน “คำขอ”", "deadline-removed", "ตัดกำหนดเวลาตามกฎหมายออก: “ตอบคำขอ” (30 วัน)", True)
    ]


@pytest.mark.parametrize(
    ("component", "said", "warning"),
    [
        ({**PROOF, "validate": {"required": False}}, "ช่อง “หลักฐาน” ไม่ต้องกรอกก็ได้", True),
        ({**PROOF, "label": "เอกสาร"}, "ป้ายชื่อของช่อง “เอกสาร”: “หลักฐาน” เป็น “เอกสาร”", False),
        ({**PROOF, "type": "textarea"}, "ชนิดของช่อง “หลักฐาน”: “textfield” เป็น “textarea”", False),
        ({**PROOF, "properties": {"krabuan.personalData": "true"}}, "ช่อง “หลักฐาน” เป็นข้อมูลส่วนบุคคล", False),
        (PROOF | {"validate": {"required": True, "maxLength": 9}}, "แก้ไขส่วนอื่นของแบบฟอร์ม", False),
    ],
)
def test_a_change_of_a_form_is_said(component: dict[str, Any], said: str, warning: bool) -> None:
    form = {**FORM, "components": [component, FORM["components"][1]]}
    title, _, *found = told(side(form=form))[0]
    assert (title, found) == ("แบบฟอร์ม “request.check”", [said, warning])


def test_a_field_that_must_be_filled_in_and_is_gone_is_a_warning() -> None:
    found = told(side(form={**FORM, "components": FORM["components"][1:]}))
    assert ("แบบฟอร์ม “request.check”", "field-removed", "ตัดช่องออก: “หลักฐาน”", True) in found


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("<text>9</text>", "<text>8</text>", "กฎข้อ 1: “>= 10 → 9” เป็น “>= 10 → 8”"),
        ('hitPolicy="FIRST"', 'hitPolicy="ANY"', "วิธีเลือกกฎ: “FIRST” เป็น “ANY”"),
        ('id="rule-few"', 'id="rule-none"', "เพิ่มกฎข้อ 2 “- → 12.5”"),
        ("<text>amount</text>", "<text>number</text>", "แก้ไขคอลัมน์เงื่อนไข “จำนวน”"),
        ('id="in-amount"', 'id="in-other"', "เพิ่มคอลัมน์เงื่อนไข “จำนวน”"),
        ('name="ราคา">\n    <', 'name="ราคากลาง">\n    <', "ชื่อ: “ราคา” เป็น “ราคากลาง”"),
    ],
)
def test_a_change_of_a_decision_table_is_said(old: str, new: str, said: str) -> None:
    assert old in DMN
    assert said in [sentence for _, _, sentence, _ in told(side(dmn=DMN.replace(old, new)))]


def test_of_a_file_that_cannot_be_read_nothing_is_said_but_its_name() -> None:
    found = compared(side(bpmn="<broken", form="{", dmn="<none/>"))
    assert (found.differences, found.unreadable) == ([], ["check.form", "price.dmn", "request.bpmn"])


def test_a_process_that_is_not_there_any_more_is_a_warning() -> None:
    other = BPMN.replace('id="request" name="คำขอ"', 'id="claim" name="คำร้อง"')
    assert [(title, code, warning) for title, code, _, warning in told(side(other))] == [
        ("กระบวนงาน “คำร้อง”", "process-added", False), ("กระบวนงาน “คำขอ”", "process-removed", True)
    ]  # fmt: skip


def test_the_diagrams_of_a_process_are_laid_side_by_side() -> None:
    (pair,) = diagrams(side(), side(BPMN.replace("14", "10")))
    assert (pair["path"], pair["before"], pair["after"]) == ("request.bpmn", BPMN, BPMN.replace("14", "10"))


@pytest.mark.parametrize(
    ("text", "calendar", "th", "en"),
    [
        ("P1D", "working", "1 วันทำการ", "1 working day"),
        ("P1Y2M", None, "1 ปี 2 เดือน", "1 year 2 months"),
        ("PT90M", "hours", "1 ชั่วโมง 30 นาที", "1 hour 30 minutes"),
        ("PT72H", "hours", "72 ชั่วโมง", "72 hours"),
        ("=length", None, "“=length”", "“=length”"),
        ("PT0S", None, "0 วัน", "0 days"),
    ],
)
def test_a_length_is_said_as_people_do(text: str, calendar: str | None, th: str, en: str) -> None:
    assert spelled(text, calendar) == Words(th, en)


def test_five_working_days_are_a_week() -> None:
    assert longer(("P7D", "calendar"), ("P6D", "working"))
    assert not longer(("P7D", "calendar"), ("P5D", "working"))
    assert not longer(("P1D", None), ("=days", None))
