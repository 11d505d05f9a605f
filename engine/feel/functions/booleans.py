"""not, all, any, is, assert and the functions that deal with missing values."""

from __future__ import annotations

from engine.feel.errors import AssertionFailed, Failure
from engine.feel.functions.arguments import spread
from engine.feel.functions.define import builtin
from engine.feel.runtime import Run
from engine.feel.values.comparing import equal
from engine.feel.values.durations import DaysDuration, MonthsDuration
from engine.feel.values.kinds import kind, normal
from engine.feel.values.temporal import DateTime, Time


@builtin("not", "negand")
def not_(run: Run, negand: object) -> object:
    if isinstance(negand, bool):
        return not negand
    if negand is None:
        return None
    raise Failure(f"needs a boolean, not {kind(negand)}")


@builtin("all", "list", variadic=True)
def all_(run: Run, *args: object) -> object:
    """False when one is false, else null when one is no boolean, else true."""
    return _decide(run, args, decisive=False)


@builtin("any", "list", variadic=True)
def any_(run: Run, *args: object) -> object:
    """True when one is true, else null when one is no boolean, else false."""
    return _decide(run, args, decisive=True)


def _decide(run: Run, args: tuple[object, ...], decisive: bool) -> object:
    values = spread(args, run)
    if decisive in [value for value in values if isinstance(value, bool)]:
        return decisive
    for value in values:
        if not isinstance(value, bool):
            raise Failure(f"needs booleans, not {kind(value)}")
    return not decisive


@builtin("is", "value1?", "value2?")
def is_(run: Run, value1: object = None, value2: object = None) -> object:
    """The same value in the same kind: unlike =, times and moments in different zones differ."""
    one, other = normal(value1), normal(value2)
    if type(one) is not type(other):
        return False
    if isinstance(one, DateTime | Time | DaysDuration | MonthsDuration):
        return one == other
    return equal(one, other, run) is True


@builtin("is defined", "value")
def is_defined(run: Run, value: object) -> object:
    """Not null; unlike a comparison with null it leaves no warning."""
    return value is not None


@builtin("get or else", "value", "default")
def get_or_else(run: Run, value: object, default: object) -> object:
    return default if value is None else value


@builtin("assert", "value", "condition", "cause?")
def assert_(run: Run, value: object, condition: object, cause: object = None) -> object:
    """The value when the condition is true; any other condition ends the evaluation."""
    if condition is True:
        return value
    raise AssertionFailed(cause if isinstance(cause, str) else None)


@builtin("fromAi", "value", "description?", "type?", "schema?", "options?")
def from_ai(run: Run, value: object, *about: object) -> object:
    """The value; what else is said about it is for tools that read the diagram."""
    return value
