"""Moments written as text."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time

from engine.calendar.durations import zone_info
from engine.calendar.errors import CalendarError

_MOMENT = re.compile(
    r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"(?:T(?P<clock>[0-9]{2}:[0-9]{2}(?::[0-9]{2})?)(?:[.,](?P<fraction>[0-9]{1,9}))?"
    r"(?P<offset>Z|[-+][0-9]{2}:?[0-9]{2})?(?P<name>@[A-Za-z0-9_+/-]+|\[[A-Za-z0-9_+/-]+\])?)?"
)


def parse_moment(value: object, zone: str) -> datetime:
    """A date or date with time as text (ISO 8601, FEEL's ``@Zone/Name`` and ``[Zone/Name]`` too), in UTC.

    ``datetime`` and ``date`` are taken as they are, any other value by its ``str()``. Without an offset or name it is
    the local time of ``zone``; a date alone is the beginning of that day. Raises CalendarError.
    """
    if isinstance(value, datetime):
        local = value
    elif isinstance(value, date):
        local = datetime.combine(value, time.min)
    else:
        local = _parse_text(str(value).strip())
    try:
        return (local if local.tzinfo else local.replace(tzinfo=zone_info(zone))).astimezone(UTC)
    except OverflowError as error:
        raise CalendarError(value, "leads out of the years 1 to 9999") from error


def _parse_text(text: str) -> datetime:
    found = _MOMENT.fullmatch(text)
    if found is None:
        raise CalendarError(text, "is not a date or a date with time such as 2026-04-10T16:00:00+07:00")
    try:
        moment = datetime.fromisoformat(f"{found['day']}T{found['clock'] or '00:00'}")
        # Nanoseconds exist in FEEL only; the database keeps microseconds.
        moment = moment.replace(microsecond=int((found["fraction"] or "0").ljust(6, "0")[:6]))
        if found["offset"]:
            return moment.replace(tzinfo=datetime.strptime(found["offset"], "%z").tzinfo)
    except ValueError as error:
        raise CalendarError(text, f"is not a date that exists ({error})") from error
    if found["name"]:
        return moment.replace(tzinfo=zone_info(found["name"].strip("@[]")))
    return moment
