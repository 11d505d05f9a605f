"""Set the hours of the office's weeks from a day on, and withdraw them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, insert, select

from engine.calendar.errors import CalendarError
from engine.calendar.hours import OfficeHours, Sessions
from engine.commands.calendar_entries import (
    LONGEST_SOURCE,
    begin,
    check_day,
    check_space,
    checked_sessions,
    checked_text,
    open_change,
    today,
    withdraw,
)
from engine.commands.calendars import stored_of
from engine.commands.registry import OfService, Target, handles
from engine.commands.second_person import check_reason
from engine.commands.transaction import Transaction
from engine.errors import CalendarEntryInvalid, CalendarEntryOverlaps
from engine.store.tables import office_hours

_H = office_hours.c
_NAMES = {"th": "เวลาทำการ", "en": "Office hours"}


@dataclass(frozen=True, slots=True)
class SetOfficeHours:
    """`week` are the sessions of seven days, Monday first; they hold from `valid_from` until the next hours of the same
    calendar begin. `calendar` is empty (the organisation's) or a unit."""

    calendar: str
    valid_from: date
    week: tuple[Sessions, ...]
    source: str
    reason: str

    def told(self) -> dict[str, Any]:
        """What the audit log says of it."""
        of = {"calendar": self.calendar, "validFrom": self.valid_from.isoformat(), "week": _stored(self.week)}
        return {**of, "source": self.source, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class WithdrawOfficeHours:
    """`source` is the document that says so, `reason` why they are withdrawn."""

    key: int
    source: str
    reason: str

    def told(self) -> dict[str, Any]:
        """What the audit log says of it."""
        return {"source": self.source, "reason": self.reason}


@handles(
    SetOfficeHours, permission="calendar:manage",
    event=OfService("office-hours-set", lambda _, answer: answer["officeHoursKey"]),
)  # fmt: skip
def set_office_hours(command: SetOfficeHours, _target: Target, tx: Transaction) -> dict[str, Any]:
    """The open deadlines that depend on them are computed anew after the commit; `past` says that they hold already.

    Raises CalendarEntryInvalid, CalendarEntryOverlaps when others of this calendar begin on that day, ReasonNeeded.
    """
    source, reason = checked_text(command.source, "source", LONGEST_SOURCE), check_reason(command.reason)
    check_day(tx, command.valid_from, "validFrom")
    _check_week(command)
    begin(tx, command.calendar)
    check_space(tx, office_hours, command.calendar)
    first = command.valid_from.isoformat()
    same = select(_H.key).where(_H.calendar == command.calendar, _H.valid_from == first, _H.withdrawn_at.is_(None))
    if tx.db.execute(same).first() is not None:
        raise CalendarEntryOverlaps(f"other hours begin on {first}", days=[first])
    row = {
        "key": tx.key(), "calendar": command.calendar, "valid_from": first, "week": _stored(command.week),
        "source": source, "reason": reason, "entered_by": tx.actor.id, "entered_at": tx.now,
    }  # fmt: skip
    tx.db.execute(insert(office_hours), row)
    said = {**_NAMES, "source": source, "reason": reason}
    key = open_change(tx, command.calendar, "HOURS_SET", _span(command.calendar, command.valid_from, tx), said)
    past = command.valid_from <= today(tx)
    return {"officeHoursKey": str(row["key"]), "calendarChangeKey": str(key), "past": past}


@handles(
    WithdrawOfficeHours, permission="calendar:manage",
    event=OfService("office-hours-withdrawn", lambda command, _: command.key),
)  # fmt: skip
def withdraw_office_hours(command: WithdrawOfficeHours, _target: Target, tx: Transaction) -> dict[str, Any]:
    """Those of before hold on. Raises NotFound, InvalidState when they were withdrawn already, ReasonNeeded,
    CalendarEntryInvalid."""
    row = withdraw(tx, office_hours, command.key, command.source, command.reason, "officeHoursKey")
    first = date.fromisoformat(row.valid_from)
    said = {**_NAMES, "source": command.source.strip(), "reason": command.reason.strip()}
    key = open_change(tx, row.calendar, "HOURS_WITHDRAWN", _span(row.calendar, first, tx), said)
    return {"calendarChangeKey": str(key), "past": first <= today(tx)}


def _span(calendar: str, first: date, tx: Transaction) -> tuple[date, date | None]:
    """The days on which hours hold that begin on the first: until the next ones do."""
    later = (_H.calendar == calendar) & (_H.valid_from > first.isoformat()) & _H.withdrawn_at.is_(None)
    following = tx.db.execute(select(func.min(_H.valid_from)).where(later)).scalar()
    return first, None if following is None else date.fromisoformat(following) - timedelta(days=1)


def _check_week(command: SetOfficeHours) -> None:
    for sessions in command.week:
        checked_sessions(sessions, "week")
    try:
        OfficeHours(command.valid_from, command.week)
    except CalendarError as error:
        raise CalendarEntryInvalid(str(error), field="week") from error


def _stored(week: tuple[Sessions, ...]) -> list[list[list[str]] | None]:
    return [stored_of(sessions) for sessions in week]
