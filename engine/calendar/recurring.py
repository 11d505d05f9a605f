"""Dates that come back: "within 5 April and 5 October", "every three months", "by the end of the fiscal quarter".

A text names one or several of these, with blanks between them; the nearest counts:

    --04-05               5 April of each year; --02-29 only in leap years
    --09                  the last day of each September
    ---25                 the 25th of each month, or the month's last day if it is shorter
    end-of-month          the last day of each month
    end-of-fiscal-quarter the last day of December, March, June, September
    end-of-fiscal-half    the last day of March, September
    end-of-fiscal-year    the last day of September
    R/2026-10-01/P3M      1 October 2026 and every three months after it; of whole days, weeks, months or years
    R/P3M                 three months after the moment that is counted from

Source: Budget Procedures Act B.E. 2561, section 4 (the fiscal year runs from 1 October to 30 September).
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from engine.calendar.cycles import next_due, parse_cycle
from engine.calendar.durations import local_of, moment_at
from engine.calendar.errors import CalendarError
from engine.calendar.working import WorkingCalendar

NAMES = {
    "end-of-month": "---31",
    "end-of-fiscal-quarter": "--12 --03 --06 --09",
    "end-of-fiscal-half": "--03 --09",
    "end-of-fiscal-year": "--09",
}
MOST_DATES = 24
_YEARLY = re.compile(r"--(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?")
_MONTHLY = re.compile(r"---(?P<day>[0-9]{2})")
_LAST_SECOND = time(23, 59, 59)
_LEAP_YEAR = 2000
# 29 February is the rarest of these: at most eight years away.
_HORIZON_MONTHS = 9 * 12


def is_recurring_date(text: str) -> bool:
    """Whether a text is meant as dates that come back, right or wrong, and not as one moment or a duration."""
    return text.strip().startswith(("--", "end-of-"))


@lru_cache(maxsize=1024)
def parse_recurring(text: str) -> tuple[str, ...]:
    """The single dates that a text names, the names above replaced. Raises CalendarError that says which is wrong."""
    dates = [date for word in text.split() for date in NAMES.get(word, word).split()]
    if not dates:
        raise CalendarError(text, "names no date")
    if len(dates) > MOST_DATES:
        raise CalendarError(text, f"names more than {MOST_DATES} dates")
    for each in dates:
        _check(each)
    return tuple(dict.fromkeys(dates))


def next_recurring_date(text: str, after: datetime, zone: str, office: WorkingCalendar | None = None) -> datetime:
    """The end (23:59:59 in ``zone``) of the next day that ``text`` names and that ends after ``after``; UTC.

    With an ``office`` (of the same zone) a day on which it is closed stands for the next working day (Civil and
    Commercial Code, section 193/8). Raises CalendarError for another text, and beyond the year 9999.
    """
    first = local_of(after, zone).date()
    if office is not None:
        # every day since the last working day may still stand for today
        first = office.working_day_after(first, -1) + timedelta(days=1)
    return min(_next(each, after, first, zone, office) for each in parse_recurring(text))


def _next(text: str, after: datetime, first: date, zone: str, office: WorkingCalendar | None) -> datetime:
    """The end of the next day of a single date, looked for from the day ``first`` on."""
    for day in _days(text, after, first, zone):
        last = office.next_working_day(day) if office is not None else day
        end = moment_at(datetime.combine(last, _LAST_SECOND), zone)
        if end > after:
            return end
    raise CalendarError(text, "leads out of the years 1 to 9999")


def _days(text: str, after: datetime, first: date, zone: str) -> Iterator[date]:
    if text.startswith("R"):
        yield from _days_of_cycle(text, after, first, zone)
        return
    for offset in range(_HORIZON_MONTHS + 1):
        year, month = divmod(first.year * 12 + first.month - 1 + offset, 12)
        if year > date.max.year:
            return
        day = _day_in_month(text, year, month + 1)
        if day is not None and day >= first:
            yield day


def _days_of_cycle(text: str, after: datetime, first: date, zone: str) -> Iterator[date]:
    cycle = parse_cycle(text)
    if first == date.min:
        raise CalendarError(first, "has no day before it to look from")
    moment = moment_at(datetime.combine(first, time.min), zone) - timedelta(microseconds=1)
    while (found := next_due(cycle, moment, 0, after, zone)) is not None:
        yield local_of(found, zone).date()
        moment = found


def _check(text: str) -> None:
    if text.startswith("R/"):
        cycle = parse_cycle(text)
        if cycle.interval is None or cycle.interval.seconds:
            raise CalendarError(text, "does not repeat after whole days, weeks, months or years")
        return
    if found := _MONTHLY.fullmatch(text):
        last = 31
    elif (found := _YEARLY.fullmatch(text)) and 1 <= int(found["month"]) <= 12:
        last = calendar.monthrange(_LEAP_YEAR, int(found["month"]))[1]
    else:
        raise CalendarError(text, f"is not a recurring date such as --04-05, ---25, R/P3M or {', '.join(NAMES)}")
    if found["day"] is not None and not 1 <= int(found["day"]) <= last:
        raise CalendarError(text, "names a day that no year has")


def _day_in_month(text: str, year: int, month: int) -> date | None:
    last = calendar.monthrange(year, month)[1]
    if monthly := _MONTHLY.fullmatch(text):
        return date(year, month, min(int(monthly["day"]), last))
    yearly = _YEARLY.fullmatch(text)
    if yearly is None or int(yearly["month"]) != month:
        return None
    wanted = int(yearly["day"] or last)
    return date(year, month, wanted) if wanted <= last else None
