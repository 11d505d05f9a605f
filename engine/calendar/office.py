"""The office's calendar as it is seeded, and as the working-time built-ins of FEEL ask for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache

from engine.calendar.civil import last_day_of_period
from engine.calendar.durations import local_of, moment_at, parse_duration
from engine.calendar.holidays import government_holidays
from engine.calendar.recurring import next_recurring_date
from engine.calendar.working import WorkingCalendar


@lru_cache(maxsize=16)
def office_calendar(year: int, zone: str) -> WorkingCalendar:
    """The working calendar for work begun in `year`: its government holidays and those of the years
    beside it, ordinary office hours. Shared between threads; it is not changed.
    """
    return WorkingCalendar(government_holidays(range(year - 1, year + 4)), zone=zone)


class OfficeTime:
    """A working calendar in the terms of FEEL: local days, aware moments, durations as their text.

    Each answers as the calendar does, and raises CalendarError when it cannot.
    """

    def __init__(self, office: WorkingCalendar | Callable[[], WorkingCalendar]) -> None:
        """`office` may be a way to it, which is gone when somebody asks: most expressions do not."""
        self._given = office

    @property
    def _office(self) -> WorkingCalendar:
        return self._given if isinstance(self._given, WorkingCalendar) else self._given()

    def is_working_day(self, day: date) -> bool:
        """Whether the office works on the day."""
        return self._office.is_working_day(day)

    def next_working_day(self, day: date) -> date:
        """The day itself, or the next on which the office works."""
        return self._office.next_working_day(day)

    def holiday_name(self, day: date, language: str) -> str | None:
        """What a day on which the office is closed by its calendar is called, in Thai ("th") or English."""
        found = self._office.holiday(day)
        if found is None:
            return None
        return found.th if language == "th" else found.en

    def add_working_days(self, day: date, days: int) -> date:
        """The working day that is `days` working days after `day` (before it, when negative)."""
        return self._office.working_day_after(day, days)

    def working_days_between(self, start: date, end: date) -> int:
        """The number of working days after `start` up to and including `end`."""
        return self._office.working_days_between(start, end)

    def opening(self, day: date) -> datetime:
        """When the office opens on the day, or on the next working day."""
        return self._office.opening(day)

    def closing(self, day: date) -> datetime:
        """When the office closes on the day, or on the next working day."""
        return self._office.closing(day)

    def add_working_seconds(self, moment: datetime, seconds: Decimal) -> datetime:
        """`moment` plus office time (minus it, when negative)."""
        return self._office.add_working_hours(moment, seconds)

    def working_seconds_between(self, start: datetime, end: datetime) -> Decimal:
        """How long the office is open from `start` to `end`."""
        return self._office.working_seconds_between(start, end)

    def end_of_period(self, day: date, duration: str) -> date:
        """The last day of a period by the Civil and Commercial Code, one with work (193/8)."""
        return self._office.next_working_day(last_day_of_period(day, parse_duration(duration)))

    def next_recurring_date(self, day: date, dates: str) -> date:
        """The first of the recurring dates from `day` on."""
        zone = self._office.zone
        midnight = moment_at(datetime.combine(day, time.min), zone)
        return local_of(next_recurring_date(dates, midnight, zone), zone).date()
