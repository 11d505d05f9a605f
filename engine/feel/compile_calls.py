"""Calls of functions."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from engine.feel.compiler import Evaluator, compile_node, compiles
from engine.feel.errors import Failure
from engine.feel.functions.registry import BUILTINS
from engine.feel.lookup import find
from engine.feel.nodes import Call, Literal, Name
from engine.feel.runtime import MISSING, Frame
from engine.feel.values.functions import Function
from engine.feel.values.kinds import kind
from engine.feel.values.reading import read_date, read_date_time, read_duration, read_time

Arguments = tuple[list[object], Mapping[str, object] | None]
_QUIET = frozenset(("is defined", "get or else"))
"""Functions that are there to ask for what may be missing: their arguments leave no warnings."""
_ArgumentReader = Callable[[Frame], Arguments]


@compiles(Call)
def _call(node: Call) -> Evaluator:
    if isinstance(node.function, Name):
        return _call_by_name(node, node.function.name)
    function, arguments = compile_node(node.function), _arguments(node)
    position = node.position

    def evaluate(frame: Frame) -> object:
        return invoke(frame, function(frame), arguments(frame), position)

    return evaluate


def _arguments(node: Call) -> _ArgumentReader:
    values = tuple(compile_node(argument.value) for argument in node.arguments)
    names = tuple(argument.name for argument in node.arguments if argument.name is not None)
    if not names:

        def positional(frame: Frame) -> Arguments:
            return [value(frame) for value in values], None

        return positional

    def named(frame: Frame) -> Arguments:
        return [], {name: value(frame) for name, value in zip(names, values, strict=True)}

    return named


def _call_by_name(node: Call, name: str) -> Evaluator:
    """The scope's own function of the name, else the environment's, else the built-in one. A
    variable that is no function does not hide a function."""
    builtin, arguments, position = BUILTINS.get(name), _arguments(node), node.position
    quiet = name in _QUIET
    known = _known_value(node, name)

    def evaluate(frame: Frame) -> object:
        found = find(frame, name)
        if not isinstance(found, Function):
            own = frame.run.env.functions.get(name)
            function = own if own is not None else builtin
            if own is None and known is not MISSING:
                return known
            if function is None:
                text = f"there is no function {name}"
                frame.run.warn("no-function", text, position, name)
                return None
            found = function
        before = len(frame.run.warnings)
        values = arguments(frame)
        if quiet:
            del frame.run.warnings[before:]
        return invoke(frame, found, values, position)

    return evaluate


def _known_value(node: Call, name: str) -> object:
    """The value of `date("2026-04-10")` and the like, which need not be read at each evaluation;
    MISSING for any other call and for a text that is no such value (it has to warn each time)."""
    reader = _READERS.get(name)
    if reader is None or len(node.arguments) != 1 or node.arguments[0].name not in (None, "from"):
        return MISSING
    argument = node.arguments[0].value
    if not isinstance(argument, Literal) or not isinstance(argument.value, str):
        return MISSING
    value = reader(argument.value)
    return MISSING if value is None else value


_READERS: dict[str, Callable[[str], object]] = {
    "date": read_date,
    "time": read_time,
    "date and time": read_date_time,
    "duration": read_duration,
}


def invoke(frame: Frame, function: object, arguments: Arguments, position: int) -> object:
    """The function's value, null and a warning when it has none."""
    run = frame.run
    if not isinstance(function, Function):
        if function is not None:
            run.warn("no-function", f"{kind(function)} is no function", position)
        return None
    try:
        return function.call(arguments[0], arguments[1], run)
    except Failure as failure:
        run.warn(failure.code, f"{function.name}: {failure.message}", position)
    except ArithmeticError:
        run.warn("arithmetic", f"{function.name}: beyond the limits of numbers", position)
    except ValueError as error:
        run.warn("bad-argument", f"{function.name}: {error}", position)
    return None
