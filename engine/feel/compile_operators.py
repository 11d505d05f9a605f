"""Arithmetic, comparison and logic operators."""

from __future__ import annotations

from decimal import Decimal

from engine.feel.arithmetic import NUMBERS, calculate, negate
from engine.feel.compiler import Evaluator, compile_node, compiles
from engine.feel.errors import Failure
from engine.feel.nodes import Between, Chain, Comparison, InstanceOf, Logic, Negation
from engine.feel.runtime import Frame, Run
from engine.feel.values.comparing import equal, order
from engine.feel.values.kinds import kind
from engine.feel.values.types import conforms, known

_WANTED: dict[str, tuple[int, ...]] = {"<": (-1,), "<=": (-1, 0), ">": (1,), ">=": (1, 0)}


def _calculate(run: Run, operator: str, left: object, right: object, position: int) -> object:
    """One operation, null and a warning when it has no value."""
    try:
        result = calculate(operator, left, right)
    except Failure as failure:
        run.warn(failure.code, failure.message, position)
        return None
    except (ArithmeticError, ValueError):
        run.warn("arithmetic", f"the result of {operator} is beyond the limits", position)
        return None
    if type(result) is str:
        run.size(len(result))
    return result


@compiles(Chain)
def _chain(node: Chain) -> Evaluator:
    if len(node.steps) == 1:
        return _pair(node)
    first = compile_node(node.first)
    steps = tuple((s.operator, compile_node(s.operand), s.position) for s in node.steps)

    def evaluate(frame: Frame) -> object:
        value = first(frame)
        for operator, operand, position in steps:
            value = _calculate(frame.run, operator, value, operand(frame), position)
        return value

    return evaluate


def _pair(node: Chain) -> Evaluator:
    step = node.steps[0]
    first, operand = compile_node(node.first), compile_node(step.operand)
    operator, position = step.operator, step.position
    on_numbers = NUMBERS[operator]
    if operator in ("/", "**"):

        def general(frame: Frame) -> object:
            return _calculate(frame.run, operator, first(frame), operand(frame), position)

        return general

    def evaluate(frame: Frame) -> object:
        left, right = first(frame), operand(frame)
        if type(left) is Decimal and type(right) is Decimal:
            try:
                return on_numbers(left, right)
            except ArithmeticError:
                pass
        return _calculate(frame.run, operator, left, right, position)

    return evaluate


@compiles(Negation)
def _negation(node: Negation) -> Evaluator:
    of, position = compile_node(node.of), node.position

    def evaluate(frame: Frame) -> object:
        try:
            return negate(of(frame))
        except Failure as failure:
            frame.run.warn(failure.code, failure.message, position)
            return None

    return evaluate


@compiles(Comparison)
def _comparison(node: Comparison) -> Evaluator:
    left, right = compile_node(node.left), compile_node(node.right)
    if node.operator in ("=", "!="):
        return _equality(left, right, node.operator == "=", node.position)
    operator, position = node.operator, node.position
    wanted = _WANTED[operator]

    def evaluate(frame: Frame) -> object:
        one, other = left(frame), right(frame)
        found = order(one, other)
        if found is None:
            _incomparable(frame.run, one, operator, other, position)
            return None
        return found in wanted

    return evaluate


def _equality(left: Evaluator, right: Evaluator, positive: bool, position: int) -> Evaluator:
    symbol = "=" if positive else "!="

    def evaluate(frame: Frame) -> object:
        one, other = left(frame), right(frame)
        if type(one) is str and type(other) is str:
            return (one == other) is positive
        same = equal(one, other, frame.run)
        if same is None:
            _incomparable(frame.run, one, symbol, other, position)
            return None
        return same is positive

    return evaluate


def _incomparable(run: Run, left: object, operator: str, right: object, position: int) -> None:
    run.warn("bad-type", f"cannot compare {kind(left)} {operator} {kind(right)}", position)


@compiles(Between)
def _between(node: Between) -> Evaluator:
    value, low, high = compile_node(node.value), compile_node(node.low), compile_node(node.high)
    position = node.position

    def evaluate(frame: Frame) -> object:
        middle, bottom, top = value(frame), low(frame), high(frame)
        above, below = order(middle, bottom), order(middle, top)
        if above is None or below is None:
            wrong = bottom if above is None else top
            _incomparable(frame.run, middle, "between", wrong, position)
            return None
        return above >= 0 and below <= 0

    return evaluate


@compiles(Logic)
def _logic(node: Logic) -> Evaluator:
    """Three-valued: a decisive operand wins over null, what is no boolean counts as null."""
    operands = tuple(compile_node(operand) for operand in node.operands)
    decisive = node.operator == "or"
    operator, position = node.operator, node.position

    def evaluate(frame: Frame) -> object:
        unknown = False
        for operand in operands:
            value = operand(frame)
            if value is decisive:
                return decisive
            if type(value) is not bool:
                unknown = True
                if value is not None:
                    text = f"{operator} needs boolean values, not {kind(value)}"
                    frame.run.warn("bad-type", text, position)
        return None if unknown else not decisive

    return evaluate


@compiles(InstanceOf)
def _instance_of(node: InstanceOf) -> Evaluator:
    value, wanted, position = compile_node(node.value), node.type, node.position

    def evaluate(frame: Frame) -> object:
        if not known(wanted, frame.run.env.types):
            frame.run.warn("bad-type", f"the type {wanted.name} is not known", position, wanted.name)
            return None
        return conforms(value(frame), wanted, frame.run)

    return evaluate
