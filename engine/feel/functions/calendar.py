"""Functions of days (DMN 1.5, table 81)."""

from __future__ import annotations

from decimal import Decimal

from engine.feel.functions.arguments import day
from engine.feel.functions.define import builtin
from engine.feel.runtime import Run
from engine.feel.values.temporal import Date, days_in_month

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@builtin("day of year", "date")
def day_of_year(run: Run, date: object) -> object:
    found = day(date)
    return Decimal(found.days - Date(found.year, 1, 1).days + 1)


@builtin("day of week", "date")
def day_of_week(run: Run, date: object) -> object:
    return WEEKDAYS[day(date).weekday - 1]


@builtin("month of year", "date")
def month_of_year(run: Run, date: object) -> object:
    return MONTHS[day(date).month - 1]


@builtin("week of year", "date")
def week_of_year(run: Run, date: object) -> object:
    """ISO 8601: the week with the year's first Thursday is week 1."""
    found = day(date)
    thursday = Date.from_days(found.days - found.weekday + 4)
    return Decimal((thursday.days - Date(thursday.year, 1, 1).days) // 7 + 1)


@builtin("last day of month", "date")
def last_day_of_month(run: Run, date: object) -> object:
    found = day(date)
    return Date(found.year, found.month, days_in_month(found.year, found.month))
