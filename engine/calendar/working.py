"""Working time: which days an office works, and counting in its days and hours.

Sources: Civil and Commercial Code, section 193/3 (the first day of a period of days is not counted) and 193/4 (in
official business a day means the hours in which the office is open).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from engine.calendar.durations import local_of, require_aware, zone_info
from engine.calendar.errors import CalendarError
from engine.calendar.hours import CalendarDay, OfficeHours, Sessions, merged_hours
from engine.calendar.table import DayTable
from engine.calendar.walls import changes_of, moment_of

_MICROSECOND = timedelta(microseconds=1)
_NOTHING = timedelta(0)
_DAYS_KNOWN = 1_000


class WorkingCalendar:
    """The working days and hours of an office in one zone.

    ``hours`` are those of its weeks by date; before the first that has a beginning, and without any, the usual hours
    of Thai offices hold. ``days`` are those that differ, each once. Immutable, safe to share between threads; costs a
    few microseconds an answer, however far away. Raises CalendarError for an unknown zone, for two entries of one
    day and for two hours that begin on the same day.

    Days are ``date`` values; a ``datetime`` counts as the day on which it falls in the office's zone. Moments are
    aware ``datetime`` values; results are in UTC. What leads out of the years 1 to 9999 raises CalendarError.
    """

    def __init__(
        self,
        days: Iterable[CalendarDay] = (),
        zone: str = "Asia/Bangkok",
        hours: Iterable[OfficeHours] = (),
    ) -> None:
        self.zone = zone
        self.hours = merged_hours(hours)
        self._zone = zone_info(zone)
        self._differs: dict[date, CalendarDay] = {}
        for entry in days:
            if self._differs.setdefault(entry.day, entry) is not entry:
                raise CalendarError(entry.day, "has two entries in one calendar")
        self._table = DayTable(self.hours, self._differs.values())
        self._opened: dict[int, list[tuple[datetime, datetime]]] = {}

    @property
    def days(self) -> tuple[CalendarDay, ...]:
        """The days that differ, in order."""
        return tuple(self._differs[day] for day in sorted(self._differs))

    def entry(self, day: date) -> CalendarDay | None:
        """The entry of ``day``, if it differs from its weekday."""
        return self._differs.get(self._day(day))

    def holiday(self, day: date) -> CalendarDay | None:
        """The entry of ``day`` if the office is closed by it."""
        entry = self.entry(day)
        return entry if entry is not None and entry.closed else None

    def sessions(self, day: date) -> Sessions:
        """The hours of ``day`` on the wall; none when the office is closed."""
        return self._table.sessions(self._day(day).toordinal())

    def is_working_day(self, day: date) -> bool:
        """Whether the office is open on ``day``, if only for a part of it."""
        return bool(self.sessions(day))

    def opening(self, day: date) -> datetime:
        """When the office opens on ``day``, or on the next working day if it is closed then."""
        found = self.next_working_day(day)
        return self._at(found, self.sessions(found)[0][0])

    def closing(self, day: date) -> datetime:
        """When the office closes on ``day``, or on the next working day if it is closed then."""
        found = self.next_working_day(day)
        return self._at(found, self.sessions(found)[-1][1])

    def next_working_day(self, day: date) -> date:
        """``day`` itself if the office works on it, else the first working day after it."""
        number = self._table.days_before(self._day(day).toordinal())
        return date.fromordinal(self._table.working_day(number))

    def add_working_days(self, start: datetime, count: int) -> datetime:
        """The close of the office on the ``count``-th working day after the day of ``start``.

        ``count`` 0 is the close of that very day, or of the next working day if the office is closed on it or has
        closed already. A negative ``count`` is the opening on the ``count``-th working day before the day of ``start``.
        """
        day = self._day(start)
        if count == 0:
            closing = self.closing(day)
            return closing if start <= closing else self.add_working_days(start, 1)
        found = self.working_day_after(day, count)
        return self.closing(found) if count > 0 else self.opening(found)

    def working_day_after(self, day: date, count: int) -> date:
        """The ``count``-th working day after ``day``; before it when negative; ``day`` itself when zero."""
        ordinal = self._day(day).toordinal()
        if count > 0:
            return date.fromordinal(self._table.working_day(self._table.days_before(ordinal + 1) + count - 1))
        if count < 0:
            return date.fromordinal(self._table.working_day(self._table.days_before(ordinal) + count))
        return self._day(day)

    def working_days_between(self, first: date, last: date) -> int:
        """How many working days lie after ``first`` up to and including ``last``; negative if ``last`` is earlier."""
        after = self._table.days_before(self._day(last).toordinal() + 1)
        return after - self._table.days_before(self._day(first).toordinal() + 1)

    def working_seconds_between(self, start: datetime, end: datetime) -> Decimal:
        """How many seconds the office is open from ``start`` to ``end``; negative if ``end`` is earlier.

        Exact to the microsecond; an hour that a change of the clocks takes away or gives again counts as it passes.
        """
        if end < start:
            return -self.working_seconds_between(end, start)
        low, high = self._ordinal(start), self._ordinal(end)
        total = self._table.time_before(high) - self._table.time_before(low)
        total += sum(self._excess(day) for day in self._changed_days(low, high - 1))
        total += self._worked(high, end) - self._worked(low, start)
        return Decimal(total) / 1_000_000

    def add_working_hours(self, start: datetime, seconds: Decimal) -> datetime:
        """The first moment when the office has been open for ``seconds`` since ``start``.

        Negative ``seconds``: the last moment from which the office is open that long until ``start``. None at all
        gives ``start`` itself. So a time that ends with a session ends at its close, not at the next opening. Parts of
        a microsecond are rounded.
        """
        microseconds = int((seconds * 1_000_000).to_integral_value())
        moment = require_aware(start).astimezone(UTC)
        day = self._ordinal(moment)
        if microseconds > 0:
            return self._forward(day, self._worked(day, moment) + microseconds)
        if microseconds < 0:
            return self._backward(day, self._length(day) - self._worked(day, moment) - microseconds)
        return moment

    def _forward(self, day: int, left: int) -> datetime:
        """The first moment when the office has been open for ``left`` (more than zero) since ``day`` began."""
        while True:
            total = self._table.time_before(day) + left
            found = self._table.day_ending_at(total)
            changed = next(self._changed_days(day, found), None)
            if changed is None:
                return self._after(found, total - self._table.time_before(found))
            left = total - self._table.time_before(changed)
            if left <= self._length(changed):
                return self._after(changed, left)
            day, left = changed + 1, left - self._length(changed)

    def _backward(self, day: int, left: int) -> datetime:
        """The last moment from which the office is open for ``left`` (more than zero) until ``day`` is over."""
        while True:
            total = self._table.time_before(day + 1) - left
            found = self._table.day_beginning_at(total)
            changed = next(self._changed_days(found, day, back=True), None)
            if changed is None:
                return self._before(found, self._table.time_before(found + 1) - total)
            left = self._table.time_before(changed + 1) - total
            if left <= self._length(changed):
                return self._before(changed, left)
            day, left = changed - 1, left - self._length(changed)

    def _after(self, day: int, left: int) -> datetime:
        """When the office has been open for ``left`` microseconds on a day, which has as many."""
        for opening, closing in self._open(day):
            length = (closing - opening) // _MICROSECOND
            if left <= length:
                return opening + left * _MICROSECOND
            left -= length
        raise CalendarError(left, "working time leads out of the years 1 to 9999")

    def _before(self, day: int, left: int) -> datetime:
        """From when on the office is open for ``left`` microseconds more on a day, which has as many."""
        for opening, closing in reversed(self._open(day)):
            length = (closing - opening) // _MICROSECOND
            if left <= length:
                return closing - left * _MICROSECOND
            left -= length
        raise CalendarError(left, "working time leads out of the years 1 to 9999")

    def _open(self, day: int) -> list[tuple[datetime, datetime]]:
        """The sessions of a day as moments; those of the days that were asked for last are known."""
        found = self._opened.get(day)
        if found is None:
            if len(self._opened) >= _DAYS_KNOWN:
                self._opened = {}
            wanted, sessions = date.fromordinal(day), self._table.sessions(day)
            found = [(self._at(wanted, opening), self._at(wanted, closing)) for opening, closing in sessions]
            self._opened[day] = found
        return found

    def _worked(self, day: int, until: datetime) -> int:
        """The microseconds for which the office has been open on a day until a moment of it."""
        worked = sum((max(min(close, until) - opening, _NOTHING) for opening, close in self._open(day)), _NOTHING)
        return worked // _MICROSECOND

    def _length(self, day: int) -> int:
        """The microseconds for which the office is open on a day."""
        return sum((close - opening for opening, close in self._open(day)), _NOTHING) // _MICROSECOND

    def _excess(self, day: int) -> int:
        """How much longer the office is open on a day than its sessions say."""
        return self._length(day) - (self._table.time_before(day + 1) - self._table.time_before(day))

    def _changed_days(self, first: int, last: int, *, back: bool = False) -> Iterator[int]:
        """The days from ``first`` to ``last`` on which the clocks are changed, in order, or in reverse."""
        if last < first:
            return
        first_year, last_year = date.fromordinal(first).year, date.fromordinal(last).year
        years = range(last_year, first_year - 1, -1) if back else range(first_year, last_year + 1)
        for year in years:
            days = changes_of(year, self._zone)
            yield from (day for day in (reversed(days) if back else days) if first <= day <= last)

    def _ordinal(self, moment: datetime) -> int:
        return self._day(moment).toordinal()

    def _day(self, value: date) -> date:
        return local_of(value, self.zone).date() if isinstance(value, datetime) else value

    def _at(self, day: date, wall: time) -> datetime:
        try:
            return moment_of(day, wall, self._zone)
        except OverflowError as error:
            raise CalendarError(day, "leads out of the years 1 to 9999") from error
