"""Numbers: IEEE 754 decimal128, that is 34 digits, half-even, exponents to 6144 (DMN 1.5, 10.3.2.3.1).

The context is never the thread's: every operation names it, so a host's own decimal settings
change nothing here and nothing here changes the host's.
"""

from __future__ import annotations

from decimal import (
    ROUND_HALF_EVEN,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    Overflow,
)

CONTEXT = Context(
    prec=34,
    rounding=ROUND_HALF_EVEN,
    Emin=-6143,
    Emax=6144,
    traps=[InvalidOperation, DivisionByZero, Overflow],
)
ZERO = Decimal(0)
ONE = Decimal(1)


def number(value: object) -> Decimal:
    """A decimal for an int, a float or the text of a number. Raises ArithmeticError or ValueError
    when it has none (not a number, infinite, beyond the exponents)."""
    if isinstance(value, Decimal):
        result = CONTEXT.plus(value)
    elif isinstance(value, int):
        result = CONTEXT.create_decimal(value)
    elif isinstance(value, float):
        # The shortest text that reads back as this float is what its writer meant: 0.1 is 0.1.
        result = CONTEXT.create_decimal(repr(value))
    elif isinstance(value, str):
        result = CONTEXT.create_decimal(value)
    else:
        raise ValueError("not a number")
    if not result.is_finite():
        raise ValueError("not a finite number")
    return result


def text_of(value: Decimal) -> str:
    """The number as people write it: no exponent, no trailing zeros after the point."""
    if value == 0:
        return "0"
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text


def whole(value: Decimal) -> int:
    """The integer part, towards zero."""
    return int(value)
