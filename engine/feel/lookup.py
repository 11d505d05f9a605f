"""Finding names in frames and entries in values."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from engine.feel.runtime import MISSING, Frame, Run
from engine.feel.values.durations import DaysDuration, MonthsDuration
from engine.feel.values.kinds import PLAIN, normal
from engine.feel.values.ranges import Range
from engine.feel.values.temporal import NANOS, Date, DateTime, Time
from engine.feel.values.zones import NamedZone


def find(frame: Frame, name: str) -> object:
    """The value of the name in the nearest frame that has it, MISSING when none has."""
    at: Frame | None = frame
    while at is not None:
        names = at.names
        if name in names:
            value = names[name]
            return value if type(value) in PLAIN else normal(value)
        at = at.parent
    return MISSING


def find_item(frame: Frame) -> object:
    """The value of `item`: an entry of that name, or the element the nearest filter looks at."""
    at: Frame | None = frame
    while at is not None:
        if "item" in at.names:
            return normal(at.names["item"])
        if at.item is not MISSING:
            return at.item
        at = at.parent
    return MISSING


def entry(value: object, name: str, run: Run) -> object:
    """The entry of a context or the property of a value, MISSING when it has none. A list gives
    the entries of its elements (of lists in it too), null for an element without it, each element
    a step of the budget."""
    if type(value) is dict:
        found = value.get(name, MISSING)
        return found if type(found) in PLAIN or found is MISSING else normal(found)
    if type(value) is list:
        run.step(len(value))
        return [_or_null(entry(normal(element), name, run)) for element in value]
    reader = _PROPERTIES.get(type(value), {}).get(name)
    return MISSING if reader is None else reader(value)


def _or_null(value: object) -> object:
    return None if value is MISSING else value


def _offset(value: object) -> object:
    if isinstance(value, Time | DateTime):
        seconds = value.offset()
        return None if seconds is None else DaysDuration(seconds * NANOS)
    return None


def _zone_name(value: object) -> object:
    if isinstance(value, Time | DateTime) and value.zone is not None:
        return value.zone.name if isinstance(value.zone, NamedZone) else None
    return None


def _second(time: Time) -> Decimal:
    return Decimal(time.second)


Reader = Callable[[object], object]


def _read(kind: type, getter: Callable[..., object]) -> Reader:
    def read(value: object) -> object:
        assert isinstance(value, kind)
        return getter(value)

    return read


def _date_properties(kind: type, day: Callable[..., Date]) -> dict[str, Reader]:
    return {
        "year": _read(kind, lambda v: Decimal(day(v).year)),
        "month": _read(kind, lambda v: Decimal(day(v).month)),
        "day": _read(kind, lambda v: Decimal(day(v).day)),
        "weekday": _read(kind, lambda v: Decimal(day(v).weekday)),
    }


def _time_properties(kind: type, time: Callable[..., Time]) -> dict[str, Reader]:
    return {
        "hour": _read(kind, lambda v: Decimal(time(v).hour)),
        "minute": _read(kind, lambda v: Decimal(time(v).minute)),
        "second": _read(kind, lambda v: _second(time(v))),
        "time offset": _offset,
        "timezone": _zone_name,
    }


_PROPERTIES: dict[type, dict[str, Reader]] = {
    Date: {
        **_date_properties(Date, lambda v: v),
        # A date stands for its midnight in UTC where a time is asked of it (DMN 1.5, 10.3.2.3.5).
        "hour": lambda v: Decimal(0),
        "minute": lambda v: Decimal(0),
        "second": lambda v: Decimal(0),
        "time offset": lambda v: DaysDuration(0),
        "timezone": lambda v: None,
    },
    Time: _time_properties(Time, lambda v: v),
    DateTime: {
        **_date_properties(DateTime, lambda v: v.date),
        **_time_properties(DateTime, lambda v: v.time),
    },
    DaysDuration: {
        "days": _read(DaysDuration, lambda v: Decimal(v.parts[0])),
        "hours": _read(DaysDuration, lambda v: Decimal(v.parts[1])),
        "minutes": _read(DaysDuration, lambda v: Decimal(v.parts[2])),
        "seconds": _read(DaysDuration, lambda v: Decimal(v.parts[3]) + Decimal(v.parts[4]).scaleb(-9)),
    },
    MonthsDuration: {
        "years": _read(MonthsDuration, lambda v: Decimal(v.parts[0])),
        "months": _read(MonthsDuration, lambda v: Decimal(v.parts[1])),
    },
    Range: {
        "start": _read(Range, lambda v: v.start),
        "end": _read(Range, lambda v: v.end),
        "start included": _read(Range, lambda v: v.start_included),
        "end included": _read(Range, lambda v: v.end_included),
    },
}
