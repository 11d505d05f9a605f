"""Functions of many numbers or values: sums, extremes, averages (DMN 1.5, table 74)."""

from __future__ import annotations

from decimal import Decimal

from engine.feel.errors import Failure
from engine.feel.functions.arguments import elements, numbers, spread
from engine.feel.functions.define import builtin
from engine.feel.runtime import Run
from engine.feel.values.comparing import order
from engine.feel.values.durations import DaysDuration, MonthsDuration
from engine.feel.values.kinds import kind, normal
from engine.feel.values.numbers import CONTEXT, ONE, ZERO


@builtin("count", "list")
def count(run: Run, values: object) -> object:
    return Decimal(len(elements(values, run)))


@builtin("min", "list", variadic=True)
def min_(run: Run, *args: object) -> object:
    return _extreme(run, args, -1)


@builtin("max", "list", variadic=True)
def max_(run: Run, *args: object) -> object:
    return _extreme(run, args, 1)


def _extreme(run: Run, args: tuple[object, ...], wanted: int) -> object:
    """The least or greatest; null for no values. All must be of one ordered kind."""
    values = [normal(value) for value in spread(args, run)]
    if not values:
        return None
    best = values[0]
    for value in values:
        found = order(value, best)
        if found is None:
            raise Failure(f"cannot compare {kind(value)} with {kind(best)}")
        if found == wanted:
            best = value
    return best


@builtin("sum", "list", variadic=True)
def sum_(run: Run, *args: object) -> object:
    """Of numbers, or of durations of one kind; null for no values."""
    values = [normal(value) for value in spread(args, run)]
    if not values:
        return None
    if all(isinstance(value, DaysDuration) for value in values):
        return DaysDuration(sum(v.nanos for v in values if isinstance(v, DaysDuration)))
    if all(isinstance(value, MonthsDuration) for value in values):
        return MonthsDuration(sum(v.months for v in values if isinstance(v, MonthsDuration)))
    return total(numbers((values,), run))


def total(values: list[Decimal]) -> Decimal:
    result = ZERO
    for value in values:
        result = CONTEXT.add(result, value)
    return result


@builtin("product", "list", variadic=True)
def product(run: Run, *args: object) -> object:
    """null for no values."""
    values = _some(args, run)
    result = ONE
    for value in values:
        result = CONTEXT.multiply(result, value)
    return result


@builtin("mean", "list", variadic=True)
def mean(run: Run, *args: object) -> object:
    return average(_some(args, run))


def average(values: list[Decimal]) -> Decimal:
    return CONTEXT.divide(total(values), Decimal(len(values)))


@builtin("median", "list", variadic=True)
def median(run: Run, *args: object) -> object:
    """The middle one, or the mean of the two in the middle; null for no values."""
    values = sorted(numbers(args, run))
    if not values:
        return None
    middle = len(values) // 2
    if len(values) % 2:
        return values[middle]
    return average([values[middle - 1], values[middle]])


@builtin("mode", "list", variadic=True)
def mode(run: Run, *args: object) -> object:
    """The most frequent numbers, in ascending order."""
    values = numbers(args, run)
    if not values:
        return []
    counts: dict[Decimal, int] = {}
    for value in values:
        counts[value] = counts.get(value, 0) + 1
    most = max(counts.values())
    return sorted(value for value, times in counts.items() if times == most)


@builtin("stddev", "list", variadic=True)
def stddev(run: Run, *args: object) -> object:
    """The standard deviation of a sample; null for fewer than two values."""
    values = numbers(args, run)
    if len(values) < 2:
        raise Failure("needs at least two numbers")
    middle = average(values)
    squares = [CONTEXT.power(CONTEXT.subtract(value, middle), Decimal(2)) for value in values]
    return CONTEXT.sqrt(CONTEXT.divide(total(squares), Decimal(len(values) - 1)))


def _some(args: tuple[object, ...], run: Run) -> list[Decimal]:
    values = numbers(args, run)
    if not values:
        raise Failure("the list is empty")
    return values
