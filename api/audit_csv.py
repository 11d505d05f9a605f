"""Entries of the audit log as a table for spreadsheets. Moments are local, in the form that every spreadsheet reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from api.answers import to_json
from api.csv_table import LANGUAGES, as_csv

COLUMNS: tuple[tuple[str, str, str], ...] = (
    ("timestamp", "เวลา", "Time"),
    ("actorId", "ผู้กระทำ", "Who"),
    ("entityDescription", "เหตุการณ์", "Event"),
    ("result", "ผล", "Outcome"),
    ("entityType", "ชนิดของสิ่งที่เกี่ยวข้อง", "Kind of thing"),
    ("entityKey", "สิ่งที่เกี่ยวข้อง", "Thing"),
    ("processInstanceKey", "รหัสเรื่อง", "Case key"),
    ("details", "รายละเอียด", "Details"),
    ("auditLogKey", "รหัสรายการ", "Entry"),
)
OUTCOMES: Mapping[str, tuple[str, str]] = {"SUCCESS": ("สำเร็จ", "success"), "FAIL": ("ไม่สำเร็จ", "failure")}


def audit_csv(items: Iterable[Mapping[str, Any]], language: str, zone: str) -> bytes:
    """Items of search_audit_logs (engine/queries/audit.py) as rows, in a language of LANGUAGES."""
    n, where = LANGUAGES.index(language), ZoneInfo(zone)
    return as_csv([c[1 + n] for c in COLUMNS], ([_cell(item, c[0], n, where) for c in COLUMNS] for item in items))


def _cell(item: Mapping[str, Any], name: str, n: int, where: ZoneInfo) -> str:
    value = item[name]
    if value is None or value == {}:
        return ""
    if name == "timestamp":
        return f"{datetime.fromisoformat(value).astimezone(where):%Y-%m-%d %H:%M:%S}"
    if name == "details":
        return to_json(value).decode()
    return OUTCOMES[value][n] if name == "result" else str(value)
