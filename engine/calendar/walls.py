"""The clock on the wall of a zone: which moment a wall time is, and on which days the clocks are changed.

A wall time that happens twice means the first time, as everywhere in this room. One that a change of the clocks skips
means the moment of the change: the first at which the clock shows that time or a later one. So later wall times are
never earlier moments, and sessions that do not overlap on the wall do not overlap in time.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

_WEEK = 7


@lru_cache(maxsize=16_384)  # due times are computed many at a time, on few different days
def moment_of(day: date, wall: time, zone: ZoneInfo) -> datetime:
    """The moment in UTC when the clock of ``zone`` first shows ``wall`` or a later time on ``day``."""
    local = datetime.combine(day, wall)
    before = _offset(local, zone)
    moment = (local - before).replace(tzinfo=UTC)
    if _offset(local.replace(fold=1), zone) > before:
        return _change_between((local - _offset(local.replace(fold=1), zone)).replace(tzinfo=UTC), moment, zone)
    return moment


@lru_cache(maxsize=4096)
def changes_of(year: int, zone: ZoneInfo) -> tuple[int, ...]:
    """The days of a year (as proleptic ordinals) on which the clocks of the zone are changed, in order.

    Two changes within one week that cancel each other are not seen: no zone has had them.
    """
    first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    if year == date.max.year:
        last -= 1  # the midnight after the last day of all does not exist
    found = []
    for start in range(first, last + 1, _WEEK):
        end = min(start + _WEEK, last + 1)
        if _at_midnight(start, zone) != _at_midnight(end, zone):
            found += [n for n in range(start, end) if _at_midnight(n, zone) != _at_midnight(n + 1, zone)]
    return tuple(found)


def _at_midnight(ordinal: int, zone: ZoneInfo) -> timedelta:
    return _offset(datetime.fromordinal(ordinal), zone)


def _offset(local: datetime, zone: ZoneInfo) -> timedelta:
    offset = zone.utcoffset(local)
    assert offset is not None  # a zone of the database always has one
    return offset


def _change_between(low: datetime, high: datetime, zone: ZoneInfo) -> datetime:
    """The moment of the one change between two moments, of which ``low`` lies before it and ``high`` not."""
    before = low.astimezone(zone).utcoffset()
    step = timedelta(seconds=1)
    behind, ahead = 0, (high - low) // step
    while ahead - behind > 1:
        middle = (ahead + behind) // 2
        if (low + middle * step).astimezone(zone).utcoffset() == before:
            behind = middle
        else:
            ahead = middle
    return (low + ahead * step).replace(microsecond=0)
