"""The register of control points as they were worked as a table for spreadsheets; moments as in deadline_csv.py."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from api.csv_table import LANGUAGES, as_csv

COLUMNS: tuple[tuple[str, str, str], ...] = (
    ("case", "เลขที่เรื่อง", "Case"),
    ("processName", "กระบวนงาน", "Process"),
    ("stepNumber", "ขั้นตอนที่", "Step"),
    ("elementName", "งาน", "Task"),
    ("controlPointId", "รหัส", "Id"),
    ("text", "จุดควบคุม", "Control point"),
    ("state", "ผล", "Result"),
    ("why", "เหตุผลหรือสิ่งที่ตรวจพบ", "Reason, or what was found"),
    ("requestedBy", "ผู้ขอยกเว้น", "Waiver asked for by"),
    ("recordedBy", "ผู้บันทึก", "Recorded by"),
    ("recordedAt", "บันทึกเมื่อ", "Recorded"),
)
WORDS: Mapping[str, tuple[str, str]] = {
    "PASSED": ("ผ่าน", "passed"), "FAILED": ("ไม่ผ่าน", "failed"), "WAIVED": ("ได้รับยกเว้น", "waived"),
}  # fmt: skip
_TEXTS = frozenset({"processName", "elementName", "text"})


def control_points_csv(items: Iterable[Mapping[str, Any]], language: str, zone: str) -> bytes:
    """Items of the search as rows, in a language of LANGUAGES."""
    n, where = LANGUAGES.index(language), ZoneInfo(zone)
    return as_csv([c[1 + n] for c in COLUMNS], ([_cell(item, c[0], n, where) for c in COLUMNS] for item in items))


def _cell(item: Mapping[str, Any], name: str, n: int, where: ZoneInfo) -> str:
    if name == "case":
        return str(item["businessId"] or item["processInstanceKey"])
    if name in ("why", "requestedBy"):
        return _said(item["detail"], name, n)
    value = item[name]
    if value is None:
        return ""
    if name == "recordedAt":
        return f"{datetime.fromisoformat(value).astimezone(where):%Y-%m-%d %H:%M:%S}"
    if name in _TEXTS:
        return str(value[LANGUAGES[n]] or value["th"] or "")
    return WORDS[value][n] if name == "state" else str(value)


def _said(detail: Any, name: str, n: int) -> str:
    """Of a waiver the reason and who asked for it; of another result what was found."""
    if not isinstance(detail, Mapping):
        return ""
    if name == "requestedBy":
        return str(detail.get("requestedBy") or "")
    return str(detail.get("reason") or detail.get(LANGUAGES[n]) or detail.get("th") or "")
