"""Periods as the Civil and Commercial Code counts them, for terms that a law gives in days, weeks, months or years.

Sources: Civil and Commercial Code, section 193/3 (the first day is not counted), 193/4 (in official business a day
means the hours in which the office is open), 193/5 (months and years go by the calendar, and end on the day before the
one that corresponds to their first), 193/6 (months before days) and 193/8 (a last day on which the office is closed
stands for the next working day).
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from engine.calendar.durations import Duration
from engine.calendar.errors import CalendarError

_ONE_DAY = timedelta(days=1)


def last_day_of_period(day: date, duration: Duration) -> date:
    """The last day of a period that an event of ``day`` begins, before 193/8.

    30 January and a month: the period begins on 31 January, to which no day of February corresponds, so it ends with
    February. 30 April and a month: it begins with May, and ends with May. Raises CalendarError for a negative
    duration, one with hours, and beyond the year 9999.
    """
    if duration.seconds or duration.sign < 0:
        raise CalendarError(duration, "is no period of days, weeks, months or years")
    try:
        end = _end_of_months(day + _ONE_DAY, duration.years * 12 + duration.months)
        return end + timedelta(days=duration.days)
    except (OverflowError, ValueError) as error:
        raise CalendarError(duration, "leads out of the years 1 to 9999") from error


def _end_of_months(first: date, months: int) -> date:
    """The last day of so many months of which ``first`` is the first day; the day before it for none."""
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    length = calendar.monthrange(year, month + 1)[1]
    if first.day > length:
        return date(year, month + 1, length)
    return date(year, month + 1, first.day) - _ONE_DAY
