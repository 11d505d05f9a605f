"""An office with deadlines in working time, and short ways to change its calendar."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import insert

from engine.calendar.hours import CLOSED, Sessions
from engine.commands.add_calendar_days import AddCalendarDays
from engine.store import tables as t
from tests.dsl import ADMIN, Office
from tests.execution.bench import diagram, flows, node, user

BANGKOK = ZoneInfo("Asia/Bangkok")
CABINET = "มติคณะรัฐมนตรี 7 เมษายน 2569"
MORNING: Sessions = ((time(8, 30), time(12)),)
S, E = node("startEvent", "s"), node("endEvent", "e")
STEP = '<krabuan:step key="a" number="1" standardTime="P3D" calendar="working"/>'
CLOCK = '<krabuan:deadline id="dl" from="=aware_at" duration="P3D" calendar="working" stoppedBy="a"/>'
AWARE = "2026-04-10T16:00:00+07:00"


def groups(*names: str) -> str:
    """The candidate groups of a task."""
    return f'<zeebe:assignmentDefinition candidateGroups="{", ".join(names)}"/>'


def steps(owner: str | None = None, a: str = STEP, clocks: str = "", process_id: str = "p") -> bytes:
    """Task a with a standard time, then b; clocks over both."""
    owned = f'<krabuan:process ownerUnit="{owner}"/>' if owner else ""
    box = f"<bpmn:extensionElements>{owned}{clocks}</bpmn:extensionElements>"
    return diagram(box + S + user("a", a) + user("b") + E + flows("s a", "a b", "b e"), process_id=process_id)


def units(office: Office, **parents: str) -> None:
    """Units by name, each with the unit above it (empty: none)."""
    rows = [
        {"key": key, "kind": "unit", "th": key, "en": key, "parent": parent or None, "head_of": None}
        for key, parent in parents.items()
    ]
    with office.database.write() as db:
        db.execute(insert(t.group_), rows)


def holiday(
    office: Office, first: str, last: str | None = None, calendar: str = "", sessions: Sessions | None = CLOSED,
    name: str = "วันหยุดพิเศษ", settle: bool = True,
) -> dict[str, Any]:  # fmt: skip
    """The cabinet adds days; then what that moves is moved."""
    days = (date.fromisoformat(first), date.fromisoformat(last or first))
    command = AddCalendarDays(calendar, *days, sessions, name, "Special holiday", CABINET, "announced at short notice")
    answer: dict[str, Any] = office.run(command, ADMIN)
    if settle:
        office.settle()
    return answer


def until(office: Office, wall: str) -> None:
    """Time goes on until the clock on the wall shows this; what comes due on the way is done."""
    left = datetime.fromisoformat(wall).replace(tzinfo=BANGKOK) - office.clock.now()
    office.advance(f"PT{int(left.total_seconds())}S")


def local(moment: datetime | None) -> str:
    """A moment as the clock on the wall shows it."""
    assert moment is not None
    return moment.astimezone(BANGKOK).strftime("%d %b %H:%M")


def change(office: Office) -> Any:
    """The last change of a calendar."""
    return office.rows(t.calendar_change, everything=True)[-1]
