"""Types as `instance of`, parameters and type references name them, and whether a value conforms."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from engine.feel.errors import Failure
from engine.feel.values.durations import DaysDuration, MonthsDuration
from engine.feel.values.functions import Function
from engine.feel.values.kinds import PLAIN, kind, normal
from engine.feel.values.ranges import Range
from engine.feel.values.temporal import Date, DateTime, Time
from engine.feel.values.zones import UTC

if TYPE_CHECKING:
    from engine.feel.runtime import Run

SIMPLE: dict[str, tuple[type, ...]] = {
    "number": (Decimal,),
    "string": (str,),
    "boolean": (bool,),
    "date": (Date,),
    "time": (Time,),
    "date and time": (DateTime,),
    "dateTime": (DateTime,),
    "days and time duration": (DaysDuration,),
    "day and time duration": (DaysDuration,),
    "dayTimeDuration": (DaysDuration,),
    "years and months duration": (MonthsDuration,),
    "year and month duration": (MonthsDuration,),
    "yearMonthDuration": (MonthsDuration,),
    "duration": (DaysDuration, MonthsDuration),
    "list": (list,),
    "context": (dict,),
    "range": (Range,),
}


@dataclass(frozen=True, slots=True)
class FeelType:
    """A type by its name: one of FEEL's own, Any, Null, function, or one of the environment's."""

    name: str


@dataclass(frozen=True, slots=True)
class ListType(FeelType):
    element: FeelType


@dataclass(frozen=True, slots=True)
class RangeType(FeelType):
    element: FeelType


@dataclass(frozen=True, slots=True)
class ContextType(FeelType):
    entries: tuple[tuple[str, FeelType], ...]


@dataclass(frozen=True, slots=True)
class FunctionType(FeelType):
    parameters: tuple[FeelType, ...]
    result: FeelType


@dataclass(frozen=True, slots=True)
class CheckedType(FeelType):
    """A type of the host with a condition of its own (allowed values): a value conforms when it
    conforms to `base` and `check` says so."""

    base: FeelType
    check: Callable[[object, Run], bool]


ANY = FeelType("Any")


def coerced(value: object, wanted: FeelType, run: Run) -> object:
    """The value as one of this type: itself, the only element of a list, a list of it alone, or a
    date as its midnight in UTC (DMN 1.5, 10.3.2.9.4). Raises Failure when it cannot be."""
    if value is None or conforms(value, wanted, run):
        return value
    if isinstance(value, list) and len(value) == 1 and conforms(value[0], wanted, run):
        return normal(value[0])
    if isinstance(value, Date) and conforms(midnight := _midnight(value), wanted, run):
        return midnight
    if not isinstance(value, list) and conforms([value], wanted, run):
        return [value]
    raise Failure(f"{kind(value)} where {wanted.name} is needed", "bad-type")


def _midnight(day: Date) -> DateTime:
    return DateTime(day, Time(0, 0, 0, 0, UTC))


def conforms(value: object, wanted: FeelType, run: Run) -> bool:
    """Whether the value is an instance of the type. null is one of Null only; a null entry or
    element fits any type."""
    if type(value) not in PLAIN:
        value = normal(value)
    run.step()
    if value is None:
        return wanted.name == "Null"
    if isinstance(wanted, CheckedType):
        return conforms(value, wanted.base, run) and wanted.check(value, run)
    if isinstance(wanted, ListType):
        return isinstance(value, list) and all(item is None or conforms(item, wanted.element, run) for item in value)
    if isinstance(wanted, ContextType):
        return isinstance(value, dict) and _has_entries(value, wanted, run)
    if isinstance(wanted, RangeType):
        return isinstance(value, Range) and all(
            bound is None or conforms(bound, wanted.element, run) for bound in (value.start, value.end)
        )
    if isinstance(wanted, FunctionType):
        return isinstance(value, Function) and len(value.parameters) == len(wanted.parameters)
    return _conforms_by_name(value, wanted.name, run)


def _has_entries(value: Mapping[str, object], wanted: ContextType, run: Run) -> bool:
    return all(name in value and (value[name] is None or conforms(value[name], of, run)) for name, of in wanted.entries)


def _conforms_by_name(value: object, name: str, run: Run) -> bool:
    if name == "Any":
        return True
    if name in run.env.types:
        return conforms(value, run.env.types[name], run)
    if name == "function":
        return isinstance(value, Function)
    return type(value) in SIMPLE.get(name, ())


def known(wanted: FeelType, types: Mapping[str, FeelType]) -> bool:
    """Whether every name in the type is FEEL's or one of `types`."""
    if isinstance(wanted, ListType | RangeType):
        return known(wanted.element, types)
    if isinstance(wanted, ContextType):
        return all(known(of, types) for _, of in wanted.entries)
    if isinstance(wanted, FunctionType):
        return known(wanted.result, types) and all(known(p, types) for p in wanted.parameters)
    name = wanted.name
    return name in SIMPLE or name in types or name in ("Any", "Null", "function")
