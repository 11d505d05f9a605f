"""Working time, slow and obviously right: a walk over the moments and the days. Shares no code with the module.

The office is open at a moment when the clock on its wall has passed an opening of that day and not yet the closing.
A clock that is put back does not open the office again, and one that jumps over an opening opens it: so both are the
first moment, looked for minute by minute, at which the clock shows that time or a later one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

Hours = Sequence[tuple[time, time]]
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


class SlowCalendar:
    """`weeks`: from which day on each week holds, in order; `days`: hours of the days that differ."""

    def __init__(
        self, weeks: Sequence[tuple[date, Sequence[Hours]]], days: Mapping[date, Hours | None], zone: str
    ) -> None:
        self.weeks = weeks
        self.days = days
        self.zone = ZoneInfo(zone)

    def hours(self, day: date) -> Hours:
        week = [hours for begin, hours in self.weeks if begin <= day][-1]
        if day not in self.days:
            return week[day.weekday()]
        own = self.days[day]
        if own is not None:
            return own
        return week[day.weekday()] if week[day.weekday()] else next(hours for hours in week if hours)

    def works(self, day: date) -> bool:
        return len(self.hours(day)) > 0

    def day_of(self, moment: datetime) -> date:
        return moment.astimezone(self.zone).date()

    def reached(self, day: date, wall: time) -> datetime:
        """The first whole minute at which the clock of the zone shows `wall` of `day` or later."""
        return _reached(datetime.combine(day, wall), self.zone)

    def is_open(self, moment: datetime) -> bool:
        """Whether the office is open in the minute that begins at `moment`."""
        day = self.day_of(moment)
        # the wall may show the day before or after again where a change of the clocks crosses midnight
        return any(
            self.reached(around, begin) <= moment < self.reached(around, end)
            for around in (day - DAY, day, day + DAY)
            for begin, end in self.hours(around)
        )

    def open_minutes(self, start: datetime, end: datetime) -> int:
        count, moment = 0, start
        while moment < end:
            count += self.is_open(moment)
            moment += MINUTE
        return count

    def add_minutes(self, start: datetime, minutes: int) -> datetime:
        """When the office has been open for so many minutes; for negative ones, from when on it will have been."""
        moment, left = start, abs(minutes)
        while left:
            if minutes > 0:
                left -= self.is_open(moment)
                moment += MINUTE
            else:
                moment -= MINUTE
                left -= self.is_open(moment)
        return moment

    def after(self, day: date, count: int) -> date:
        """The working day that is `count` (not zero) working days on, or back."""
        step = DAY if count > 0 else -DAY
        left = abs(count)
        while left:
            day += step
            left -= self.works(day)
        return day

    def count(self, first: date, last: date) -> int:
        """The working days after `first` up to `last`."""
        return sum(self.works(first + n * DAY) for n in range(1, (last - first).days + 1))

    def opening(self, day: date) -> datetime:
        return self.reached(day, self.hours(day)[0][0])

    def closing(self, day: date) -> datetime:
        return self.reached(day, self.hours(day)[-1][1])


@cache
def _reached(wall: datetime, zone: ZoneInfo) -> datetime:
    moment = wall.replace(tzinfo=UTC) - timedelta(hours=16)  # no zone is further from UTC
    while moment.astimezone(zone).replace(tzinfo=None) < wall:
        moment += MINUTE
    return moment
