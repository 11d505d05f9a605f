"""Repetitions: ``R3/PT1H``, ``R/2026-10-01T09:00:00+07:00/P1M``, and cron expressions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from engine.calendar.cron import Cron, next_cron, parse_cron
from engine.calendar.durations import Duration, add, parse_duration, require_aware
from engine.calendar.errors import CalendarError
from engine.calendar.moments import parse_moment

_REPEAT = re.compile(r"R(?P<count>[0-9]{0,9})/(?:(?P<start>[^/]+)/)?(?P<interval>[-+]?P[^/]*)")


@dataclass(frozen=True, slots=True)
class Cycle:
    """How often something repeats: either ``interval`` (with ``count`` and ``start`` if written) or ``cron`` is set.

    ``count`` None means for ever; ``start`` is text, because a start without an offset depends on the zone.
    """

    text: str
    interval: Duration | None = None
    count: int | None = None
    start: str | None = None
    cron: Cron | None = None


@lru_cache(maxsize=1024)
def parse_cycle(text: str) -> Cycle:
    """Read a repetition; raises CalendarError, also for an interval that is zero or runs backwards."""
    text = text.strip()
    if not text.startswith("R"):
        return Cycle(text, cron=parse_cron(text))
    found = _REPEAT.fullmatch(text)
    if found is None:
        raise CalendarError(text, "is not a repetition such as R3/PT1H or R/2026-10-01T09:00:00+07:00/P1M")
    interval = parse_duration(found["interval"])
    if interval.is_zero or interval.sign < 0:
        raise CalendarError(text, "repeats after no time at all")
    if found["start"] is not None:
        parse_moment(found["start"], "UTC")
    count = int(found["count"]) if found["count"] else None
    return Cycle(text, interval=interval, count=count, start=found["start"])


def next_due(cycle: Cycle, after: datetime, count_so_far: int, first: datetime, zone: str) -> datetime | None:
    """The next time of ``cycle`` after ``after``, in UTC; None when there is none any more.

    ``first`` is when the timer was armed and ``count_so_far`` how often it has fired. Every time is computed from
    the beginning (the start written in the cycle, which is itself the first time, else ``first``), not from the one
    before: a cycle of months that began on the 31st stays at the ends of months. Times up to ``after`` that were
    missed are left out, and use up the count of a limited cycle.
    """
    if cycle.cron is not None:
        return next_cron(cycle.cron, after, zone)
    assert cycle.interval is not None
    base = parse_moment(cycle.start, zone) if cycle.start else require_aware(first).astimezone(UTC)
    # With a start the occurrences are start + 0, 1, 2 ... intervals, without one first + 1, 2, 3 ...
    offset = 0 if cycle.start else 1
    index = _first_index_after(base, cycle.interval, after, count_so_far, offset, zone)
    if cycle.count is not None and index >= cycle.count:
        return None
    return add(base, cycle.interval.times(index + offset), zone)


def _first_index_after(base: datetime, interval: Duration, after: datetime, low: int, offset: int, zone: str) -> int:
    """The smallest index from ``low`` on whose time is after ``after``; doubling, then halving, so it is never slow."""

    def is_late(index: int) -> bool:
        try:
            return add(base, interval.times(index + offset), zone) > after
        except CalendarError:
            return True  # beyond the year 9999, where the doubling may look

    if is_late(low):
        return low
    step = 1
    while not is_late(low + step):
        low, step = low + step, step * 2
    high = low + step
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if is_late(middle) else (middle, high)
    return high
