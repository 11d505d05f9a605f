"""The time that a report is about: a month, a quarter, a fiscal year, or any days from one to another.

Quarters are those of the government's fiscal year (1 October to 30 September), which begin with calendar quarters.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from engine.calendar.durations import zone_info
from engine.calendar.thai import ERA, MONTHS, SHORT_MONTHS, fiscal_quarter, fiscal_year, fiscal_year_days, thai_date
from engine.errors import PeriodRefused

Kind = Literal["MONTH", "QUARTER", "FISCAL_YEAR", "RANGE"]
KINDS: tuple[Kind, ...] = ("MONTH", "QUARTER", "FISCAL_YEAR", "RANGE")
LONGEST_DAYS = 3_660  # ten years
_NAMES = (
    "January February March April May June July August September October November December".split()
)
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """From `first` to `last`, both included, in the office's zone."""

    kind: Kind
    first: date
    last: date
    zone: str

    @property
    def start(self) -> datetime:
        """The first moment of it; UTC."""
        return self._midnight(self.first)

    @property
    def end(self) -> datetime:
        """The first moment after it; UTC."""
        return self._midnight(self.last + _ONE_DAY)

    def months(self) -> list[tuple[str, datetime, bool]]:
        """Its months in order: name (`2026-04`), the moment at which each ends, and whether all of it lies within."""
        found, day = [], self.first.replace(day=1)
        while day <= self.last:
            last = day.replace(day=monthrange(day.year, day.month)[1])
            whole = self.first <= day and last <= self.last
            found.append((f"{day:%Y-%m}", self._midnight(last + _ONE_DAY), whole))
            day = last + _ONE_DAY
        return found

    def said(self) -> tuple[str, str]:
        """What it is called, in Thai and in English."""
        year = self.first.year + ERA
        if self.kind == "MONTH":
            month = self.first.month - 1
            return f"เดือน{MONTHS[month]} พ.ศ. {year}", f"{_NAMES[month]} {self.first.year}"
        of = fiscal_year(self.first)
        if self.kind == "QUARTER":
            number = fiscal_quarter(self.first)
            return f"ไตรมาสที่ {number} ปีงบประมาณ พ.ศ. {of}", f"quarter {number} of fiscal year B.E. {of}"
        if self.kind == "FISCAL_YEAR":
            return f"ปีงบประมาณ พ.ศ. {of}", f"fiscal year B.E. {of}"
        between = [f"{day.day} {_NAMES[day.month - 1]} {day.year}" for day in (self.first, self.last)]
        thai = [thai_date(day, digits=False) for day in (self.first, self.last)]
        return f"ช่วงวันที่ {thai[0]} ถึง {thai[1]}", f"the time from {between[0]} to {between[1]}"

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time(), zone_info(self.zone)).astimezone(UTC)


def period_of(kind: Kind, zone: str, first: date, last: date | None = None) -> Period:
    """The month, quarter or fiscal year that `first` lies in, or the days from `first` to `last`.

    Raises PeriodRefused when `last` is missing where it is needed or given where it is not, lies before `first`, or the
    period is longer than ten years or touches the ends of the calendar.
    """
    if not 1900 <= first.year <= 2900 or (last is not None and not 1900 <= last.year <= 2900):
        raise PeriodRefused("years from 1900 to 2900 of the common era")
    if kind != "RANGE" and last is not None:
        raise PeriodRefused("only a RANGE has a last day")
    if kind == "MONTH":
        return Period(kind, first.replace(day=1), first.replace(day=monthrange(first.year, first.month)[1]), zone)
    if kind == "QUARTER":
        month = first.month - (first.month - 1) % 3
        begin = first.replace(month=month, day=1)
        return Period(kind, begin, first.replace(month=month + 2, day=monthrange(first.year, month + 2)[1]), zone)
    if kind == "FISCAL_YEAR":
        return Period(kind, *fiscal_year_days(fiscal_year(first)), zone)
    if last is None:
        raise PeriodRefused("a RANGE needs a last day")
    if last < first:
        raise PeriodRefused("the last day lies before the first")
    if (last - first).days >= LONGEST_DAYS:
        raise PeriodRefused(f"a report is about {LONGEST_DAYS} days at most")
    return Period(kind, first, last, zone)


def month_said(month: str) -> tuple[str, str]:
    """`2026-04` as people write it in Thai and in English: เม.ย. 2569, Apr 2026."""
    day = date.fromisoformat(f"{month}-01")
    return f"{SHORT_MONTHS[day.month - 1]} {day.year + ERA}", f"{_NAMES[day.month - 1][:3]} {day.year}"
