"""Moments and recurring dates written as text."""

from __future__ import annotations

import calendar
import re
from datetime import UTC, date, datetime, time

from engine.calendar.durations import zone_info
from engine.calendar.errors import CalendarError

_MOMENT = re.compile(
    r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"(?:T(?P<clock>[0-9]{2}:[0-9]{2}(?::[0-9]{2})?)(?:[.,](?P<fraction>[0-9]{1,9}))?"
    r"(?P<offset>Z|[-+][0-9]{2}:?[0-9]{2})?(?P<name>@[A-Za-z0-9_+/-]+|\[[A-Za-z0-9_+/-]+\])?)?"
)
_YEARLY = re.compile(r"--(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?")
_MONTHLY = re.compile(r"---(?P<day>[0-9]{2})")


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


def next_recurring_date(text: str, after: datetime, zone: str) -> datetime:
    """The end (23:59:59 in ``zone``) of the next day that ``text`` names and that ends after ``after``; UTC.

    ``--04-05`` is 5 April of each year, ``--09`` the last day of each September, ``---25`` the 25th of each month (or
    the month's last day, if it is shorter). Raises CalendarError.
    """
    where = zone_info(zone)
    today = after.astimezone(where).date()
    # 29 February is the rarest of these: at most eight years away.
    for offset in range(9 * 12 + 1):
        year, month = divmod(today.year * 12 + today.month - 1 + offset, 12)
        day = _day_in_month(text, year, month + 1)
        if day is not None:
            end = datetime.combine(day, time(23, 59, 59), tzinfo=where).astimezone(UTC)
            if end > after:
                return end
    raise CalendarError(text, "names a day that no year has")


def _day_in_month(text: str, year: int, month: int) -> date | None:
    last = calendar.monthrange(year, month)[1]
    monthly = _MONTHLY.fullmatch(text)
    if monthly and 1 <= int(monthly["day"]) <= 31:
        return date(year, month, min(int(monthly["day"]), last))
    yearly = _YEARLY.fullmatch(text)
    if yearly is None or not 1 <= int(yearly["month"]) <= 12:
        raise CalendarError(text, "is not a recurring date such as --04-05 or ---25")
    if int(yearly["month"]) != month:
        return None
    if yearly["day"] is None:
        return date(year, month, last)
    return date(year, month, int(yearly["day"])) if 1 <= int(yearly["day"]) <= last else None
