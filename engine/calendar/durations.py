"""ISO 8601 durations, added the way a calendar does: months and days in local time, hours exactly."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from engine.calendar.errors import CalendarError

# [0-9] instead of \d, which would take Thai digits too; nine digits keep all arithmetic small.
_DURATION = re.compile(
    r"(?P<sign>[-+]?)P(?:(?P<years>[0-9]{1,9})Y)?(?:(?P<months>[0-9]{1,9})M)?"
    r"(?:(?P<weeks>[0-9]{1,9})W)?(?:(?P<days>[0-9]{1,9})D)?"
    r"(?P<time>T(?:(?P<hours>[0-9]{1,9})H)?(?:(?P<minutes>[0-9]{1,9})M)?"
    r"(?:(?P<seconds>[0-9]{1,9}(?:[.,][0-9]{1,9})?)S)?)?"
)


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time in the units it was written in; all parts are zero or more, ``sign`` is 1 or -1.

    Weeks are folded into ``days`` (7 each), hours and minutes into ``seconds``.
    """

    years: int = 0
    months: int = 0
    days: int = 0
    seconds: Decimal = Decimal(0)
    sign: int = 1

    @property
    def is_zero(self) -> bool:
        """Whether adding it changes nothing."""
        return not (self.years or self.months or self.days or self.seconds)

    def times(self, factor: int) -> Duration:
        """This duration ``factor`` (zero or more) times over, unit by unit, so that months never drift."""
        return Duration(
            self.years * factor, self.months * factor, self.days * factor, self.seconds * factor, self.sign
        )

    def __str__(self) -> str:
        parts = [(self.years, "Y"), (self.months, "M"), (self.days, "D")]
        text = "".join(f"{number}{unit}" for number, unit in parts if number)
        hours, rest = divmod(self.seconds, 3600)
        minutes, seconds = divmod(rest, 60)
        clock = (f"{hours:f}H" if hours else "") + (f"{minutes:f}M" if minutes else "")
        clock += f"{seconds.normalize():f}S" if seconds else ""
        prefix = "-P" if self.sign < 0 else "P"
        return prefix + text + (f"T{clock}" if clock else "") if text or clock else "PT0S"


@lru_cache(maxsize=4096)
def parse_duration(text: str) -> Duration:
    """Read ``P1Y2M3DT4H5M6.7S`` or ``P2W``, with an optional sign before the P; raises CalendarError."""
    found = _DURATION.fullmatch(text.strip())
    if found is None or found["time"] == "T" or text.strip().endswith("P"):
        raise CalendarError(text, "is not an ISO 8601 duration such as P3D or PT72H")
    number = {name: int(found[name] or 0) for name in ("years", "months", "weeks", "days", "hours", "minutes")}
    seconds = Decimal((found["seconds"] or "0").replace(",", "."))
    return Duration(
        years=number["years"],
        months=number["months"],
        days=number["weeks"] * 7 + number["days"],
        seconds=number["hours"] * 3600 + number["minutes"] * 60 + seconds,
        sign=-1 if found["sign"] == "-" else 1,
    )


@lru_cache(maxsize=256)
def zone_info(zone: str) -> ZoneInfo:
    """The zone of that IANA name; raises CalendarError for an unknown one."""
    try:
        return ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise CalendarError(zone, "is not a time zone that is known here") from error


def require_aware(moment: datetime) -> datetime:
    """``moment`` as it is; raises CalendarError if it names no zone, because then it is no moment."""
    if moment.utcoffset() is None:
        raise CalendarError(moment, "is a local time without a zone")
    return moment


def local_of(moment: datetime, zone: str) -> datetime:
    """What the clock of ``zone`` shows at a moment; raises CalendarError outside the years 1 to 9999."""
    try:
        return require_aware(moment).astimezone(zone_info(zone))
    except OverflowError as error:
        raise CalendarError(moment, "leads out of the years 1 to 9999") from error


def moment_at(wall: datetime, zone: str) -> datetime:
    """The moment in UTC at which the clock of ``zone`` shows ``wall`` (naive), the first if there are two; a time that
    a change of the clocks skips moves on by the gap. Raises CalendarError outside the years 1 to 9999.
    """
    try:
        return wall.replace(tzinfo=zone_info(zone)).astimezone(UTC)
    except OverflowError as error:
        raise CalendarError(wall, "leads out of the years 1 to 9999") from error


def add(moment: datetime, duration: Duration, zone: str) -> datetime:
    """``moment`` plus ``duration`` as people in ``zone`` count it; UTC.

    Years and months first (31 January and one month is the last day of February), then days, both keeping the time
    on the wall; then the exact seconds. A wall time that a change of the clocks skips moves on by the gap.
    """
    try:
        local = local_of(moment, zone)
        wall = _add_months(local.replace(tzinfo=None), duration.sign * (duration.years * 12 + duration.months))
        wall += timedelta(days=duration.sign * duration.days)
        if wall == local.replace(tzinfo=None):
            exact = moment.astimezone(UTC)  # nothing to do on the wall: keeps the second of two equal wall times
        else:
            exact = moment_at(wall, zone)
        microseconds = int(duration.seconds * 1_000_000)
        return exact + duration.sign * timedelta(microseconds=microseconds)
    except (OverflowError, ValueError) as error:
        if isinstance(error, CalendarError):
            raise
        raise CalendarError(duration, "leads out of the years 1 to 9999") from error


def _add_months(wall: datetime, months: int) -> datetime:
    year, month = divmod(wall.year * 12 + wall.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise OverflowError(year)
    return wall.replace(year=year, month=month + 1, day=min(wall.day, calendar.monthrange(year, month + 1)[1]))
