"""The office's working time, which DMN does not have. They take the calendar from the environment
(`WorkingTime`), and count in the office's zone.

    add working days(date, days)         so many working days later, or earlier when negative
    working days between(start, end)     the first day is not counted, the last is
    is working day(date)                 no weekend, no holiday
    add working hours(moment, hours)     hours of the office's opening times
    fiscal year(date)                    2570 for 1 October 2026: the Buddhist year it ends in
    thai date(date)                      "๑๐ เมษายน ๒๕๖๙"

The first four give null without a calendar; the other two know the government's year and months
themselves. None goes further than 20,000 days or hours.
"""

from __future__ import annotations

from decimal import Decimal

from engine.feel.errors import Failure
from engine.feel.functions.arguments import a, day, integer, number, single
from engine.feel.functions.define import builtin
from engine.feel.runtime import Run, WorkingTime
from engine.feel.values.temporal import Date, DateTime

MAX_WORKING_DAYS = 20_000


def _calendar(run: Run) -> WorkingTime:
    if run.env.calendar is None:
        raise Failure("there is no working calendar here")
    return run.env.calendar


def _local_day(run: Run, value: object) -> Date:
    """The day in the office's zone, for a moment with an offset."""
    found = single(value)
    if isinstance(found, DateTime) and found.zone is not None:
        return DateTime.from_utc_nanos(found.utc_nanos, run.env.local_zone()).date
    return day(found)


@builtin("is working day", "date")
def is_working_day(run: Run, date: object) -> object:
    return _calendar(run).is_working_day(_local_day(run, date).to_python())


@builtin("add working days", "date", "days")
def add_working_days(run: Run, date: object, days: object) -> object:
    """So many working days after the day (before it, when negative). A date and time keeps its
    time of day."""
    calendar, count = _calendar(run), integer(days)
    if abs(count) > MAX_WORKING_DAYS:
        raise Failure(f"more than {MAX_WORKING_DAYS} working days")
    run.step(abs(count))
    found = single(date)
    if isinstance(found, DateTime) and found.zone is not None:
        found = DateTime.from_utc_nanos(found.utc_nanos, run.env.local_zone())
    moved = Date.from_python(calendar.add_working_days(day(found).to_python(), count))
    return DateTime(moved, found.time) if isinstance(found, DateTime) else moved


@builtin("working days between", "start", "end")
def working_days_between(run: Run, start: object, end: object) -> object:
    """As the calendar counts them."""
    first, last = _local_day(run, start), _local_day(run, end)
    if abs(last.days - first.days) > MAX_WORKING_DAYS * 2:
        raise Failure("the days are too far apart")
    run.step(abs(last.days - first.days))
    between = _calendar(run).working_days_between(first.to_python(), last.to_python())
    return Decimal(between)


@builtin("add working hours", "moment", "hours")
def add_working_hours(run: Run, moment: object, hours: object) -> object:
    """So many hours of the office's opening times later."""
    start = a(moment, DateTime, "a date and time")
    count = number(hours)
    if abs(count) > MAX_WORKING_DAYS:
        raise Failure(f"more than {MAX_WORKING_DAYS} working hours")
    run.step(abs(int(count)))
    zone = run.env.local_zone()
    moved = _calendar(run).add_working_hours(start.to_python(zone), count)
    return DateTime.from_python(moved, zone)


@builtin("fiscal year", "date")
def fiscal_year(run: Run, date: object) -> object:
    """The government's: it begins on 1 October and is named by the Buddhist year it ends in."""
    found = _local_day(run, date)
    if run.env.calendar is not None:
        return Decimal(run.env.calendar.fiscal_year(found.to_python()))
    return Decimal(found.year + 543 + (1 if found.month >= 10 else 0))


@builtin("thai date", "date")
def thai_date(run: Run, date: object) -> object:
    """The day as Thai offices write it: ๑๐ เมษายน ๒๕๖๙."""
    found = _local_day(run, date)
    if run.env.calendar is not None:
        return run.env.calendar.thai_date(found.to_python())
    return f"{found.day} {_THAI_MONTHS[found.month - 1]} {found.year + 543}".translate(_THAI_DIGITS)


_THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_THAI_MONTHS = (
    "มกราคม",
    "กุมภาพันธ์",
    "มีนาคม",
    "เมษายน",
    "พฤษภาคม",
    "มิถุนายน",
    "กรกฎาคม",
    "สิงหาคม",
    "กันยายน",
    "ตุลาคม",
    "พฤศจิกายน",
    "ธันวาคม",
)
