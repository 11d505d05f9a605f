"""What erasing a person would do: which cases, which fields, and what stays and why. Field names, no values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from engine.queries.personal_data import Found, FoundCase
from engine.store.holds import held
from engine.store.instances import ALIVE
from engine.store.personal import open_tasks
from engine.store.tables import process_instance as pi

# whether the law of the process keeps a case of this version that ended then (None: that has not ended)
Retained = Callable[[int, datetime | None], bool]
_ENDS = select(pi.c.definition_key, pi.c.ended_at, pi.c.state)
_WHY = {
    "case-held": ("มีคำสั่งให้เก็บรักษาเรื่องนี้ไว้", "a legal hold keeps the case"),
    "open-tasks": ("ยังมีงานที่มอบหมายให้บัญชีนี้ โปรดโอนงานก่อน", "open tasks are assigned to the account: hand them over"),
    "case-stays": ("ยังมีเรื่องที่ลบไม่ได้ซึ่งเกี่ยวกับบัญชีนี้", "a case that names the account has to stay"),
    "case-retained": (
        "กระบวนงานกำหนดระยะเวลาเก็บรักษาเรื่องไว้และยังไม่ครบกำหนด", "the process says how long its cases are kept",
    ),
    "case-open": ("เรื่องยังไม่สิ้นสุด จึงอาจยังต้องใช้ข้อมูล", "the case is open: its work may need the data"),
}
_HISTORY = (
    "ข้อความในประวัติที่แบบฟอร์มไม่ได้ระบุว่าเป็นข้อมูลส่วนบุคคล ลบไม่ได้",
    "texts of history that no form marks as personal data cannot be erased",
)


@dataclass(slots=True)
class Plan:
    """`cases` are to be erased, by the keys of their call hierarchies; `stays` is by the keys of cases, why."""

    found: Found
    cases: dict[int, list[FoundCase]] = field(default_factory=dict)
    stays: dict[int, str] = field(default_factory=dict)
    account_stays: set[str] = field(default_factory=set)

    def shown(self) -> dict[str, Any]:
        """As the API answers it."""
        found = self.found
        return {
            "account": None if found.person.username is None else {
                "username": found.person.username,
                "stays": [_said(why, *_WHY[why]) for why in sorted(self.account_stays)],
            },
            "cases": [self._case(case) for _, case in sorted(found.cases.items())],
            "elsewhere": [{"place": place, "rows": rows} for place, rows in sorted(found.elsewhere.items())],
            "openEvents": found.open_events,
        }  # fmt: skip

    def _case(self, case: FoundCase) -> dict[str, Any]:
        why = self.stays.get(case.key)
        stays = [] if why is None else [_said(why, *_WHY[why])]
        if case.in_open_history:
            stays.append(_said("open-history", *_HISTORY))
        return {
            "processInstanceKey": str(case.key), "processDefinitionId": case.process_id, "state": case.state,
            "about": case.about, "fields": sorted(case.fields), "places": sorted(case.places), "stays": stays,
        }  # fmt: skip


def _said(code: str, th: str, en: str) -> dict[str, str]:
    return {"code": code, "th": th, "en": en}


def plan(db: Connection, found: Found, open_cases: bool, retained: Retained) -> Plan:
    """What would be erased, and what stays. The account stays while a case stays that is about the person (it could not
    be found any more), or one that has to be kept and names the account."""
    made, of_roots = Plan(found), dict[int, list[FoundCase]]()
    username = found.person.username
    if username is not None and open_tasks(db, username):
        made.account_stays.add("open-tasks")
    for case in found.cases.values():
        of_roots.setdefault(case.root_key, []).append(case)
    on_hold = held(db, found.cases)
    for root, cases in of_roots.items():
        about = any(case.about for case in cases)
        rows = db.execute(_ENDS.where(pi.c.root_key == root)).all()
        why = None
        if any(case.key in on_hold for case in cases):
            why = "case-held"
        elif any(retained(row.definition_key, row.ended_at) for row in rows):
            why = "case-retained"
        elif about and not open_cases and any(row.state in ALIVE for row in rows):
            why = "case-open"
        if why is not None:
            made.stays |= {case.key: why for case in cases}
            made.account_stays |= {"case-stays"} if username is not None else set()
        elif about:
            made.cases[root] = cases
    return made
