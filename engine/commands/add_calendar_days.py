"""Enter days on which the office works otherwise than usual: a holiday, a half day, a Saturday that is worked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import insert, select

from engine.calendar.hours import Sessions
from engine.commands.calendar_entries import (
    LONGEST_NAME,
    LONGEST_SOURCE,
    begin,
    check_day,
    check_space,
    checked_sessions,
    checked_text,
    open_change,
    today,
)
from engine.commands.calendars import stored_of
from engine.commands.registry import OfService, Target, handles
from engine.commands.second_person import check_reason
from engine.commands.transaction import Transaction
from engine.errors import CalendarEntryInvalid, CalendarEntryOverlaps
from engine.store.tables import calendar_day

LONGEST_SPAN = 62  # days


@dataclass(frozen=True, slots=True)
class AddCalendarDays:
    """Every day from the first to the last. `sessions`: none at all for a day on which the office is closed, its own
    for a half day, None where it keeps its usual hours on a day on which it is otherwise closed. `calendar` is empty
    (the organisation's) or a unit; `source` is the document that says so, `reason` why it is entered."""

    calendar: str
    first_day: date
    last_day: date
    sessions: Sessions | None
    th: str
    en: str
    source: str
    reason: str

    def told(self) -> dict[str, Any]:
        """What the audit log says of it."""
        span = {"firstDay": self.first_day.isoformat(), "lastDay": self.last_day.isoformat()}
        said = {"th": self.th, "en": self.en, "source": self.source, "reason": self.reason}
        return {"calendar": self.calendar, **span, "sessions": stored_of(self.sessions), **said}


@handles(
    AddCalendarDays, permission="calendar:manage",
    event=OfService("calendar-days-added", lambda _, answer: answer["calendarChangeKey"]),
)  # fmt: skip
def add_calendar_days(command: AddCalendarDays, _target: Target, tx: Transaction) -> dict[str, Any]:
    """The open deadlines that depend on these days are computed anew after the commit. Days that are over can be
    entered, too: `past` says that some are.

    Raises CalendarEntryInvalid, CalendarEntryOverlaps when one of the days has an entry of this calendar already (to
    be withdrawn first), ReasonNeeded.
    """
    said = {
        "th": checked_text(command.th, "th", LONGEST_NAME), "en": checked_text(command.en, "en", LONGEST_NAME),
        "source": checked_text(command.source, "source", LONGEST_SOURCE), "reason": check_reason(command.reason),
    }  # fmt: skip
    days = _days(command, tx)
    sessions = None if command.sessions is None else checked_sessions(command.sessions, "sessions")
    begin(tx, command.calendar)
    check_space(tx, calendar_day, command.calendar, len(days))
    _check_overlap(command.calendar, days, tx)
    entry = {"calendar": command.calendar, "sessions": stored_of(sessions), **said, "origin": "entered"}
    rows = [{"key": tx.key(), "day": day.isoformat(), **entry, **_entered(tx)} for day in days]
    tx.db.execute(insert(calendar_day), rows)
    key = open_change(tx, command.calendar, "DAYS_ADDED", (days[0], days[-1]), said)
    return {
        "calendarChangeKey": str(key), "calendarDayKeys": [str(row["key"]) for row in rows],
        "past": days[0] < today(tx),
    }  # fmt: skip


def _entered(tx: Transaction) -> dict[str, Any]:
    return {"entered_by": tx.actor.id, "entered_at": tx.now}


def _days(command: AddCalendarDays, tx: Transaction) -> list[date]:
    check_day(tx, command.first_day, "firstDay")
    check_day(tx, command.last_day, "lastDay")
    count = (command.last_day - command.first_day).days + 1
    if not 1 <= count <= LONGEST_SPAN:
        raise CalendarEntryInvalid(f"from the first to the last day are 1 to {LONGEST_SPAN} days", field="lastDay")
    return [command.first_day + timedelta(days=n) for n in range(count)]


def _check_overlap(calendar: str, days: list[date], tx: Transaction) -> None:
    c = calendar_day.c
    between = c.day.between(days[0].isoformat(), days[-1].isoformat())
    query = select(c.day).where(c.calendar == calendar, between, c.withdrawn_at.is_(None)).order_by(c.day)
    if taken := list(tx.db.execute(query).scalars()):
        raise CalendarEntryOverlaps(f"there is an entry for {', '.join(taken)}", days=taken)
