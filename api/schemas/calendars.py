"""The office's calendars: what is entered and withdrawn, and how they are shown."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from api.schemas.base import Truth, Whole, day, result_of, schema_of, search_of
from engine.queries.calendars import CALENDAR_CHANGE, CALENDAR_DAY, OFFICE_HOURS

CalendarDay = schema_of(CALENDAR_DAY)
CalendarDaySearch = search_of(CALENDAR_DAY)
CalendarDayResult = result_of(CalendarDay, "CalendarDay")
OfficeHours = schema_of(OFFICE_HOURS)
OfficeHoursSearch = search_of(OFFICE_HOURS)
OfficeHoursResult = result_of(OfficeHours, "OfficeHours")
CalendarChange = schema_of(CALENDAR_CHANGE)
CalendarChangeSearch = search_of(CALENDAR_CHANGE)
CalendarChangeResult = result_of(CalendarChange, "CalendarChange")
_LONGEST = 4_000


def _calendar() -> fields.String:
    return fields.String(
        load_default="", validate=validate.Length(max=256),
        metadata={"description": "empty: the organisation's; else the key of a unit, whose own entries go before"},
    )  # fmt: skip


def _text(longest: int = _LONGEST) -> fields.String:
    return fields.String(required=True, validate=validate.Length(max=longest))


def _sessions(**options: Any) -> fields.List[Any]:
    """[["08:30", "12:00"], ...]: from and until on the clock on the wall."""
    return fields.List(fields.List(fields.String(), validate=validate.Length(equal=2)), **options)


class CalendarDaysBody(Schema):
    """Every day from the first to the last (`lastDay` is the first, if it is left out). `sessions`: none at all for a
    day on which the office is closed, its own for a half day, null where it keeps its usual hours on a day on which it
    is otherwise closed. `source` is the document that says so."""

    calendarId = _calendar()
    firstDay = day(required=True)
    lastDay = day(load_default=None, allow_none=True)
    sessions = _sessions(load_default=list, allow_none=True)
    th = _text()
    en = _text()
    source = _text()
    reason = _text()


class OfficeHoursBody(Schema):
    """The sessions of seven days, Monday first, from a day on until the next hours of the same calendar begin."""

    calendarId = _calendar()
    validFrom = day(required=True)
    week = fields.List(_sessions(), required=True, validate=validate.Length(equal=7))
    source = _text()
    reason = _text()


class WithdrawalBody(Schema):
    """The document that says so, and why."""

    source = _text()
    reason = _text()


class CalendarYearBody(Schema):
    """By the Gregorian era."""

    year = Whole(required=True)


class SeededYear(Schema):
    added = Whole(required=True)


class CalendarChanged(Schema):
    """The change can be followed by its key; `past` says that it has to do with days that are over."""

    calendarChangeKey = fields.String(required=True)
    past = Truth(required=True)


class CalendarDaysAdded(CalendarChanged):
    calendarDayKeys = fields.List(fields.String(), required=True)


class OfficeHoursAdded(CalendarChanged):
    officeHoursKey = fields.String(required=True)


class WorkingDay(Schema):
    """What holds on a day, of all entries together: without sessions the office is closed. `th` and `en` name a day
    that differs from its weekday."""

    day = fields.String(required=True, metadata={"format": "date"})
    sessions = _sessions(required=True)
    th = fields.String(required=True, allow_none=True)
    en = fields.String(required=True, allow_none=True)


class WorkingDays(Schema):
    """`calendarId` is the calendar that counts: that of the unit, of one above it, or the organisation's."""

    calendarId = fields.String(required=True)
    items = fields.List(fields.Nested(WorkingDay), required=True)
