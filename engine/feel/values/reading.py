"""Reading dates, times and durations from their ISO 8601 texts.

Each reader answers None when the text is none; digits are 0 to 9 only (Python's \\d would take
Thai digits too). Seconds may be missing in a time (forms write 16:00), which XML Schema forbids.
"""

from __future__ import annotations

import re

from engine.feel.values.durations import NANOS, DaysDuration, Duration, MonthsDuration
from engine.feel.values.temporal import Date, DateTime, Time
from engine.feel.values.zones import parse_zone

Temporal = Date | Time | DateTime | DaysDuration | MonthsDuration

_DATE = re.compile(r"(-?)([0-9]{4}|[1-9][0-9]{4,8})-([0-9]{2})-([0-9]{2})\Z")
_TIME = re.compile(r"T?([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]{1,32}))?)?([Zz+\-@].*)?\Z", re.S)
_BRACKETS = re.compile(r"(?:Z|[+\-][0-9:]+)?\[([^\[\]]+)\]\Z")
_DURATION = re.compile(
    r"(-?)P(?:([0-9]+)Y)?(?:([0-9]+)M)?(?:([0-9]+)W)?(?:([0-9]+)D)?"
    r"(?:T(?=[0-9])(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9]+)(?:\.([0-9]*))?S)?)?\Z"
)


def read_date(text: str) -> Date | None:
    match = _DATE.match(text)
    if match is None:
        return None
    sign, year, month, day = match.groups()
    try:
        return Date(-int(year) if sign else int(year), int(month), int(day))
    except ValueError:
        return None


def read_time(text: str) -> Time | None:
    """24:00:00 is midnight."""
    read = _clock(text)
    return read[0] if read is not None else None


def read_date_time(text: str) -> DateTime | None:
    """A date alone is its midnight; 24:00:00 is midnight of the following day."""
    day, mark, clock = text.partition("T")
    date = read_date(day)
    if date is None:
        return None
    if not mark:
        return DateTime(date, Time(0, 0, 0))
    if clock.startswith("T"):
        return None
    read = _clock(clock)
    if read is None:
        return None
    time, over = read
    try:
        return DateTime(Date.from_days(date.days + 1) if over else date, time)
    except ValueError:
        return None


def _clock(text: str) -> tuple[Time, bool] | None:
    """The time, and whether it was written 24:00:00."""
    match = _TIME.match(text)
    if match is None:
        return None
    hour, minute, second, fraction, suffix = match.groups()
    zone = None
    if suffix:
        # Java writes 10:00+07:00[Asia/Bangkok]; the name says more than the offset.
        bracket = _BRACKETS.match(suffix)
        zone = parse_zone("@" + bracket.group(1) if bracket else suffix)
        if zone is None:
            return None
    nano = int((fraction or "")[:9].ljust(9, "0"))
    over = hour == "24" and int(minute) == 0 and int(second or 0) == 0 and nano == 0
    try:
        return Time(0 if over else int(hour), int(minute), int(second or 0), nano, zone), over
    except ValueError:
        return None


def read_duration(text: str) -> Duration | None:
    """Years and months, or days and time; a mixture (P1M2D) is neither. A week is seven days."""
    if len(text) > 100:
        return None
    match = _DURATION.match(text)
    if match is None:
        return None
    sign = -1 if match.group(1) else 1
    years, months, weeks, days, hours, minutes, seconds, fraction = match.groups()[1:]
    calendar = years is not None or months is not None
    exact = any(part is not None for part in (weeks, days, hours, minutes, seconds))
    if calendar == exact:
        return None
    try:
        if calendar:
            return MonthsDuration(sign * (int(years or 0) * 12 + int(months or 0)))
        total = int(weeks or 0) * 7 + int(days or 0)
        clock = (total * 24 + int(hours or 0)) * 60 + int(minutes or 0)
        nano = int((fraction or "")[:9].ljust(9, "0"))
        return DaysDuration(sign * ((clock * 60 + int(seconds or 0)) * NANOS + nano))
    except ValueError:
        return None


def read_temporal(text: str) -> Temporal | None:
    """Whatever of the five the text is: the value of an at-literal."""
    if text.lstrip("-").startswith("P"):
        return read_duration(text)
    return read_date(text) or read_time(text) or read_date_time(text)
