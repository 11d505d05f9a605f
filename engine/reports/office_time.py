"""Working time between moments, for many moments: each day is looked up once, the rest is subtraction."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from engine.calendar.durations import zone_info
from engine.calendar.walls import moment_of
from engine.calendar.working import WorkingCalendar

_DAY = 86_400


class OfficeMeter:
    """Reads a moment (whole seconds since 1970) as the seconds for which the office has been open until then, counted
    from some moment of its own: the difference of two readings is the working time between them."""

    def __init__(self, office: WorkingCalendar, origin: datetime) -> None:
        self._office, self._origin = office, origin
        self._zone = zone_info(office.zone)
        self._days: dict[int, tuple[int, list[tuple[int, int]]]] = {}

    def read(self, second: int) -> int:
        """The reading at a moment."""
        number = second // _DAY
        found = self._days.get(number)
        if found is None:
            found = self._days[number] = self._day(number)
        reading, sessions = found
        for opening, closing in sessions:
            if second <= opening:
                break
            reading += min(second, closing) - opening
        return reading

    def _day(self, number: int) -> tuple[int, list[tuple[int, int]]]:
        """The reading at the beginning of a day of UTC, and the parts of sessions that lie within it."""
        start = datetime.fromtimestamp(number * _DAY, UTC)
        until = int(self._office.working_seconds_between(self._origin, start))
        low, high = number * _DAY, (number + 1) * _DAY
        parts = []
        for day in (start.date() + timedelta(days=n) for n in (-1, 0, 1)):
            for opening, closing in self._open(day):
                if (cut := (max(low, opening), min(high, closing)))[0] < cut[1]:
                    parts.append(cut)
        return until, parts

    def _open(self, day: date) -> list[tuple[int, int]]:
        moments = [
            (moment_of(day, opening, self._zone), moment_of(day, closing, self._zone))
            for opening, closing in self._office.sessions(day)
        ]
        return [(int(opening.timestamp()), int(closing.timestamp())) for opening, closing in moments]
