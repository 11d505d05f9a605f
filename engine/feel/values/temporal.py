"""Dates, times and dates-with-times of the proleptic Gregorian calendar, to nanoseconds.

Python's own classes end at year 9999, begin at year 1 and stop at microseconds; FEEL does not
(DMN 1.5 refers to XML Schema). Years are astronomical and run to 999,999,999 either way.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import total_ordering

from engine.feel.values.zones import (
    NamedZone,
    Offset,
    Zone,
    offset_at_utc,
    offset_seconds,
    zone_of,
)

MAX_YEAR = 999_999_999
NANOS = 1_000_000_000
DAY_SECONDS = 86_400
_MONTH_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def days_in_month(year: int, month: int) -> int:
    """28 to 31."""
    if month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0):
        return 29
    return _MONTH_DAYS[month - 1]


def days_from_civil(year: int, month: int, day: int) -> int:
    """Days since 1970-01-01, negative before it, for any year."""
    if month <= 2:
        year -= 1
    era = year // 400
    year_of_era = year - era * 400
    day_of_year = (153 * (month + (-3 if month > 2 else 9)) + 2) // 5 + day - 1
    day_of_era = year_of_era * 365 + year_of_era // 4 - year_of_era // 100 + day_of_year
    return era * 146_097 + day_of_era - 719_468


def civil_from_days(days: int) -> tuple[int, int, int]:
    """Year, month and day of a day counted from 1970-01-01."""
    days += 719_468
    era = days // 146_097
    day_of_era = days - era * 146_097
    year_of_era = (day_of_era - day_of_era // 1_460 + day_of_era // 36_524 - day_of_era // 146_096) // 365
    day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    shifted = (5 * day_of_year + 2) // 153
    day = day_of_year - (153 * shifted + 2) // 5 + 1
    month = shifted + (3 if shifted < 10 else -9)
    return year_of_era + era * 400 + (1 if month <= 2 else 0), month, day


@total_ordering
class Date:
    """A calendar day."""

    __slots__ = ("day", "month", "year")

    def __init__(self, year: int, month: int, day: int) -> None:
        """Raises ValueError when the calendar has no such day."""
        if not -MAX_YEAR <= year <= MAX_YEAR:
            raise ValueError(f"year {year} is beyond {MAX_YEAR}")
        if not 1 <= month <= 12:
            raise ValueError(f"there is no month {month}")
        if not 1 <= day <= days_in_month(year, month):
            raise ValueError(f"month {month} of {year} has no day {day}")
        self.year = year
        self.month = month
        self.day = day

    @classmethod
    def from_days(cls, days: int) -> Date:
        return cls(*civil_from_days(days))

    @classmethod
    def from_python(cls, value: date) -> Date:
        return cls(value.year, value.month, value.day)

    def to_python(self) -> date:
        """Raises ValueError for years outside 1 to 9999."""
        return date(self.year, self.month, self.day)

    @property
    def days(self) -> int:
        """Days since 1970-01-01."""
        return days_from_civil(self.year, self.month, self.day)

    @property
    def weekday(self) -> int:
        """1 is Monday, 7 is Sunday."""
        return (self.days + 3) % 7 + 1

    def add_months(self, months: int) -> Date:
        """The same day so many months on, or the last of that month when it has no such day."""
        year, month0 = divmod(self.year * 12 + self.month - 1 + months, 12)
        return Date(year, month0 + 1, min(self.day, days_in_month(year, month0 + 1)))

    def _key(self) -> tuple[int, int, int]:
        return self.year, self.month, self.day

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Date) and self._key() == other._key()

    def __lt__(self, other: Date) -> bool:
        return self._key() < other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def __str__(self) -> str:
        sign = "-" if self.year < 0 else ""
        return f"{sign}{abs(self.year):04d}-{self.month:02d}-{self.day:02d}"

    def __repr__(self) -> str:
        return f"Date({self})"


class Time:
    """A time of day, with or without a zone. `second_of_day` counts whole seconds."""

    __slots__ = ("hour", "minute", "nano", "second", "zone")

    def __init__(self, hour: int, minute: int, second: int, nano: int = 0, zone: Zone | None = None) -> None:
        """Raises ValueError when the clock has no such time."""
        if not (0 <= hour <= 23 and 0 <= minute <= 59 and 0 <= second <= 59):
            raise ValueError(f"there is no time {hour}:{minute}:{second}")
        self.hour = hour
        self.minute = minute
        self.second = second
        self.nano = nano
        self.zone = zone

    @classmethod
    def from_nanos(cls, nanos: int, zone: Zone | None) -> Time:
        """The time so many nanoseconds after midnight, wrapped at midnight."""
        seconds, nano = divmod(nanos % (DAY_SECONDS * NANOS), NANOS)
        return cls(seconds // 3600, seconds // 60 % 60, seconds % 60, nano, zone)

    @classmethod
    def from_python(cls, value: time) -> Time:
        moment = datetime(2000, 1, 1, tzinfo=value.tzinfo)
        zone = zone_of(value.tzinfo, moment)
        return cls(value.hour, value.minute, value.second, value.microsecond * 1000, zone)

    @property
    def second_of_day(self) -> int:
        return self.hour * 3600 + self.minute * 60 + self.second

    @property
    def nanos(self) -> int:
        """Nanoseconds since midnight."""
        return self.second_of_day * NANOS + self.nano

    def offset(self) -> int | None:
        """Seconds east of UTC, None without a zone. A named zone counts as of 1 January 1970."""
        if self.zone is None:
            return None
        return offset_seconds(self.zone, 1970, 1, 1, self.second_of_day)

    def clock(self) -> str:
        """hh:mm:ss with the fraction, when there is one, and without the zone."""
        text = f"{self.hour:02d}:{self.minute:02d}:{self.second:02d}"
        return f"{text}.{self.nano:09d}".rstrip("0") if self.nano else text

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Time) and self.nanos == other.nanos and self.zone == other.zone

    def __hash__(self) -> int:
        return hash((self.nanos, self.zone))

    def __str__(self) -> str:
        return self.clock() + (str(self.zone) if self.zone is not None else "")

    def __repr__(self) -> str:
        return f"Time({self})"


class DateTime:
    """A day and a time of it, with or without a zone."""

    __slots__ = ("date", "time")

    def __init__(self, date: Date, time: Time) -> None:
        self.date = date
        self.time = time

    @classmethod
    def from_local_nanos(cls, nanos: int, zone: Zone | None) -> DateTime:
        """From nanoseconds since 1970-01-01T00:00 on the local clock."""
        days, rest = divmod(nanos, DAY_SECONDS * NANOS)
        return cls(Date.from_days(days), Time.from_nanos(rest, zone))

    @classmethod
    def from_utc_nanos(cls, nanos: int, zone: Zone) -> DateTime:
        """The moment so many nanoseconds after the epoch, read on the clocks of `zone`."""
        days, rest = divmod(nanos, DAY_SECONDS * NANOS)
        offset = offset_at_utc(zone, *civil_from_days(days), rest // NANOS)
        return cls.from_local_nanos(nanos + offset * NANOS, zone)

    @classmethod
    def from_python(cls, value: datetime, zone: Zone | None = None) -> DateTime:
        """With `zone`, an aware value is read on the clocks of that zone."""
        if zone is not None and value.tzinfo is not None:
            delta = value - datetime(1970, 1, 1, tzinfo=UTC)
            micros = delta // timedelta(microseconds=1)
            return cls.from_utc_nanos(micros * 1000, zone)
        own = zone_of(value.tzinfo, value)
        clock = Time(value.hour, value.minute, value.second, value.microsecond * 1000, own)
        return cls(Date.from_python(value), clock)

    def to_python(self, default_zone: Zone | None = None) -> datetime:
        """A Python datetime; a value without a zone is read in `default_zone`, and stays naive
        without one. Nanoseconds are cut to microseconds. Raises ValueError for years outside
        1 to 9999."""
        zone = self.time.zone if self.time.zone is not None else default_zone
        info = None
        if isinstance(zone, NamedZone):
            info = zone.info
        elif isinstance(zone, Offset):
            fixed = timezone(timedelta(seconds=zone.seconds))
            return self._naive().replace(tzinfo=fixed)
        return self._naive().replace(tzinfo=info)

    def _naive(self) -> datetime:
        d, t = self.date, self.time
        micros = t.nano // 1000
        return datetime(d.year, d.month, d.day, t.hour, t.minute, t.second, micros)  # noqa: DTZ001

    @property
    def zone(self) -> Zone | None:
        return self.time.zone

    @property
    def local_nanos(self) -> int:
        """Nanoseconds since 1970-01-01T00:00 on the value's own clock."""
        return self.date.days * DAY_SECONDS * NANOS + self.time.nanos

    def offset(self) -> int | None:
        """Seconds east of UTC at this moment, None without a zone."""
        if self.time.zone is None:
            return None
        d = self.date
        return offset_seconds(self.time.zone, d.year, d.month, d.day, self.time.second_of_day)

    @property
    def utc_nanos(self) -> int:
        """Nanoseconds since the epoch; a value without a zone counts as UTC."""
        return self.local_nanos - (self.offset() or 0) * NANOS

    def __eq__(self, other: object) -> bool:
        return isinstance(other, DateTime) and self.date == other.date and self.time == other.time

    def __hash__(self) -> int:
        return hash((self.date, self.time))

    def __str__(self) -> str:
        return f"{self.date}T{self.time}"

    def __repr__(self) -> str:
        return f"DateTime({self})"
