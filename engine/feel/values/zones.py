"""Offsets and named zones of times and dates-with-times."""

from __future__ import annotations

import re
from datetime import UTC as PYTHON_UTC
from datetime import datetime, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

MAX_OFFSET_SECONDS = 18 * 3600
_OFFSET = re.compile(r"([+-])([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?\Z", re.ASCII)


class Offset:
    """A fixed distance from UTC, in seconds, at most 18 hours either way."""

    __slots__ = ("seconds",)

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Offset) and other.seconds == self.seconds

    def __hash__(self) -> int:
        return hash(self.seconds)

    def __repr__(self) -> str:
        return f"Offset({self})"

    def __str__(self) -> str:
        if self.seconds == 0:
            return "Z"
        sign = "-" if self.seconds < 0 else "+"
        minutes, seconds = divmod(abs(self.seconds), 60)
        text = f"{sign}{minutes // 60:02d}:{minutes % 60:02d}"
        return f"{text}:{seconds:02d}" if seconds else text


class NamedZone:
    """A zone of the IANA database, whose offset depends on the moment."""

    __slots__ = ("info", "name")

    def __init__(self, name: str, info: ZoneInfo) -> None:
        self.name = name
        self.info = info

    def __eq__(self, other: object) -> bool:
        return isinstance(other, NamedZone) and other.name == self.name

    def __hash__(self) -> int:
        return hash(self.name)

    def __repr__(self) -> str:
        return f"NamedZone({self.name})"

    def __str__(self) -> str:
        return f"@{self.name}"


Zone = Offset | NamedZone
UTC = Offset(0)


@lru_cache(maxsize=256)
def named_zone(name: str) -> NamedZone | None:
    """The zone of this name, None when there is none (or the name is no proper key)."""
    if not re.fullmatch(r"[A-Za-z0-9_+\-]+(/[A-Za-z0-9_+\-]+){0,2}", name, re.ASCII):
        return None
    try:
        return NamedZone(name, ZoneInfo(name))
    except (OSError, ValueError, KeyError):
        return None


def parse_zone(text: str) -> Zone | None:
    """The zone written as Z, +hh:mm, or @Area/City; None when it is none of them."""
    if text in ("Z", "z"):
        return UTC
    if text.startswith("@"):
        return named_zone(text[1:])
    match = _OFFSET.match(text)
    if match is None:
        return None
    sign, hours, minutes, seconds = match.groups()
    if int(minutes) > 59 or int(seconds or 0) > 59:
        return None
    total = int(hours) * 3600 + int(minutes) * 60 + int(seconds or 0)
    if total > MAX_OFFSET_SECONDS:
        return None
    return Offset(-total if sign == "-" else total)


def offset_seconds(zone: Zone, year: int, month: int, day: int, second_of_day: int) -> int:
    """Seconds east of UTC that hold in `zone` at this local time. Years Python's calendar does
    not have get the offset of the nearest year it has."""
    if isinstance(zone, Offset):
        return zone.seconds
    clamped = min(max(year, 2), 9998)
    if clamped != year and month == 2 and day == 29:
        day = 28
    local = datetime(clamped, month, day, tzinfo=zone.info) + timedelta(seconds=second_of_day)
    found = local.utcoffset()
    return int(found.total_seconds()) if found is not None else 0


def offset_at_utc(zone: Zone, year: int, month: int, day: int, second_of_day: int) -> int:
    """Seconds east of UTC that hold in `zone` at this moment, given in UTC."""
    if isinstance(zone, Offset):
        return zone.seconds
    clamped = min(max(year, 2), 9998)
    if clamped != year and month == 2 and day == 29:
        day = 28
    moment = datetime(clamped, month, day, tzinfo=PYTHON_UTC) + timedelta(seconds=second_of_day)
    found = moment.astimezone(zone.info).utcoffset()
    return int(found.total_seconds()) if found is not None else 0


def zone_of(info: tzinfo | None, moment: datetime) -> Zone | None:
    """The zone of a Python datetime: named when it is an IANA zone, else its fixed offset."""
    if info is None:
        return None
    if isinstance(info, ZoneInfo) and info.key:
        return NamedZone(info.key, info)
    found = moment.utcoffset()
    return Offset(int(found.total_seconds())) if found is not None else None
