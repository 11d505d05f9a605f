"""How long something is kept: a period of years, months or days, or for ever."""

from __future__ import annotations

from engine.calendar.durations import parse_duration
from engine.calendar.errors import CalendarError

FOREVER = "forever"
LONGEST_YEARS = 1_000


def is_period(text: str) -> bool:
    """Whether it is FOREVER or an ISO 8601 duration such as `P10Y`: more than nothing, of whole days."""
    if text == FOREVER:
        return True
    try:
        duration = parse_duration(text)
    except CalendarError:
        return False
    days = duration.years * 366 + duration.months * 31 + duration.days
    return duration.sign > 0 and not duration.seconds and 0 < days <= LONGEST_YEARS * 366
