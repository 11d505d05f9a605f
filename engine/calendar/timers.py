"""When a timer of a diagram is due; the engine asks here and nowhere else.

Values come as ISO 8601 text, as Python's ``datetime``, ``date`` or ``timedelta``, or as FEEL values, whose ``str()``
is ISO 8601. Moments returned are in UTC. Raises CalendarError for a value that is none of these, null included.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from engine.calendar.cycles import Cycle, next_due, parse_cycle
from engine.calendar.durations import Duration, add, parse_duration, require_aware
from engine.calendar.moments import parse_moment
from engine.calendar.recurring import is_recurring_date, next_recurring_date

CycleSpec = Cycle
__all__ = ["CycleSpec", "due_of_date", "due_of_duration", "duration_of", "next_of_cycle", "parse_cycle"]


def due_of_date(value: object, now: datetime, zone: str) -> datetime:
    """The moment that a ``timeDate`` names; one in the past is returned as it is, and fires at once.

    Recurring dates (``--04-05``, ``---25``, ``end-of-fiscal-year``) mean the end of the next such day from ``now`` on.
    """
    if isinstance(value, str) and is_recurring_date(value):
        return next_recurring_date(value, now, zone)
    return parse_moment(value, zone)


def due_of_duration(value: object, start: datetime, zone: str) -> datetime:
    """``start`` plus what a ``timeDuration`` says; a negative one lies in the past, and fires at once."""
    return add(require_aware(start), duration_of(value), zone)


def duration_of(value: object) -> Duration:
    """The duration that a value stands for."""
    if isinstance(value, Duration):
        return value
    if isinstance(value, timedelta):
        microseconds = value // timedelta(microseconds=1)
        return Duration(seconds=abs(Decimal(microseconds)) / 1_000_000, sign=-1 if microseconds < 0 else 1)
    return parse_duration(str(value))


def next_of_cycle(
    cycle: CycleSpec, after: datetime, count_so_far: int, armed_at: datetime, zone: str
) -> datetime | None:
    """When the cycle is due next after ``after``, having fired ``count_so_far`` times since ``armed_at``; or None."""
    return next_due(cycle, after, count_so_far, armed_at, zone)
