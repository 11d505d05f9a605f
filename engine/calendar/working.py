"""Working time: which days an office works, and counting in its days and hours.

Sources: Civil and Commercial Code, section 193/3 (the first day of a period of days is not counted) and 193/4 (in
official business a day means the hours in which the office is open); the usual office hours 8.30 to 16.30 with an hour
at noon.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from engine.calendar.durations import require_aware, zone_info
from engine.calendar.errors import CalendarError

OFFICE_SESSIONS = ((time(8, 30), time(12, 0)), (time(13, 0), time(16, 30)))
_ONE_DAY = timedelta(days=1)
# No office is closed for a year: a table that says so is broken, and a loop over it would not end.
_LONGEST_CLOSURE = 366


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day that differs from its weekday: a holiday, or a Saturday on which the office works."""

    day: date
    working: bool
    th: str
    en: str


class WorkingCalendar:
    """The working days and hours of an office; Monday to Friday except as the table of ``days`` says.

    Immutable and safe to share between threads.
    """

    def __init__(
        self,
        days: Iterable[CalendarDay] = (),
        zone: str = "Asia/Bangkok",
        sessions: tuple[tuple[time, time], ...] = OFFICE_SESSIONS,
    ) -> None:
        self.zone = zone
        self.sessions = sessions
        self._zone = zone_info(zone)
        self._differs = {entry.day: entry for entry in days}

    def is_working_day(self, day: date) -> bool:
        """Whether the office works on ``day`` (a ``datetime`` counts as the day it falls on in the office's zone)."""
        entry = self._differs.get(self._day(day))
        return entry.working if entry else self._day(day).weekday() < 5

    def holiday(self, day: date) -> CalendarDay | None:
        """The table's entry for ``day`` if the office is closed by it."""
        entry = self._differs.get(self._day(day))
        return entry if entry and not entry.working else None

    def add_working_days(self, start: datetime, count: int) -> datetime:
        """The close of the office on the ``count``-th working day after the day of ``start``; UTC.

        ``count`` 0 is the close of that very day, or of the next working day if the office is closed on it or has
        closed already. A negative ``count`` is the opening on the ``count``-th working day before.
        """
        day = self._day(require_aware(start))
        if count < 0:
            return self._at(self._step(day, -count, -_ONE_DAY), self.sessions[0][0])
        if count == 0:
            closing = self._at(day, self.sessions[-1][1])
            if not self.is_working_day(day) or closing < start:
                day = self._step(day, 1, _ONE_DAY)
        return self._at(self._step(day, count, _ONE_DAY), self.sessions[-1][1])

    def working_days_between(self, first: date, last: date) -> int:
        """How many working days lie after ``first`` up to and including ``last``; negative if ``last`` is earlier."""
        low, high = self._day(first), self._day(last)
        if high < low:
            return -self.working_days_between(high, low)
        days = (high - low).days
        # Whole weeks by arithmetic, the rest and the table's days one by one: long spans stay cheap.
        total = days // 7 * 5
        total += sum((low + timedelta(days=n)).weekday() < 5 for n in range(days // 7 * 7 + 1, days + 1))
        for day, entry in self._differs.items():
            if low < day <= high:
                total += int(entry.working) - int(day.weekday() < 5)
        return total

    def add_working_hours(self, start: datetime, seconds: Decimal) -> datetime:
        """The moment when the office has worked ``seconds`` (zero or more) after ``start``; UTC.

        Only office hours of working days count. None at all gives ``start`` itself.
        """
        if seconds < 0:
            raise CalendarError(seconds, "is less than no working time")
        left = timedelta(microseconds=int(seconds * 1_000_000))
        moment = require_aware(start).astimezone(UTC)
        if not left:
            return moment
        day = self._day(start)
        while True:
            if self.is_working_day(day):
                for opening, closing in self.sessions:
                    begin = max(moment, self._at(day, opening))
                    open_for = self._at(day, closing) - begin
                    if open_for >= left:
                        return begin + left
                    left -= max(open_for, timedelta(0))
            day = self._step(day, 1, _ONE_DAY)

    def _step(self, day: date, count: int, step: timedelta) -> date:
        """``count`` working days on from ``day`` in the direction of ``step``."""
        closed = 0
        try:
            while count:
                day += step
                working = self.is_working_day(day)
                count -= working
                closed = 0 if working else closed + 1
                if closed > _LONGEST_CLOSURE:
                    raise CalendarError(day, "ends more than a year without a working day")
        except OverflowError as error:
            raise CalendarError(count, "working days lead out of the years 1 to 9999") from error
        return day

    def _day(self, value: date) -> date:
        return value.astimezone(self._zone).date() if isinstance(value, datetime) else value

    def _at(self, day: date, wall: time) -> datetime:
        return datetime.combine(day, wall, tzinfo=self._zone).astimezone(UTC)
