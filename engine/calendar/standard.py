"""The standard time of a step, and the length of a deadline: when what began at a moment should be done."""

from __future__ import annotations

from datetime import datetime, timedelta
from fractions import Fraction

from engine.calendar.civil import last_day_of_period
from engine.calendar.cycles import parse_cycle
from engine.calendar.durations import Duration, add, local_of, parse_duration
from engine.calendar.errors import CalendarError
from engine.calendar.recurring import is_recurring_date, next_recurring_date
from engine.calendar.working import WorkingCalendar

KINDS = ("calendar", "working", "hours", "civil", "recurring", "event")
# These count the office's days, whatever the last day is.
_OFFICIAL = ("working", "civil")
# These say by when a task should be done; of the others only recurring dates do.
_DUE = ("calendar", "working", "hours", "civil")


def standard_time(
    start: datetime, text: str, kind: str, office: WorkingCalendar, *, to_working_day: bool = False
) -> datetime:
    """When a step with standard time ``text`` (ISO 8601), begun at ``start``, should be done; UTC.

    ``working`` counts in the office's time: days end when the office closes, hours are office hours. ``civil`` counts
    days, weeks, months and years as the Civil and Commercial Code does, and ends when the office closes on the last of
    them. ``calendar``, ``hours`` and ``event`` count every day and hour. ``recurring`` may also be a frequency
    (``R/P1M``), which means once within its interval, or recurring dates (``--04-05 --10-05``).

    ``to_working_day``: an end on a day on which the office is closed moves to the same time of the next working day
    (section 193/8 of that code). Raises CalendarError for another kind, for a text that is none of these and for a
    negative duration.
    """
    if kind not in KINDS:
        raise CalendarError(kind, f"is none of {', '.join(KINDS)}")
    if kind == "recurring" and is_recurring_date(text):
        return next_recurring_date(text, start, office.zone, office if to_working_day else None)
    duration = _interval(text) if kind == "recurring" and text.startswith("R") else parse_duration(text)
    if duration.sign < 0:
        raise CalendarError(text, "is less than no time")
    if kind == "working":
        return _working(start, duration, office)
    if kind == "civil":
        return office.closing(last_day_of_period(local_of(start, office.zone).date(), duration))
    due = add(start, duration, office.zone)
    return moved_to_working_day(due, office) if to_working_day else due


def end_of_term(
    start: datetime, duration: str | None, at: str | None, kind: str, office: WorkingCalendar, *, to_working_day: bool
) -> datetime:
    """When a deadline that counts from ``start`` ends: on the next of the recurring dates ``at``, or else after
    ``duration``, counted as ``standard_time`` does; UTC. Raises CalendarError as that and recurring dates do.
    """
    if at is not None:
        return next_recurring_date(at, start, office.zone, office if to_working_day else None)
    return standard_time(start, duration or "PT0S", kind, office, to_working_day=to_working_day)


def moved_to_working_day(due: datetime, office: WorkingCalendar) -> datetime:
    """``due``, or the same time of the next working day when the office is closed on the day of ``due``; UTC."""
    day = local_of(due, office.zone).date()
    closed = (office.next_working_day(day) - day).days
    return add(due, Duration(days=closed), office.zone)


def follows_office(kind: str, to_working_day: bool = False) -> bool:
    """Whether a term depends on which days the office works, so that a change of its calendar moves it."""
    return kind in _OFFICIAL or to_working_day


def has_due_time(kind: str, text: str) -> bool:
    """Whether a step's standard time says by when its task should be done, and not only how often or after what."""
    return kind in _DUE or (kind == "recurring" and is_recurring_date(text))


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
