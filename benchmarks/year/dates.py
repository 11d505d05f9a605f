"""Move what a scenario says to another time: its dates, its moments and its fiscal years."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from engine.calendar.thai import fiscal_year

ZONE = ZoneInfo("Asia/Bangkok")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?(Z|[+-][0-9]{2}:[0-9]{2})?")
_BUDDHIST = range(2540, 2640)  # whole numbers that are a year


@dataclass(frozen=True, slots=True)
class Shift:
    """From one moment to another: by how many days, by how much time (whole minutes), by how many fiscal years."""

    days: timedelta
    time: timedelta
    years: int


def between(then: datetime, now: datetime) -> Shift:
    """The way from `then` to `now` (both aware), days and years as the office counts them."""
    first, last = then.astimezone(ZONE).date(), now.astimezone(ZONE).date()
    minutes = (now - then) // timedelta(minutes=1)
    return Shift(last - first, timedelta(minutes=minutes), fiscal_year(last) - fiscal_year(first))


def moved(value: Any, shift: Shift) -> Any:
    """A JSON value with every date, moment and Buddhist year in it moved; anything else stays."""
    if isinstance(value, dict):
        return {name: moved(one, shift) for name, one in value.items()}
    if isinstance(value, list):
        return [moved(one, shift) for one in value]
    if isinstance(value, str):
        return _moved_text(value, shift)
    if isinstance(value, int) and not isinstance(value, bool) and value in _BUDDHIST:
        return value + shift.years
    return value


def _moved_text(text: str, shift: Shift) -> str:
    try:
        if _DATE.fullmatch(text):
            return (date.fromisoformat(text) + shift.days).isoformat()
        if _MOMENT.fullmatch(text):
            precise = "auto" if text.count(":") - text[19:].count(":") > 1 else "minutes"
            return (datetime.fromisoformat(text) + shift.time).isoformat(timespec=precise)
        if text.isdecimal() and text.isascii() and int(text) in _BUDDHIST:
            return str(int(text) + shift.years)
    except (ValueError, OverflowError):  # it only looks like a date
        pass
    return text
