"""The two durations of FEEL: days and time (exact), years and months (as long as the calendar says)."""

from __future__ import annotations

from datetime import timedelta
from functools import total_ordering

NANOS = 1_000_000_000
DAY_NANOS = 86_400 * NANOS
MAX_NANOS = 10**30
MAX_MONTHS = 10**18


@total_ordering
class DaysDuration:
    """An exact length of time, in nanoseconds."""

    __slots__ = ("nanos",)

    def __init__(self, nanos: int) -> None:
        """Raises ValueError beyond what any calendar of this package spans."""
        if abs(nanos) > MAX_NANOS:
            raise ValueError("the duration is too long")
        self.nanos = nanos

    @classmethod
    def from_python(cls, value: timedelta) -> DaysDuration:
        return cls(value // timedelta(microseconds=1) * 1000)

    def to_python(self) -> timedelta:
        """Cut to microseconds. Raises OverflowError beyond a billion days."""
        return timedelta(microseconds=self.nanos // 1000)

    @property
    def parts(self) -> tuple[int, int, int, int, int]:
        """Days, hours, minutes, seconds and nanoseconds, each with the sign of the whole."""
        sign = -1 if self.nanos < 0 else 1
        seconds, nano = divmod(abs(self.nanos), NANOS)
        days, seconds = divmod(seconds, 86_400)
        return (
            sign * days,
            sign * (seconds // 3600),
            sign * (seconds // 60 % 60),
            sign * (seconds % 60),
            sign * nano,
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, DaysDuration) and self.nanos == other.nanos

    def __lt__(self, other: DaysDuration) -> bool:
        return self.nanos < other.nanos

    def __hash__(self) -> int:
        return hash(self.nanos)

    def __str__(self) -> str:
        if self.nanos == 0:
            return "PT0S"
        days, hours, minutes, seconds, nano = (abs(part) for part in self.parts)
        text = ("-" if self.nanos < 0 else "") + "P" + (f"{days}D" if days else "")
        clock = (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")
        if seconds or nano:
            fraction = f".{nano:09d}".rstrip("0") if nano else ""
            clock += f"{seconds}{fraction}S"
        return f"{text}T{clock}" if clock else text

    def __repr__(self) -> str:
        return f"DaysDuration({self})"


@total_ordering
class MonthsDuration:
    """A number of months."""

    __slots__ = ("months",)

    def __init__(self, months: int) -> None:
        """Raises ValueError beyond what any calendar of this package spans."""
        if abs(months) > MAX_MONTHS:
            raise ValueError("the duration is too long")
        self.months = months

    @property
    def parts(self) -> tuple[int, int]:
        """Years and months, each with the sign of the whole."""
        sign = -1 if self.months < 0 else 1
        years, months = divmod(abs(self.months), 12)
        return sign * years, sign * months

    def __eq__(self, other: object) -> bool:
        return isinstance(other, MonthsDuration) and self.months == other.months

    def __lt__(self, other: MonthsDuration) -> bool:
        return self.months < other.months

    def __hash__(self) -> int:
        return hash(self.months)

    def __str__(self) -> str:
        if self.months == 0:
            return "P0M"
        years, months = (abs(part) for part in self.parts)
        sign = "-" if self.months < 0 else ""
        return f"{sign}P" + (f"{years}Y" if years else "") + (f"{months}M" if months else "")

    def __repr__(self) -> str:
        return f"MonthsDuration({self})"


Duration = DaysDuration | MonthsDuration
