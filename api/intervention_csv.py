"""The register of interventions and waivers as a table for spreadsheets; moments as in deadline_csv.py."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from api.csv_table import LANGUAGES, as_csv

COLUMNS: tuple[tuple[str, str, str], ...] = (
    ("case", "เลขที่เรื่อง", "Case"),
    ("processName", "กระบวนงาน", "Process"),
    ("kind", "สิ่งที่ขอ", "What was asked for"),
    ("about", "เกี่ยวกับ", "About"),
    ("reason", "เหตุผล", "Reason"),
    ("state", "ผล", "Outcome"),
    ("requestedBy", "ผู้ขอ", "Asked for by"),
    ("onBehalfOf", "ในนามของ", "On behalf of"),
    ("requestDate", "ขอเมื่อ", "Asked for"),
    ("decidedBy", "ผู้ตัดสิน", "Decided by"),
    ("decisionDate", "ตัดสินเมื่อ", "Decided"),
    ("note", "ความเห็นของผู้ตัดสิน", "Note of who decided"),
)
STATES: Mapping[str, tuple[str, str]] = {
    "PENDING": ("รออนุมัติ", "waits"), "APPROVED": ("อนุมัติ", "approved"), "REJECTED": ("ไม่อนุมัติ", "rejected"),
    "WITHDRAWN": ("ถอนคำขอ", "withdrawn"),
}  # fmt: skip
KINDS: Mapping[str, tuple[str, str]] = {
    "cancel": ("ยกเลิกเรื่อง", "cancel the case"), "modify": ("ย้ายขั้นตอนของเรื่อง", "move the case by hand"),
    "migrate": ("ย้ายเรื่องไปใช้ฉบับอื่น", "migrate the case"), "changeTimer": ("เปลี่ยนเวลาที่ตั้งไว้", "change a timer"),
    "resolve": ("แก้เหตุขัดข้อง", "resolve an incident"), "waive": ("ยกเว้นจุดควบคุม", "waive a control point"),
    "extend": ("ขยายกำหนดเวลา", "extend a deadline"),
}  # fmt: skip


def interventions_csv(items: Iterable[Mapping[str, Any]], language: str, zone: str) -> bytes:
    """Items of the search as rows, in a language of LANGUAGES."""
    n, where = LANGUAGES.index(language), ZoneInfo(zone)
    return as_csv([c[1 + n] for c in COLUMNS], ([_cell(item, c[0], n, where) for c in COLUMNS] for item in items))


def _cell(item: Mapping[str, Any], name: str, n: int, where: ZoneInfo) -> str:
    if name == "case":
        return str(item["businessId"] or item["processInstanceKey"])
    value = item[name]
    if value is None:
        return ""
    if name in ("requestDate", "decisionDate"):
        return f"{datetime.fromisoformat(value).astimezone(where):%Y-%m-%d %H:%M:%S}"
    if name in ("processName", "about"):
        return str(value[LANGUAGES[n]] or value["th"] or "")
    words = {"kind": KINDS, "state": STATES}.get(name, {}).get(value)
    return str(value) if words is None else words[n]
