"""What `for`, `some` and `every` go through."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterator as Elements
from decimal import Decimal

from engine.feel.compiler import Evaluator, compile_node
from engine.feel.errors import Failure
from engine.feel.nodes import Iterator
from engine.feel.runtime import Frame
from engine.feel.values.kinds import kind, normal
from engine.feel.values.numbers import CONTEXT, ONE
from engine.feel.values.ranges import Range
from engine.feel.values.temporal import Date

Loop = Callable[[Frame], Elements[Frame]]


def nested(iterators: tuple[Iterator, ...]) -> Loop:
    """All combinations, the last iterator the fastest, each as a frame; a step of the budget is
    paid for each. The loop raises Failure when an iterator has nothing to go through."""
    levels = tuple((iterator.name, source(iterator)) for iterator in iterators)

    def loop(frame: Frame, level: int = 0) -> Elements[Frame]:
        name, evaluate = levels[level]
        run = frame.run
        last = level == len(levels) - 1
        for element in evaluate(frame):
            run.step()
            inner = Frame(run, {name: element}, frame)
            if last:
                yield inner
            else:
                yield from loop(inner, level + 1)

    return loop


def source(iterator: Iterator) -> Callable[[Frame], Elements[object]]:
    start: Evaluator = compile_node(iterator.start)
    if iterator.end is None:
        return lambda frame: elements(start(frame))
    end: Evaluator = compile_node(iterator.end)
    return lambda frame: between(start(frame), end(frame), descending=True)


def elements(value: object) -> Elements[object]:
    """The elements of a list, of a range of whole steps, or the value alone. Raises Failure for
    null and for ranges without steps."""
    if isinstance(value, list):
        return (normal(item) for item in value)
    if isinstance(value, Range):
        return _of_range(value)
    if value is None:
        raise Failure("there is nothing to go through: the list is null")
    return iter((value,))


def _of_range(bounds: Range) -> Elements[object]:
    steps = between(bounds.start, bounds.end, descending=False)
    first = next(steps, None)
    if first is None:
        raise Failure("the range ends before it starts")

    def generate() -> Elements[object]:
        if bounds.start_included:
            yield first
        for value in steps:
            if value != bounds.end or bounds.end_included:
                yield value

    if first == bounds.end:
        return iter((first,) if bounds.start_included and bounds.end_included else ())
    return generate()


def between(start: object, end: object, descending: bool) -> Elements[object]:
    """Numbers or days one apart from start to end, down when the end is lower and that is
    allowed. Raises Failure for anything else."""
    if isinstance(start, Decimal) and isinstance(end, Decimal):
        return _numbers(start, end, descending)
    if isinstance(start, Date) and isinstance(end, Date):
        return _days(start, end, descending)
    raise Failure(f"cannot go step by step from {kind(start)} to {kind(end)}")


def _numbers(start: Decimal, end: Decimal, descending: bool) -> Elements[object]:
    value = start
    if start <= end:
        while value <= end:
            yield value
            value = CONTEXT.add(value, ONE)
    elif descending:
        while value >= end:
            yield value
            value = CONTEXT.subtract(value, ONE)


def _days(start: Date, end: Date, descending: bool) -> Elements[object]:
    first, last = start.days, end.days
    if first <= last:
        yield from (Date.from_days(day) for day in range(first, last + 1))
    elif descending:
        yield from (Date.from_days(day) for day in range(first, last - 1, -1))
