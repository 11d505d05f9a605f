"""The register of deadlines as a table for spreadsheets. Moments are local, in the form that every spreadsheet reads
(2026-04-13 16:00:00)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from api.csv_table import LANGUAGES, as_csv

COLUMNS: tuple[tuple[str, str, str], ...] = (
    ("case", "เลขที่เรื่อง", "Case"),
    ("processName", "กระบวนงาน", "Process"),
    ("ownerUnit", "หน่วยงานเจ้าของกระบวนงาน", "Unit"),
    ("text", "กำหนดเวลา", "Deadline"),
    ("legalBasis", "ฐานกฎหมาย", "Legal basis"),
    ("kind", "ประเภท", "Kind"),
    ("state", "สถานะ", "State"),
    ("startedAt", "เริ่มนับ", "Counts from"),
    ("dueAt", "ครบกำหนด", "Due"),
    ("extendedUntil", "ขยายถึง", "Extended to"),
    ("lateUntil", "ล่าช้าได้ถึง", "Late until"),
    ("stoppedAt", "สิ้นสุดเมื่อ", "Stopped"),
    ("act", "การดำเนินการที่ทำให้สิ้นสุด", "Act that stops it"),
    ("lateReasons", "เหตุผลที่ล่าช้า", "Reasons for lateness"),
    ("warnings", "จำนวนครั้งที่เตือน", "Warnings"),
)
WORDS: Mapping[str, tuple[str, str]] = {
    "statutory": ("ตามกฎหมาย", "set by law"), "internal": ("ภายใน", "internal"),
    "RUNNING": ("กำลังนับ", "running"), "KEPT": ("ทันกำหนด", "kept"), "MISSED": ("พ้นกำหนด ยังไม่ดำเนินการ", "missed"),
    "LATE": ("ล่าช้า", "late"), "OUT_OF_TERM": ("พ้นกำหนดที่กฎหมายยอมให้ล่าช้า", "out of term"),
    "CANCELLED": ("ไม่ต้องดำเนินการแล้ว", "cancelled"),
}  # fmt: skip
_MOMENTS = frozenset({"startedAt", "dueAt", "extendedUntil", "lateUntil", "stoppedAt"})
_TEXTS = frozenset({"processName", "text", "legalBasis", "act"})


def deadlines_csv(items: Iterable[Mapping[str, Any]], language: str, zone: str) -> bytes:
    """Items of the search as rows, in a language of LANGUAGES."""
    n, where = LANGUAGES.index(language), ZoneInfo(zone)
    return as_csv([c[1 + n] for c in COLUMNS], ([_cell(item, c[0], n, where) for c in COLUMNS] for item in items))


def _cell(item: Mapping[str, Any], name: str, n: int, where: ZoneInfo) -> str | int:
    if name == "case":
        return str(item["businessId"] or item["processInstanceKey"])
    value = item[name]
    if name == "warnings":
        return len(value)
    if value is None:
        return ""
    if name in _MOMENTS:
        return f"{datetime.fromisoformat(value).astimezone(where):%Y-%m-%d %H:%M:%S}"
    if name in _TEXTS:
        return str(value[LANGUAGES[n]] or value["th"] or "")
    return WORDS[value][n] if value in WORDS else str(value)
