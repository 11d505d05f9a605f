"""Cases that a search found as a table for spreadsheets. Moments are local, in the form that every spreadsheet reads
(2026-04-13 16:00:00)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from api.csv_table import LANGUAGES, as_csv

COLUMNS: tuple[tuple[str, str, str], ...] = (
    ("businessId", "เลขที่เรื่อง", "Case number"),
    ("processInstanceKey", "รหัสเรื่อง", "Case key"),
    ("process", "กระบวนงาน", "Process"),
    ("processDefinitionVersion", "ฉบับ", "Version"),
    ("state", "สถานะ", "State"),
    ("tasks", "งานที่รออยู่", "Tasks that wait"),
    ("assignees", "ผู้รับงาน", "Assignees"),
    ("startedBy", "ผู้เริ่มเรื่อง", "Started by"),
    ("startDate", "เริ่มเมื่อ", "Started"),
    ("endDate", "สิ้นสุดเมื่อ", "Ended"),
    ("statutoryDueDate", "กำหนดตามกฎหมาย", "Due by law"),
    ("hasIncident", "มีเหตุขัดข้อง", "Incident"),
)
WORDS: Mapping[str, tuple[str, str]] = {
    "ACTIVE": ("กำลังดำเนินการ", "active"), "SUSPENDED": ("พักไว้", "suspended"),
    "COMPLETED": ("เสร็จสิ้น", "completed"), "TERMINATED": ("ยกเลิก", "cancelled"),
}  # fmt: skip
_MOMENTS = frozenset({"startDate", "endDate", "statutoryDueDate"})


def cases_csv(items: Iterable[Mapping[str, Any]], language: str, zone: str) -> bytes:
    """Items of search_with_tasks (engine/queries/standing.py) as rows, in a language of LANGUAGES."""
    n, where = LANGUAGES.index(language), ZoneInfo(zone)
    return as_csv([c[1 + n] for c in COLUMNS], ([_cell(item, c[0], n, where) for c in COLUMNS] for item in items))


def _cell(item: Mapping[str, Any], name: str, n: int, where: ZoneInfo) -> str | int:
    if name == "process":
        named = (item["processDefinitionName"], item["processNameEn"])
        return str(named[n] or named[0] or item["processDefinitionId"])
    if name == "tasks":
        return "; ".join(task[("name", "nameEn")[n]] for task in item["tasks"])
    if name == "assignees":
        return "; ".join(dict.fromkeys(task["assignee"] for task in item["tasks"] if task["assignee"]))
    value = item[name]
    if value is None:
        return ""
    if name in _MOMENTS:
        return f"{datetime.fromisoformat(value).astimezone(where):%Y-%m-%d %H:%M:%S}"
    if isinstance(value, bool):
        return (("ไม่", "ใช่"), ("no", "yes"))[n][value]
    return WORDS[value][n] if value in WORDS else value if isinstance(value, int) else str(value)
