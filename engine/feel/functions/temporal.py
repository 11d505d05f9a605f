"""Functions that make dates, times and durations (DMN 1.5, tables 70 and 79)."""

from __future__ import annotations

from engine.feel.errors import Failure
from engine.feel.functions.arguments import a, day, integer, number, single, text, wrong
from engine.feel.functions.define import builtin
from engine.feel.runtime import Run
from engine.feel.values.durations import NANOS, DaysDuration, MonthsDuration
from engine.feel.values.numbers import CONTEXT
from engine.feel.values.reading import read_date, read_date_time, read_duration, read_time
from engine.feel.values.temporal import Date, DateTime, Time
from engine.feel.values.zones import MAX_OFFSET_SECONDS, UTC, Offset, Zone, parse_zone


def _read(found: object, value: str, what: str) -> object:
    if found is None:
        raise Failure(f'"{value}" is no {what}')
    return found


@builtin("date", "from")
def date(run: Run, value: object) -> object:
    """From an ISO text, or the day of a date and time."""
    found = single(value)
    if isinstance(found, Date | DateTime):
        return day(found)
    return _read(read_date(text(found)), text(found), "date")


@builtin("date", "year", "month", "day")
def date_of(run: Run, year: object, month: object, day_of_month: object) -> object:
    return Date(integer(year), integer(month), integer(day_of_month))


@builtin("time", "from")
def time(run: Run, value: object) -> object:
    """From an ISO text, or the time of a date and time; a date's is midnight in UTC."""
    found = single(value)
    if isinstance(found, Time):
        return found
    if isinstance(found, DateTime):
        return found.time
    if isinstance(found, Date):
        return Time(0, 0, 0, 0, UTC)
    return _read(read_time(text(found)), text(found), "time")


@builtin("time", "hour", "minute", "second", "offset?")
def time_of(run: Run, hour: object, minute: object, second: object, offset: object = None) -> object:
    seconds = number(second)
    whole = integer(seconds)
    nano = int(CONTEXT.multiply(CONTEXT.subtract(seconds, whole), NANOS))
    return Time(integer(hour), integer(minute), whole, nano, _offset(offset))


def _offset(value: object) -> Zone | None:
    if value is None:
        return None
    seconds = a(value, DaysDuration, "a days and time duration").nanos // NANOS
    if abs(seconds) > MAX_OFFSET_SECONDS:
        raise Failure("an offset is at most 18 hours")
    return Offset(seconds)


@builtin("date and time", "from")
def date_and_time(run: Run, value: object) -> object:
    """From an ISO text; a date and time is itself, a date its midnight."""
    found = single(value)
    if isinstance(found, DateTime):
        return found
    if isinstance(found, Date):
        return DateTime(found, Time(0, 0, 0))
    return _read(read_date_time(text(found)), text(found), "date and time")


@builtin("date and time", "date", "time")
def date_and_time_of(run: Run, date_value: object, time_value: object) -> object:
    """The day of the first and the time of the second. With the name of a zone as the second, the
    same moment on the clocks of that zone."""
    second = single(time_value)
    if isinstance(second, str):
        return date_and_time_in(run, date_value, second)
    if not isinstance(second, Time):
        raise wrong(second, "a time")
    return DateTime(day(date_value), second)


@builtin("date and time", "date", "timezone")
def date_and_time_in(run: Run, date_value: object, timezone: object) -> object:
    name = text(timezone)
    zone = parse_zone("@" + name) or parse_zone(name)
    if zone is None:
        raise Failure(f'"{name}" is no time zone')
    moment = a(date_value, DateTime, "a date and time")
    if moment.zone is None:
        # Without an offset it is a time on the office's own clocks.
        clock, local = moment.time, run.env.local_zone()
        moment = DateTime(moment.date, Time(clock.hour, clock.minute, clock.second, clock.nano, local))
    return DateTime.from_utc_nanos(moment.utc_nanos, zone)


@builtin("duration", "from")
def duration(run: Run, value: object) -> object:
    found = single(value)
    if isinstance(found, DaysDuration | MonthsDuration):
        return found
    return _read(read_duration(text(found)), text(found), "duration")


@builtin("years and months duration", "from", "to")
def years_and_months_duration(run: Run, start: object, end: object) -> object:
    """The whole months from one day to another."""
    first, last = day(start), day(end)
    months = (last.year - first.year) * 12 + last.month - first.month
    if months > 0 and last.day < first.day:
        months -= 1
    elif months < 0 and last.day > first.day:
        months += 1
    return MonthsDuration(months)


@builtin("now")
def now(run: Run) -> object:
    """The moment the host gave, on the clocks of its zone: the same throughout an evaluation."""
    return run.env.local_now()


@builtin("today")
def today(run: Run) -> object:
    return run.env.local_now().date
