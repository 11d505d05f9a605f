"""The government's year, and days as Thai offices write them; DMN has neither.

    fiscal year(date)                    2570 for 1 October 2026: the Buddhist year it ends in
    fiscal quarter(date)                 1 for October to December
    start of fiscal year(date)           1 October
    end of fiscal year(date)             30 September
    end of fiscal quarter(date)          the last day of December, March, June or September
    thai date(date)                      "๑๐ เมษายน ๒๕๖๙"

A moment with an offset means the day in the office's zone. Source of the fiscal year: Budget
Procedures Act B.E. 2561, section 4.
"""

from __future__ import annotations

from decimal import Decimal

from engine.feel.functions.arguments import local_day
from engine.feel.functions.define import builtin
from engine.feel.runtime import Run
from engine.feel.values.temporal import Date, days_in_month

ERA = 543
FIRST_MONTH = 10


@builtin("fiscal year", "date")
def fiscal_year(run: Run, date: object) -> object:
    """It begins on 1 October and is named by the Buddhist year it ends in."""
    return Decimal(_ends_in(local_day(run, date)) + ERA)


@builtin("fiscal quarter", "date")
def fiscal_quarter(run: Run, date: object) -> object:
    """1 to 4, of which the first begins the fiscal year."""
    return Decimal((local_day(run, date).month - FIRST_MONTH) % 12 // 3 + 1)


@builtin("start of fiscal year", "date")
def start_of_fiscal_year(run: Run, date: object) -> object:
    """The first day of the fiscal year in which the day lies."""
    return Date(_ends_in(local_day(run, date)) - 1, FIRST_MONTH, 1)


@builtin("end of fiscal year", "date")
def end_of_fiscal_year(run: Run, date: object) -> object:
    """The last day of the fiscal year in which the day lies."""
    return Date(_ends_in(local_day(run, date)), FIRST_MONTH - 1, 30)


@builtin("end of fiscal quarter", "date")
def end_of_fiscal_quarter(run: Run, date: object) -> object:
    """The last day of the quarter in which the day lies."""
    found = local_day(run, date)
    month = (found.month + 2) // 3 * 3
    return Date(found.year, month, days_in_month(found.year, month))


@builtin("thai date", "date")
def thai_date(run: Run, date: object) -> object:
    """The day as Thai offices write it: ๑๐ เมษายน ๒๕๖๙."""
    found = local_day(run, date)
    return f"{found.day} {_THAI_MONTHS[found.month - 1]} {found.year + ERA}".translate(_THAI_DIGITS)


def _ends_in(day: Date) -> int:
    return day.year + (1 if day.month >= FIRST_MONTH else 0)


_THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_THAI_MONTHS = (
    "มกราคม",
    "กุมภาพันธ์",
    "มีนาคม",
    "เมษายน",
    "พฤษภาคม",
    "มิถุนายน",
    "กรกฎาคม",
    "สิงหาคม",
    "กันยายน",
    "ตุลาคม",
    "พฤศจิกายน",
    "ธันวาคม",
)
