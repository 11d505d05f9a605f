"""Arithmetic between values (DMN 1.5, tables 55 to 58). Everything here raises Failure for kinds that
do not go together."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from engine.feel.errors import Failure
from engine.feel.values.durations import DAY_NANOS, DaysDuration, MonthsDuration
from engine.feel.values.kinds import kind
from engine.feel.values.numbers import CONTEXT
from engine.feel.values.temporal import Date, DateTime, Time
from engine.feel.values.zones import UTC


def calculate(operator: str, left: object, right: object) -> object:
    """The value of one operation; also raises ArithmeticError and ValueError beyond the limits."""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return NUMBERS[operator](left, right)
    result = _OTHERS[operator](left, right)
    if result is None:
        raise Failure(f"cannot calculate {kind(left)} {operator} {kind(right)}", "bad-type")
    return result


def _divide(left: Decimal, right: Decimal) -> Decimal:
    if not right:
        raise Failure("division by zero", "arithmetic")
    return CONTEXT.divide(left, right)


def _to_the_power(left: Decimal, right: Decimal) -> Decimal:
    result = CONTEXT.power(left, right)
    if not result.is_finite():  # 0 to a negative power, of which the library only says Infinity
        raise Failure("division by zero", "arithmetic")
    return result


NUMBERS: dict[str, Callable[[Decimal, Decimal], Decimal]] = {
    "+": CONTEXT.add,
    "-": CONTEXT.subtract,
    "*": CONTEXT.multiply,
    "/": _divide,
    "**": _to_the_power,
}


def negate(value: object) -> object:
    """Minus a number or a duration."""
    if isinstance(value, Decimal):
        return CONTEXT.minus(value)
    if isinstance(value, DaysDuration):
        return DaysDuration(-value.nanos)
    if isinstance(value, MonthsDuration):
        return MonthsDuration(-value.months)
    raise Failure(f"there is no minus {kind(value)}", "bad-type")


def _add(left: object, right: object) -> object:
    if isinstance(left, str) and isinstance(right, str):
        return left + right
    if isinstance(right, DaysDuration | MonthsDuration):
        return shift(left, right, 1)
    if isinstance(left, DaysDuration | MonthsDuration):
        return shift(right, left, 1)
    return None


def _subtract(left: object, right: object) -> object:
    if isinstance(right, DaysDuration | MonthsDuration):
        return shift(left, right, -1)
    if isinstance(left, Date) and isinstance(right, Date):
        return DaysDuration((left.days - right.days) * DAY_NANOS)
    if isinstance(left, Time) and isinstance(right, Time):
        one, other = left.offset(), right.offset()
        if (one is None) != (other is None):
            raise Failure("one time has an offset, the other has none", "bad-type")
        seconds = (one or 0) - (other or 0)
        return DaysDuration(left.nanos - right.nanos - seconds * 1_000_000_000)
    return _between_moments(left, right)


def _between_moments(left: object, right: object) -> object:
    one, other = _moment(left), _moment(right)
    if one is None or other is None:
        return None
    if (one.zone is None) != (other.zone is None):
        raise Failure("one date and time has an offset, the other has none", "bad-type")
    return DaysDuration(one.utc_nanos - other.utc_nanos)


def _moment(value: object) -> DateTime | None:
    """A date beside a date and time is its midnight in UTC (DMN 1.5, 10.3.2.3.5)."""
    if isinstance(value, DateTime):
        return value
    if isinstance(value, Date):
        return DateTime(value, Time(0, 0, 0, 0, UTC))
    return None


def shift(value: object, by: DaysDuration | MonthsDuration, sign: int) -> object:
    """The value so much later (or earlier, with sign -1); None when it cannot be shifted.

    Months keep the day of the month, or take the last one there is. A day counts 24 hours on the
    value's own clock; hours are exact, also across a change of the clocks.
    """
    if isinstance(by, MonthsDuration):
        return _shift_months(value, by.months * sign)
    nanos = by.nanos * sign
    if isinstance(value, Date):
        return Date.from_days((value.days * DAY_NANOS + nanos) // DAY_NANOS)
    if isinstance(value, Time):
        return Time.from_nanos(value.nanos + nanos, value.zone)
    if isinstance(value, DateTime):
        return _shift_moment(value, nanos)
    if isinstance(value, DaysDuration):
        return DaysDuration(value.nanos + nanos)
    return None


def _shift_months(value: object, months: int) -> object:
    if isinstance(value, Date):
        return value.add_months(months)
    if isinstance(value, DateTime):
        return DateTime(value.date.add_months(months), value.time)
    if isinstance(value, MonthsDuration):
        return MonthsDuration(value.months + months)
    return None


def _shift_moment(value: DateTime, nanos: int) -> DateTime:
    whole_days, rest = divmod(nanos, DAY_NANOS)
    moved = DateTime(Date.from_days(value.date.days + whole_days), value.time)
    if rest == 0:
        return moved
    if moved.zone is None:
        return DateTime.from_local_nanos(moved.local_nanos + rest, None)
    return DateTime.from_utc_nanos(moved.utc_nanos + rest, moved.zone)


def _multiply(left: object, right: object) -> object:
    if isinstance(left, Decimal):
        left, right = right, left
    if not isinstance(right, Decimal):
        return None
    if isinstance(left, DaysDuration):
        return DaysDuration(int(CONTEXT.multiply(Decimal(left.nanos), right)))
    if isinstance(left, MonthsDuration):
        return MonthsDuration(int(CONTEXT.multiply(Decimal(left.months), right)))
    return None


def _divide_others(left: object, right: object) -> object:
    if isinstance(left, DaysDuration) and isinstance(right, DaysDuration):
        return _divide(Decimal(left.nanos), Decimal(right.nanos))
    if isinstance(left, MonthsDuration) and isinstance(right, MonthsDuration):
        return _divide(Decimal(left.months), Decimal(right.months))
    if isinstance(right, Decimal):
        if isinstance(left, DaysDuration):
            return DaysDuration(int(_divide(Decimal(left.nanos), right)))
        if isinstance(left, MonthsDuration):
            return MonthsDuration(int(_divide(Decimal(left.months), right)))
    return None


def _power(left: object, right: object) -> object:
    return None


_OTHERS: dict[str, Callable[[object, object], object]] = {
    "+": _add,
    "-": _subtract,
    "*": _multiply,
    "/": _divide_others,
    "**": _power,
}
