"""Checks of arguments. Each gives the value as the kind that is needed or raises Failure; a list of
one element stands for the element, and an element for a list of it (DMN 1.5, 10.3.2.9.4)."""

from __future__ import annotations

from decimal import Decimal
from typing import TypeVar

from engine.feel.errors import Failure
from engine.feel.runtime import Run
from engine.feel.values.functions import Function
from engine.feel.values.kinds import kind, normal
from engine.feel.values.numbers import whole
from engine.feel.values.temporal import Date, DateTime

T = TypeVar("T")


def single(value: object) -> object:
    """The value, or the only element of a list."""
    value = normal(value)
    if isinstance(value, list) and len(value) == 1:
        return normal(value[0])
    return value


def wrong(value: object, wanted: str) -> Failure:
    return Failure(f"needs {wanted}, not {kind(value)}")


def a(value: object, kind_of: type[T], wanted: str) -> T:
    """The value when it is of this class."""
    found = single(value)
    if type(found) is kind_of or (isinstance(found, kind_of) and not isinstance(found, bool)):
        return found
    raise wrong(found, wanted)


def number(value: object) -> Decimal:
    return a(value, Decimal, "a number")


def integer(value: object) -> int:
    """The whole part of a number, which must be within 64 bits."""
    found = number(value)
    if abs(found) >= 2**63:
        raise Failure(f"{found} is too large here")
    return whole(found)


def text(value: object) -> str:
    return a(value, str, "a string")


def boolean(value: object) -> bool:
    found = single(value)
    if isinstance(found, bool):
        return found
    raise wrong(found, "a boolean")


def context(value: object) -> dict[str, object]:
    found = single(value)
    if isinstance(found, dict):
        return found
    raise wrong(found, "a context")


def function(value: object) -> Function:
    found = single(value)
    if isinstance(found, Function):
        return found
    raise wrong(found, "a function")


def elements(value: object, run: Run) -> list[object]:
    """The list, its length paid for in steps. null is no list."""
    value = normal(value)
    if value is None:
        raise Failure("needs a list, not null")
    if isinstance(value, list):
        run.step(len(value))
        return value
    return [value]


def spread(args: tuple[object, ...], run: Run) -> list[object]:
    """The elements given as one list or as several arguments."""
    if len(args) == 1:
        return elements(args[0], run)
    run.step(len(args))
    return list(args)


def numbers(args: tuple[object, ...], run: Run) -> list[Decimal]:
    """Like `spread`; all of them must be numbers."""
    return [a(value, Decimal, "numbers") for value in spread(args, run)]


def local_day(run: Run, value: object) -> Date:
    """The day of a date or a date and time; of a moment with an offset the day in the office's zone."""
    found = single(value)
    if isinstance(found, DateTime) and found.zone is not None:
        return DateTime.from_utc_nanos(found.utc_nanos, run.env.local_zone()).date
    return day(found)


def day(value: object) -> Date:
    """The day of a date or a date and time."""
    found = single(value)
    if isinstance(found, DateTime):
        return found.date
    if isinstance(found, Date):
        return found
    raise wrong(found, "a date")
