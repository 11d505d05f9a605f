"""The office's working time, which DMN does not have. They take the calendar from the environment
(`WorkingTime`), count in the office's zone, and give null without a calendar.

    is working day(date)                 no weekend, no holiday
    next working day(date)               the day itself, or the next one with work
    holiday name(date)                   in Thai; holiday name(date, "en") in English; or null
    add working days(date, days)         so many working days later, or earlier when negative
    working days between(start, end)     the first day is not counted, the last is
    opening time(date)                   when the office opens on it, or on the next working day
    closing time(date)                   when it closes then
    add working hours(moment, hours)     hours of the office's opening times, or back when negative
    working hours between(start, end)    how many of them lie between two moments
    end of period(date, duration)        the last day as the Civil and Commercial Code counts
    next recurring date(date, dates)     of "--04-05 --10-05", "end-of-month", "R/2026-10-01/P3M"

None goes further than 20,000 days or hours, or further apart than 40,000 days.
"""

from __future__ import annotations

from decimal import Decimal

from engine.feel.errors import Failure
from engine.feel.functions.arguments import a, day, integer, local_day, number, single, text, wrong
from engine.feel.functions.define import builtin
from engine.feel.runtime import Run, WorkingTime
from engine.feel.values.durations import DaysDuration, MonthsDuration
from engine.feel.values.numbers import CONTEXT
from engine.feel.values.temporal import Date, DateTime

MAX_WORKING_DAYS = 20_000
SECONDS_OF_AN_HOUR = Decimal(3600)
LANGUAGES = ("th", "en")


def _calendar(run: Run) -> WorkingTime:
    if run.env.calendar is None:
        raise Failure("there is no working calendar here")
    return run.env.calendar


def _require_near(first: Date, last: Date) -> None:
    if abs(last.days - first.days) > MAX_WORKING_DAYS * 2:
        raise Failure("the days are too far apart")


@builtin("is working day", "date")
def is_working_day(run: Run, date: object) -> object:
    """Whether the office works on the day, if only for a part of it."""
    return _calendar(run).is_working_day(local_day(run, date).to_python())


@builtin("next working day", "date")
def next_working_day(run: Run, date: object) -> object:
    """The day itself if the office works on it, else the next on which it does."""
    return Date.from_python(_calendar(run).next_working_day(local_day(run, date).to_python()))


@builtin("holiday name", "date", "language?")
def holiday_name(run: Run, date: object, language: object = "th") -> object:
    """What the calendar calls a day on which the office is closed by it; null on others."""
    wanted = text(language)
    if wanted not in LANGUAGES:
        raise Failure(f"the language is one of {', '.join(LANGUAGES)}")
    return _calendar(run).holiday_name(local_day(run, date).to_python(), wanted)


@builtin("add working days", "date", "days")
def add_working_days(run: Run, date: object, days: object) -> object:
    """So many working days after the day (before it, when negative). A date and time keeps its
    time of day."""
    calendar, count = _calendar(run), integer(days)
    if abs(count) > MAX_WORKING_DAYS:
        raise Failure(f"more than {MAX_WORKING_DAYS} working days")
    found = single(date)
    if isinstance(found, DateTime) and found.zone is not None:
        found = DateTime.from_utc_nanos(found.utc_nanos, run.env.local_zone())
    moved = Date.from_python(calendar.add_working_days(day(found).to_python(), count))
    return DateTime(moved, found.time) if isinstance(found, DateTime) else moved


@builtin("working days between", "start", "end")
def working_days_between(run: Run, start: object, end: object) -> object:
    """As the calendar counts them."""
    first, last = local_day(run, start), local_day(run, end)
    _require_near(first, last)
    between = _calendar(run).working_days_between(first.to_python(), last.to_python())
    return Decimal(between)


@builtin("opening time", "date")
def opening_time(run: Run, date: object) -> object:
    """When the office opens on the day, or on the next working day."""
    moment = _calendar(run).opening(local_day(run, date).to_python())
    return DateTime.from_python(moment, run.env.local_zone())


@builtin("closing time", "date")
def closing_time(run: Run, date: object) -> object:
    """When the office closes on the day, or on the next working day."""
    moment = _calendar(run).closing(local_day(run, date).to_python())
    return DateTime.from_python(moment, run.env.local_zone())


@builtin("add working hours", "moment", "hours")
def add_working_hours(run: Run, moment: object, hours: object) -> object:
    """So many hours of the office's opening times later, or earlier when negative."""
    start = a(moment, DateTime, "a date and time")
    count = number(hours)
    if abs(count) > MAX_WORKING_DAYS:
        raise Failure(f"more than {MAX_WORKING_DAYS} working hours")
    zone = run.env.local_zone()
    seconds = CONTEXT.multiply(count, SECONDS_OF_AN_HOUR)
    return DateTime.from_python(_calendar(run).add_working_seconds(start.to_python(zone), seconds), zone)


@builtin("working hours between", "start", "end")
def working_hours_between(run: Run, start: object, end: object) -> object:
    """How many hours the office is open between two moments; negative when the end is earlier."""
    first, last = (a(moment, DateTime, "a date and time") for moment in (start, end))
    _require_near(first.date, last.date)
    zone = run.env.local_zone()
    seconds = _calendar(run).working_seconds_between(first.to_python(zone), last.to_python(zone))
    return CONTEXT.divide(seconds, SECONDS_OF_AN_HOUR)


@builtin("end of period", "date", "duration")
def end_of_period(run: Run, date: object, duration: object) -> object:
    """The last day of a period of days, weeks, months or years that an event of the day begins, as
    the Civil and Commercial Code counts it (193/3 to 193/8)."""
    length = single(duration)
    if not isinstance(length, DaysDuration | MonthsDuration):
        raise wrong(length, "a duration")
    start = local_day(run, date).to_python()
    return Date.from_python(_calendar(run).end_of_period(start, str(length)))


@builtin("next recurring date", "date", "dates")
def next_recurring_date(run: Run, date: object, dates: object) -> object:
    """The first day, from `date` on, that a text names as deadlines do."""
    start = local_day(run, date).to_python()
    return Date.from_python(_calendar(run).next_recurring_date(start, text(dates)))
