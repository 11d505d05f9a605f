"""The office's calendar as it is seeded, and as the working-time built-ins of FEEL ask for it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from engine.calendar.holidays import government_holidays
from engine.calendar.thai import fiscal_year, thai_date
from engine.calendar.working import WorkingCalendar


@lru_cache(maxsize=16)
def office_calendar(year: int, zone: str) -> WorkingCalendar:
    """The working calendar for work begun in `year`: its government holidays and those of the years
    beside it, ordinary office hours. Shared between threads; it is not changed.
    """
    return WorkingCalendar(government_holidays(range(year - 1, year + 4)), zone=zone)


class OfficeTime:
    """A working calendar in the terms of FEEL: local days, and hours as a decimal number."""

    def __init__(self, office: WorkingCalendar) -> None:
        self._office = office

    def is_working_day(self, day: date) -> bool:
        """Whether the office works on the day."""
        return self._office.is_working_day(day)

    def add_working_days(self, day: date, days: int) -> date:
        """The working day that is `days` working days after `day` (before it, when negative)."""
        return self._office.working_day_after(day, days)

    def working_days_between(self, start: date, end: date) -> int:
        """The number of working days after `start` up to and including `end`."""
        return self._office.working_days_between(start, end)

    def add_working_hours(self, moment: datetime, hours: Decimal) -> datetime:
        """`moment` plus office hours."""
        return self._office.add_working_hours(moment, hours * 3600)

    def fiscal_year(self, day: date) -> int:
        """The fiscal year of the day, named by the Buddhist era."""
        return fiscal_year(day)

    def thai_date(self, day: date) -> str:
        """The day as official letters write it."""
        return thai_date(day)
