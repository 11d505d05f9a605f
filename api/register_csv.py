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


def register_csv(name: str, items: Iterable[Mapping[str, Any]], language: str) -> bytes:
    """The items of a register (engine/queries/registers.py), in a language of LANGUAGES."""
    n = LANGUAGES.index(language)
    columns = (*_WHERE, ("text", *_TEXT[name]), *_OWN[name])
    return as_csv([c[1 + n] for c in columns], ([_cell(item[c[0]], language) for c in columns] for item in items))


def _cell(value: Any, language: str) -> Any:
    if isinstance(value, Mapping):
        return value[language] or value["th"] or ""
    if isinstance(value, bool):
        return {"th": ("ไม่", "ใช่"), "en": ("no", "yes")}[language][value]
    return "" if value is None else value
