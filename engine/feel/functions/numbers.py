"""Functions of numbers (DMN 1.5, table 72 and 76)."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Decimal,
)

from engine.feel.errors import Failure
from engine.feel.functions.arguments import integer, number, single, text
from engine.feel.functions.define import builtin
from engine.feel.runtime import Run
from engine.feel.values.durations import DaysDuration, MonthsDuration
from engine.feel.values.numbers import CONTEXT, ONE, ZERO

TWO = Decimal(2)
MIN_SCALE, MAX_SCALE = -6111, 6176


def rounded(value: Decimal, scale: int, mode: str) -> Decimal:
    """The number with at most `scale` digits after the point. Raises Failure for scales that
    decimal128 does not have."""
    if not MIN_SCALE <= scale <= MAX_SCALE:
        raise Failure(f"the scale {scale} is not between {MIN_SCALE} and {MAX_SCALE}")
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and -exponent <= scale:
        return value
    return value.quantize(ONE.scaleb(-scale), rounding=mode, context=CONTEXT)


def _rounding(mode: str) -> Callable[..., object]:
    def body(run: Run, n: object, scale: object = ZERO) -> object:
        return rounded(number(n), integer(scale), mode)

    return body


for _name, _mode in (
    ("round up", ROUND_UP),
    ("round down", ROUND_DOWN),
    ("round half up", ROUND_HALF_UP),
    ("round half down", ROUND_HALF_DOWN),
):
    builtin(_name, "n", "scale?")(_rounding(_mode))
builtin("floor", "n", "scale?")(_rounding(ROUND_FLOOR))
builtin("ceiling", "n", "scale?")(_rounding(ROUND_CEILING))


_MODES = {
    "UP": ROUND_UP,
    "DOWN": ROUND_DOWN,
    "CEILING": ROUND_CEILING,
    "FLOOR": ROUND_FLOOR,
    "HALF_UP": ROUND_HALF_UP,
    "HALF_DOWN": ROUND_HALF_DOWN,
    "HALF_EVEN": ROUND_HALF_EVEN,
}


@builtin("decimal", "n", "scale", "mode?")
def decimal_(run: Run, n: object, scale: object, mode: object = "HALF_EVEN") -> object:
    """Half-even unless a mode is named."""
    name = text(mode).upper()
    if name not in _MODES:
        raise Failure(f"the mode is one of {', '.join(_MODES)}")
    return rounded(number(n), integer(scale), _MODES[name])


@builtin("abs", "n")
def abs_(run: Run, n: object) -> object:
    """Of a number or a duration."""
    value = single(n)
    if isinstance(value, DaysDuration):
        return DaysDuration(abs(value.nanos))
    if isinstance(value, MonthsDuration):
        return MonthsDuration(abs(value.months))
    return abs(number(value))


@builtin("modulo", "dividend", "divisor")
def modulo(run: Run, dividend: object, divisor: object) -> object:
    """With the sign of the divisor."""
    left, right = number(dividend), number(divisor)
    if not right:
        raise Failure("division by zero", "arithmetic")
    rest = CONTEXT.remainder(left, right)
    return CONTEXT.add(rest, right) if rest and (rest < 0) != (right < 0) else rest


@builtin("sqrt", "number")
def sqrt(run: Run, n: object) -> object:
    value = number(n)
    if value < 0:
        raise Failure("there is no root of a negative number", "arithmetic")
    return CONTEXT.sqrt(value)


@builtin("log", "number")
def log(run: Run, n: object) -> object:
    value = number(n)
    if value <= 0:
        raise Failure("there is no logarithm of zero or less", "arithmetic")
    return CONTEXT.ln(value)


@builtin("exp", "number")
def exp(run: Run, n: object) -> object:
    value = number(n)
    if value > 20_000:
        raise Failure("the result is too large", "arithmetic")
    return CONTEXT.exp(value) if value > -20_000 else ZERO


@builtin("even", "number")
def even(run: Run, n: object) -> object:
    return _remainder(n) == 0


@builtin("odd", "number")
def odd(run: Run, n: object) -> object:
    return abs(_remainder(n)) == ONE


def _remainder(n: object) -> Decimal:
    value = number(n)
    # From 34 digits on only even numbers are left.
    return CONTEXT.remainder(value, TWO) if value.adjusted() < 33 else ZERO


@builtin("random number")
def random_number(run: Run) -> object:
    """At least 0 and below 1; another one at each evaluation."""
    return Decimal(secrets.randbelow(10**16)).scaleb(-16)
