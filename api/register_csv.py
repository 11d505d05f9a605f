"""A register over all processes as a table for spreadsheets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from api.csv_table import LANGUAGES, as_csv

_WHERE = (
    ("processDefinitionId", "รหัสกระบวนงาน", "Process id"), ("processName", "กระบวนงาน", "Process"),
    ("stepNumber", "ขั้นตอนที่", "Step"), ("elementName", "งาน", "Task"),
)  # fmt: skip
_TEXT = {
    "control-points": ("จุดควบคุม", "Control point"), "risks": ("ความเสี่ยง", "Risk"),
    "standard-times": ("ขั้นตอน", "Step name"), "documents": ("แบบฟอร์มหรือเอกสาร", "Form or document"),
    "roles": ("หน่วยงานหรือตำแหน่ง", "Unit or position"), "legal-basis": ("ฐานกฎหมาย", "Legal basis"),
}  # fmt: skip
_ID, _KIND = ("id", "รหัส", "Id"), ("kind", "ประเภท", "Kind")
_OWN: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    "control-points": (
        _ID, ("mandatory", "บังคับ", "Mandatory"), ("evidence", "หลักฐาน", "Evidence"), ("passed", "ผ่าน", "Passed"),
        ("failed", "ไม่ผ่าน", "Failed"), ("waived", "ยกเว้น", "Waived"),
    ),
    "risks": (_ID,),
    "standard-times": (
        ("standardTime", "เวลามาตรฐาน", "Standard time"), ("minimumTime", "อย่างน้อย", "At least"),
        ("calendar", "วิธีนับ", "Counted in"), ("stage", "ช่วงของห่วงโซ่คุณค่า", "Stage of the value chain"),
    ),
    "documents": (_KIND, _ID),
    "roles": (_KIND, _ID, ("groupKind", "ชนิด", "Kind of group"), ("unit", "สังกัด", "Unit above")),
    "legal-basis": (_KIND, _ID),
}  # fmt: skip
WORDS: Mapping[str, tuple[str, str]] = {
    "formField": ("ช่องในแบบฟอร์ม", "a field of the form"),
    "condition": ("เงื่อนไขจากข้อมูล", "a condition over the data"),
    "decision": ("ตารางตัดสินใจ", "a decision table"), "deadline": ("กำหนดเวลาตามกฎหมาย", "a deadline set by law"),
    "standardTime": ("เวลามาตรฐาน", "the standard time"),
    "FORM": ("แบบฟอร์ม", "form"), "DOCUMENT": ("เอกสาร", "document"),
    "OWNER": ("เจ้าของกระบวนงาน", "owner of the process"),
    "PERFORMER": ("ผู้ปฏิบัติ", "performer"), "BY_CASE": ("ผู้ที่ข้อมูลในเรื่องระบุ", "whom the case names"),
    "PROCESS": ("ของกระบวนงาน", "of the process"), "DEADLINE": ("ของกำหนดเวลา", "of a deadline"),
    "unit": ("หน่วยงาน", "unit"), "committee": ("คณะกรรมการ", "committee"), "position": ("ตำแหน่ง", "position"),
    "calendar": ("ทุกวัน", "calendar days"), "working": ("วันทำการ", "working days"), "hours": ("ชั่วโมง", "hours"),
    "recurring": ("ตามรอบ", "recurring"), "event": ("ตามเหตุการณ์", "by event"),
    "input_analysis": ("วิเคราะห์ปัจจัยนำเข้า", "input analysis"),
    "plan_design": ("วางแผนและออกแบบ", "planning and design"),
    "manage": ("บริหารจัดการ", "management"), "monitor": ("ติดตามและตรวจสอบ", "monitoring"),
    "conclude": ("สรุปผล", "conclusion"),
}  # fmt: skip
_CODES = frozenset({"evidence", "kind", "groupKind", "calendar", "stage"})


def register_csv(name: str, items: Iterable[Mapping[str, Any]], language: str) -> bytes:
    """The items of a register (engine/queries/registers.py), in a language of LANGUAGES. Standard times stay ISO 8601
    durations, with which programs can count."""
    n = LANGUAGES.index(language)
    columns = (*_WHERE, ("text", *_TEXT[name]), *_OWN[name])
    return as_csv([c[1 + n] for c in columns], ([_cell(item, c[0], n) for c in columns] for item in items))


def _cell(item: Mapping[str, Any], name: str, n: int) -> Any:
    value = item[name]
    if isinstance(value, Mapping):
        return value[LANGUAGES[n]] or value["th"] or ""
    if isinstance(value, bool):
        return (("ไม่", "ใช่"), ("no", "yes"))[n][value]
    if name in _CODES and value is not None:
        return WORDS[value][n]
    return "" if value is None else value
