"""Equality and order of values (DMN 1.5, tables 51 to 54).

Both answer None (FEEL's null) for values of different kinds, except that anything may be compared
with null for equality. Times are compared to whole seconds, as the standard does.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from engine.feel.values.durations import DaysDuration, MonthsDuration
from engine.feel.values.functions import Function
from engine.feel.values.kinds import PLAIN, normal
from engine.feel.values.numbers import ZERO
from engine.feel.values.ranges import Range
from engine.feel.values.temporal import NANOS, Date, DateTime, Time

if TYPE_CHECKING:
    from engine.feel.runtime import Run

_SCALARS = (Decimal, str, bool, Date, DaysDuration, MonthsDuration)


def equal(left: object, right: object, run: Run) -> bool | None:
    """Whether the values are equal, None when their kinds do not fit. Lists and contexts are
    compared through and through, each element one step of the budget."""
    kind = type(left)
    if kind is type(right) and kind in _SCALARS:
        return left == right
    if kind not in PLAIN:
        left = normal(left)
    if type(right) not in PLAIN:
        right = normal(right)
    if left is None or right is None:
        return left is right
    if type(left) is not type(right):
        both = isinstance(left, Function) and isinstance(right, Function)
        return left is right if both else None
    if isinstance(left, list) and isinstance(right, list):
        return _equal_lists(left, right, run)
    if isinstance(left, dict) and isinstance(right, dict):
        return _equal_contexts(left, right, run)
    if isinstance(left, Range) and isinstance(right, Range):
        return _equal_ranges(left, right, run)
    if isinstance(left, DateTime | Time):
        key = moment_key(left)
        return key is not None and key == moment_key(right)
    return left == right


def _equal_lists(left: list[object], right: list[object], run: Run) -> bool | None:
    if len(left) != len(right):
        return False
    result: bool | None = True
    for one, other in zip(left, right, strict=True):
        run.step()
        same = equal(one, other, run)
        if same is False:
            return False
        if same is None:
            result = False
    return result


def _equal_contexts(left: dict[str, object], right: dict[str, object], run: Run) -> bool | None:
    if left.keys() != right.keys():
        return False
    for key, value in left.items():
        run.step()
        if equal(value, right[key], run) is not True:
            return False
    return True


def _equal_ranges(left: Range, right: Range, run: Run) -> bool:
    run.step()
    return (
        left.parts()[2:] == right.parts()[2:]
        and equal(left.start, right.start, run) is True
        and equal(left.end, right.end, run) is True
    )


def moment_key(value: object) -> tuple[bool, int] | None:
    """Whether the value has a zone, and its whole seconds (in UTC when it has one)."""
    if isinstance(value, DateTime):
        return value.zone is not None, value.utc_nanos // NANOS
    if isinstance(value, Time):
        offset = value.offset()
        return offset is not None, value.second_of_day - (offset or 0)
    return None


def order(left: object, right: object) -> int | None:
    """-1, 0 or 1 for values of one ordered kind, None for anything else; times and dates-with-times
    only when both have a zone or neither has."""
    if type(left) is Decimal and type(right) is Decimal:
        return -1 if left < right else 1 if left > right else 0
    if type(left) not in PLAIN:
        left = normal(left)
    if type(right) not in PLAIN:
        right = normal(right)
    if type(left) is not type(right):
        return None
    if isinstance(left, str) and isinstance(right, str):
        return -1 if left < right else 1 if left > right else 0
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        difference = left.compare(right)
        return 0 if difference == ZERO else 1 if difference > ZERO else -1
    return _order_temporal(left, right)


def _order_temporal(left: object, right: object) -> int | None:
    if isinstance(left, Date) and isinstance(right, Date):
        return -1 if left < right else 1 if right < left else 0
    if isinstance(left, DaysDuration) and isinstance(right, DaysDuration):
        return -1 if left < right else 1 if right < left else 0
    if isinstance(left, MonthsDuration) and isinstance(right, MonthsDuration):
        return -1 if left < right else 1 if right < left else 0
    one, other = moment_key(left), moment_key(right)
    if one is None or other is None or one[0] != other[0]:
        return None
    return -1 if one[1] < other[1] else 1 if one[1] > other[1] else 0


def in_range(value: object, bounds: Range, run: Run) -> bool | None:
    """Whether the range has the value, None when it cannot be compared with the bounds."""
    if bounds.operator == "=":
        return equal(value, bounds.start, run)
    if bounds.operator == "!=":
        same = equal(value, bounds.start, run)
        return None if same is None else not same
    if bounds.start is not None:
        found = order(value, bounds.start)
        if found is None:
            return None
        if found < 0 or (found == 0 and not bounds.start_included):
            return False
    if bounds.end is not None:
        found = order(value, bounds.end)
        if found is None:
            return None
        if found > 0 or (found == 0 and not bounds.end_included):
            return False
    return True
