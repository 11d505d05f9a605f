"""The days of an office as one table of stretches, so that counting over years costs no more than over days.

A stretch is a run of days over which one week repeats itself; a day that differs is a stretch of its own. Each knows
how many working days and how much working time lie before it, counted from 1 January of the year 1: what lies between
two days is a difference, and the way back is a binary search. Time is in whole microseconds on the wall; the few days
on which the clocks are changed are the business of who asks.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import accumulate, pairwise

from engine.calendar.errors import CalendarError
from engine.calendar.hours import DAYS_OF_A_WEEK, CalendarDay, OfficeHours, Sessions, length_of

_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Week:
    """A week that repeats itself; ``days`` and ``time`` count what lies before each of its days, and at its end."""

    sessions: tuple[Sessions, ...]
    days: tuple[int, ...]
    time: tuple[int, ...]

    def days_before(self, ordinal: int) -> int:
        """The working days before a day, if every week were this one (1 January of the year 1 was a Monday)."""
        weeks, weekday = divmod(ordinal - 1, DAYS_OF_A_WEEK)
        return weeks * self.days[-1] + self.days[weekday]

    def time_before(self, ordinal: int) -> int:
        """The working time before a day, if every week were this one."""
        weeks, weekday = divmod(ordinal - 1, DAYS_OF_A_WEEK)
        return weeks * self.time[-1] + self.time[weekday]


@lru_cache(maxsize=1024)
def _week(sessions: tuple[Sessions, ...]) -> Week:
    days = accumulate((int(bool(day)) for day in sessions), initial=0)
    time = accumulate((length_of(day) // _MICROSECOND for day in sessions), initial=0)
    return Week(sessions, tuple(days), tuple(time))


class DayTable:
    """Working days and time of every day of the years 1 to 9999. Immutable. Days are proleptic ordinals."""

    __slots__ = ("_days", "_days_offset", "_firsts", "_time", "_time_offset", "_weeks")

    def __init__(self, hours: tuple[OfficeHours, ...], differing: Iterable[CalendarDay]) -> None:
        """``hours`` in order, the first from the beginning of time; each day of ``differing`` once."""
        stretches = list(_stretches(hours, sorted(differing, key=lambda entry: entry.day)))
        self._firsts = [first for first, _ in stretches]
        self._weeks = [week for _, week in stretches]
        self._days, self._time = [0], [0]
        for (first, week), (following, _) in pairwise(stretches):
            self._days.append(self._days[-1] + week.days_before(following) - week.days_before(first))
            self._time.append(self._time[-1] + week.time_before(following) - week.time_before(first))
        self._days_offset = [n - w.days_before(f) for n, (f, w) in zip(self._days, stretches, strict=True)]
        self._time_offset = [t - w.time_before(f) for t, (f, w) in zip(self._time, stretches, strict=True)]

    def sessions(self, ordinal: int) -> Sessions:
        """The hours of a day."""
        week = self._weeks[bisect_right(self._firsts, ordinal) - 1]
        return week.sessions[(ordinal - 1) % DAYS_OF_A_WEEK]

    def days_before(self, ordinal: int) -> int:
        """How many working days lie before a day."""
        at = bisect_right(self._firsts, ordinal) - 1
        return self._days_offset[at] + self._weeks[at].days_before(ordinal)

    def time_before(self, ordinal: int) -> int:
        """How much working time lies before a day."""
        at = bisect_right(self._firsts, ordinal) - 1
        return self._time_offset[at] + self._weeks[at].time_before(ordinal)

    def working_day(self, number: int) -> int:
        """The working day before which there are ``number`` others. Raises CalendarError outside the years."""
        if number < 0:
            raise CalendarError(number, "working days lead out of the years 1 to 9999")
        at = bisect_right(self._days, number) - 1
        week = self._weeks[at]
        weeks, rest = divmod(number - self._days_offset[at], week.days[-1])
        return _in_the_years(weeks * DAYS_OF_A_WEEK + bisect_right(week.days, rest))

    def day_ending_at(self, time: int) -> int:
        """The day on which working time before it is less than ``time`` and after it is not. Raises as above."""
        if time <= 0:
            raise CalendarError(time, "microseconds of working time lead out of the years 1 to 9999")
        at = bisect_left(self._time, time) - 1
        week = self._weeks[at]
        weeks, rest = divmod(time - self._time_offset[at] - 1, week.time[-1])
        return _in_the_years(weeks * DAYS_OF_A_WEEK + bisect_right(week.time, rest))

    def day_beginning_at(self, time: int) -> int:
        """The day on which working time before it is at most ``time`` and after it is more. Raises as above."""
        return self.day_ending_at(time + 1)


def _stretches(hours: tuple[OfficeHours, ...], differing: list[CalendarDay]) -> Iterable[tuple[int, Week]]:
    """First day and week of each stretch, in order, without gaps."""
    ends = [*(following.valid_from for following in hours[1:]), None]
    at, entries = 1, iter(differing)
    entry = next(entries, None)
    for current, end_day in zip(hours, ends, strict=True):
        end = end_day.toordinal() if end_day is not None else date.max.toordinal() + 1
        while entry is not None and entry.day.toordinal() < end:
            if at < entry.day.toordinal():
                yield at, _week(current.week)
            at = entry.day.toordinal()
            yield at, _week((current.of(entry),) * DAYS_OF_A_WEEK)
            at, entry = at + 1, next(entries, None)
        if at < end or end_day is None:  # the last stretch has no end, even if no day is left for it
            yield at, _week(current.week)
            at = end


def _in_the_years(ordinal: int) -> int:
    if ordinal > date.max.toordinal():
        raise CalendarError(ordinal, "days lead out of the years 1 to 9999")
    return ordinal
