"""The register of deadlines as a table for spreadsheets: CSV as RFC 4180 has it, in UTF-8 with a byte order mark, which
spreadsheets look for. Moments are local, in the form that every spreadsheet reads (2026-04-13 16:00:00)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

LANGUAGES = ("th", "en")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would calculate (OWASP, CSV injection)
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


def as_csv(items: Iterable[Mapping[str, Any]], language: str, zone: str) -> bytes:
    """Items of the search as rows under the names of the columns, in a language of LANGUAGES."""
    made, n, where = io.StringIO(newline=""), LANGUAGES.index(language), ZoneInfo(zone)
    writer = csv.writer(made)
    writer.writerow([column[1 + n] for column in COLUMNS])
    for item in items:
        writer.writerow([_cell(item, name, n, where) for name, _, _ in COLUMNS])
    return b"\xef\xbb\xbf" + made.getvalue().encode()


def _cell(item: Mapping[str, Any], name: str, n: int, where: ZoneInfo) -> str | int:
    if name == "case":
        return _plain(item["businessId"] or item["processInstanceKey"])
    value = item[name]
    if name == "warnings":
        return len(value)
    if value is None:
        return ""
    if name in _MOMENTS:
        return f"{datetime.fromisoformat(value).astimezone(where):%Y-%m-%d %H:%M:%S}"
    if name in _TEXTS:
        return _plain(value[LANGUAGES[n]] or value["th"] or "")
    return WORDS[value][n] if value in WORDS else _plain(str(value))


def _plain(text: str) -> str:
    """The text, which no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
