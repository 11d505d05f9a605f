"""What kind of value something is, and the host's values as FEEL's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from engine.feel.values.durations import DaysDuration, MonthsDuration
from engine.feel.values.functions import Function
from engine.feel.values.numbers import number
from engine.feel.values.ranges import Range
from engine.feel.values.temporal import Date, DateTime, Time

PLAIN = frozenset(
    (
        Decimal, str, bool, type(None), list, dict,
        Date, Time, DateTime, DaysDuration, MonthsDuration, Range,
    )
)  # fmt: skip
KIND_NAMES: dict[type, str] = {
    Decimal: "number",
    int: "number",
    float: "number",
    str: "string",
    bool: "boolean",
    type(None): "null",
    list: "list",
    dict: "context",
    Date: "date",
    Time: "time",
    DateTime: "date and time",
    DaysDuration: "days and time duration",
    MonthsDuration: "years and months duration",
    Range: "range",
}


def kind(value: object) -> str:
    """FEEL's name of the value's type."""
    name = KIND_NAMES.get(type(value))
    if name is not None:
        return name
    return "function" if isinstance(value, Function) else type(value).__name__


def normal(value: object) -> object:
    """A value of the host as FEEL's own kind; containers keep their elements as they are, which
    are made normal when they are reached. What FEEL has no kind for is null."""
    if type(value) in PLAIN or isinstance(value, Function):
        return value
    if isinstance(value, int | float):
        try:
            return number(value)
        except (ArithmeticError, ValueError):
            return None
    if isinstance(value, datetime):
        return DateTime.from_python(value)
    if isinstance(value, date):
        return Date.from_python(value)
    if isinstance(value, time):
        return Time.from_python(value)
    if isinstance(value, timedelta):
        return DaysDuration.from_python(value)
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, list | tuple):
        return list(value)
    if isinstance(value, str):
        return str(value)
    return None
