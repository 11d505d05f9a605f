"""FEEL values as JSON and back."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from engine.feel.errors import FeelError
from engine.feel.values.durations import DaysDuration, MonthsDuration
from engine.feel.values.kinds import kind, normal
from engine.feel.values.numbers import number
from engine.feel.values.temporal import Date, DateTime, Time
from engine.feel.values.zones import NamedZone, Offset

if TYPE_CHECKING:
    from engine.feel.runtime import Run

MAX_DEPTH = 100
MAX_VALUES = 1_000_000
JsonValue = None | bool | int | float | str | list["JsonValue"] | dict[str, "JsonValue"]


class _Count:
    """Values that one conversion may still see, against lists that share their elements."""

    def __init__(self, limit: int = MAX_VALUES) -> None:
        self.limit = self.left = min(limit, MAX_VALUES)

    def one(self, depth: int) -> None:
        self.left -= 1
        if self.left < 0:
            raise FeelError(f"the value has more than {self.limit} parts", f"ข้อมูลมีส่วนประกอบเกิน {self.limit} ส่วน")
        if depth > MAX_DEPTH:
            raise FeelError(f"the value is nested more than {MAX_DEPTH} deep", f"ข้อมูลซ้อนกันเกิน {MAX_DEPTH} ชั้น")


def to_json(value: object) -> JsonValue:
    """The value as `json.dumps` takes it: whole numbers are ints, others the nearest float, dates
    and times ISO 8601 texts (a named zone becomes its offset at that moment), durations ISO
    texts. Raises FeelError for ranges and functions, for numbers beyond JSON's and for values
    that are too large or too deep."""
    return _to_json(value, 0, _Count())


def to_json_paid(value: object, run: Run) -> JsonValue:
    """Like `to_json`, each value a step of the run's budget."""
    count = _Count(max(run.steps_left, 0))
    try:
        return _to_json(value, 0, count)
    finally:
        run.step(count.limit - count.left)


def _to_json(value: object, depth: int, count: _Count) -> JsonValue:
    count.one(depth)
    value = normal(value)
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, Decimal):
        return json_number(value)
    if isinstance(value, list):
        return [_to_json(item, depth + 1, count) for item in value]
    if isinstance(value, dict):
        return {str(key): _to_json(item, depth + 1, count) for key, item in value.items()}
    if isinstance(value, DateTime | Time):
        return iso(value)
    if isinstance(value, Date | DaysDuration | MonthsDuration):
        return str(value)
    raise FeelError(f"a {kind(value)} cannot be stored as JSON", f"ข้อมูลชนิด {kind(value)} เก็บเป็น JSON ไม่ได้")


def json_number(value: Decimal) -> int | float:
    """An int when the number is whole and 64 bits hold it (which is what readers and writers of
    JSON hold), else the nearest float. Raises FeelError beyond floats."""
    if value.is_finite() and value == value.to_integral_value() and value.adjusted() <= 18:
        whole = int(value)
        if -(1 << 63) <= whole < 1 << 63:
            return whole
    result = float(value)
    if not math.isfinite(result):
        raise FeelError("the number is too large for JSON", "ตัวเลขใหญ่เกินกว่าที่เก็บเป็น JSON ได้")
    return result


def iso(value: DateTime | Time) -> str:
    """ISO 8601, with the offset in place of a named zone."""
    if isinstance(value.zone, NamedZone):
        offset = Offset(value.offset() or 0)
        text = value.time.clock() if isinstance(value, DateTime) else value.clock()
        return f"{value.date}T{text}{offset}" if isinstance(value, DateTime) else f"{text}{offset}"
    return str(value)


def from_json(value: object) -> object:
    """The JSON value (as `json.loads` gives it) as FEEL's: numbers become Decimals, the rest is
    copied as it is. Raises FeelError for NaN, infinities, numbers beyond 34 digits' exponents,
    nesting beyond 100 and what is no JSON."""
    return _from_json(value, 0, _Count())


def _from_json(value: object, depth: int, count: _Count) -> object:
    count.one(depth)
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, int | float | Decimal):
        try:
            return number(value)
        except (ArithmeticError, ValueError):
            raise FeelError(f"{value} is no number that FEEL can hold", f"{value} ไม่ใช่ตัวเลขที่ใช้ได้") from None
    if isinstance(value, Mapping):
        return {_key(key): _from_json(item, depth + 1, count) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_from_json(item, depth + 1, count) for item in value]
    if isinstance(value, datetime | date | time | timedelta):
        return normal(value)
    raise FeelError(f"{type(value).__name__} is no JSON value", f"{type(value).__name__} ไม่ใช่ข้อมูล JSON")


def _key(key: object) -> str:
    if not isinstance(key, str):
        raise FeelError("the keys of an object are texts", "ชื่อรายการใน JSON ต้องเป็นข้อความ")
    return key
