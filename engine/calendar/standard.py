"""The standard time of a step: when work that began at a moment should be done."""

from __future__ import annotations

from datetime import datetime, timedelta
from fractions import Fraction

from engine.calendar.cycles import parse_cycle
from engine.calendar.durations import Duration, add, parse_duration
from engine.calendar.errors import CalendarError
from engine.calendar.working import WorkingCalendar

KINDS = ("calendar", "working", "hours", "recurring", "event")


def standard_time(start: datetime, text: str, kind: str, office: WorkingCalendar) -> datetime:
    """When a step with standard time ``text`` (ISO 8601), begun at ``start``, should be done; UTC.

    ``working`` counts in the office's time: days end when the office closes, hours are office hours. ``calendar``,
    ``hours`` and ``event`` count every day and hour. ``recurring`` may also be a frequency (``R/P1M``), which means
    once within its interval. Raises CalendarError for another kind, for a text that is no duration and for a
    negative one.
    """
    if kind not in KINDS:
        raise CalendarError(kind, f"is none of {', '.join(KINDS)}")
    duration = _interval(text) if kind == "recurring" and text.startswith("R") else parse_duration(text)
    if duration.sign < 0:
        raise CalendarError(text, "is less than no time")
    if kind == "working":
        return _working(start, duration, office)
    return add(start, duration, office.zone)


def _interval(text: str) -> Duration:
    interval = parse_cycle(text).interval
    if interval is None:
        raise CalendarError(text, "has no interval")
    return interval


def _working(start: datetime, duration: Duration, office: WorkingCalendar) -> datetime:
    moment = start
    if duration.years or duration.months:
        moment = add(start, Duration(duration.years, duration.months), office.zone)
    if duration.days or not duration.seconds:
        moment = office.add_working_days(moment, duration.days)
    return office.add_working_hours(moment, duration.seconds)


def part_of(start: datetime, due: datetime, share: Fraction) -> datetime:
    """The moment when ``share`` (four fifths, say) of the time from ``start`` to ``due`` is over."""
    microseconds = (due - start) // timedelta(microseconds=1)
    return start + timedelta(microseconds=int(microseconds * share))
