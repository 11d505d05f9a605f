"""Unary tests and `in`."""

from __future__ import annotations

from engine.feel.compiler import Evaluator, compile_node, compiles
from engine.feel.cursor import INPUT
from engine.feel.lookup import find
from engine.feel.nodes import In, RangeNode, Test, Tests
from engine.feel.runtime import Frame, Run
from engine.feel.values.comparing import equal, in_range
from engine.feel.values.kinds import kind, normal
from engine.feel.values.ranges import Range


@compiles(In)
def _in(node: In) -> Evaluator:
    value, tests = compile_node(node.value), compile_node(node.tests)

    def evaluate(frame: Frame) -> object:
        return tests(Frame(frame.run, {INPUT: value(frame)}, frame))

    return evaluate


@compiles(Tests)
def _tests(node: Tests) -> Evaluator:
    """Whether the input `?` of the frame passes: three-valued like a row of or."""
    tests = tuple(_test(test) for test in node.tests)
    if not tests:
        return lambda frame: True
    negated, position = node.negated, node.position

    def evaluate(frame: Frame) -> object:
        unknown = False
        for test in tests:
            value = test(frame)
            if value is True:
                return not negated
            unknown = unknown or value is not False
        if unknown:
            text = f"{kind(find(frame, INPUT))} cannot be compared with the tests"
            frame.run.warn("bad-type", text, position)
            return None
        return negated

    return evaluate


def _test(test: Test) -> Evaluator:
    evaluator = compile_node(test.node)
    uses_input = test.uses_input
    is_range = isinstance(test.node, RangeNode)

    def evaluate(frame: Frame) -> object:
        value = evaluator(frame)
        if uses_input and type(value) is bool:
            return value
        if is_range and value is None:
            # A range without a bound is an error, not a test for null.
            return None
        return passes(find(frame, INPUT), value, frame.run)

    return evaluate


def passes(value: object, test: object, run: Run) -> bool | None:
    """Whether the value equals the test, is in its range, or is in or equal to its list. A test
    that is true stands for itself where the value is no boolean."""
    if isinstance(test, Range):
        if value is None and test.operator not in ("=", "!="):
            return None
        return in_range(value, test, run)
    if isinstance(test, list):
        return _passes_list(value, test, run)
    if type(test) is bool and type(value) is not bool and value is not None:
        return test
    return equal(value, test, run)


def _passes_list(value: object, test: list[object], run: Run) -> bool | None:
    if isinstance(value, list) and equal(value, test, run):
        return True
    result: bool | None = False
    for item in test:
        run.step()
        item = normal(item)
        if isinstance(item, Range) and not isinstance(value, Range):
            found = in_range(value, item, run)
        else:
            found = equal(value, item, run)
        if found:
            return True
        if found is None and len(test) == 1:
            result = None
    return result
