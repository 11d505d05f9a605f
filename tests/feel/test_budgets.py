"""No expression takes more than its budget, however it is written; each says so in words."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from engine.feel import (
    Budget,
    BudgetExceeded,
    Environment,
    FeelError,
    FeelSyntaxError,
    parse_expression,
    to_json,
)
from tests.feel import fuzz

NOW = datetime(2026, 4, 10, 9, 0, tzinfo=UTC)


def evaluate(text: str, depth: int = 60) -> object:
    """A tenth of the usual steps and size, so that the tests are done sooner."""
    env = Environment(now=NOW, budget=Budget(steps=100_000, size=100_000, depth=depth, seconds=60))
    return parse_expression(text).evaluate({}, env).value


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("for i in 1..1000000000 return i", "steps"),
        ("some i in 1..1000000000 satisfies i < 0", "steps"),
        ("count(for i in 1..1000, j in 1..1000, k in 1..1000 return 1)", "steps"),
        ("for i in 1e40..1e41 return i", "steps"),
        ("{f: function(n) f(n + 1), r: f(1)}.r", "depth"),
        ("{f: function(n) [f(n), f(n)], r: f(1)}.r", "depth"),
        ("{f: function(n) if n = 0 then 1 else f(n - 1) + f(n - 1), r: f(40)}.r", "steps"),
    ],
)
def test_endless(text: str, kind: str) -> None:
    with pytest.raises(BudgetExceeded) as caught:
        evaluate(text)
    assert caught.value.kind == kind
    assert caught.value.message and caught.value.th != caught.value.message


def doubling(start: str, double: Callable[[str], str], times: int = 40) -> str:
    """The last of a context's entries, each twice as large as the one before."""
    entries = [f"a0: {start}", *(f"a{n}: {double(f'a{n - 1}')}" for n in range(1, times))]
    return "{" + ", ".join(entries) + f"}}.a{times - 1}"


@pytest.mark.parametrize(
    "text",
    [
        doubling('"ก"', lambda a: f"{a} + {a}"),
        doubling("[1]", lambda a: f"concatenate({a}, {a})"),
        doubling('"ก"', lambda a: f"string join([{a}, {a}])"),
        doubling('"ก"', lambda a: f'replace({a}, "ก", "กก")'),
        doubling("[1]", lambda a: f"flatten([{a}, {a}])"),
        "for i in 1..100000 return [partial, partial].x",
        doubling("{x: 1}", lambda a: f"[{a}, {a}].x"),
    ],
)
def test_doubling_values(text: str) -> None:
    with pytest.raises(BudgetExceeded) as caught:
        evaluate(text)
    assert caught.value.kind in ("size", "steps")


def test_many_large_values_use_up_the_steps() -> None:
    """A million strings of a million characters would be a terabyte."""
    long = doubling('"ก"', lambda a: f"{a} + {a}", times=16)
    with pytest.raises(BudgetExceeded):
        evaluate(f"{{s: {long}, r: for i in 1..100000 return upper case(s)}}.r")


def test_a_value_that_shares_its_parts_is_not_written_out() -> None:
    """A list of 40 levels, each twice the one below: a trillion elements on paper."""
    text = doubling("[1]", lambda a: f"[{a}, {a}]")
    with pytest.raises(FeelError):
        to_json(evaluate(text))
    with pytest.raises(BudgetExceeded):
        evaluate(f"string({text})")
    with pytest.raises(BudgetExceeded):
        evaluate(f"{text} = {text}")
    with pytest.raises(BudgetExceeded):
        evaluate(f"flatten({text})")


@pytest.mark.parametrize(
    "text",
    [
        "[" * 10_000,
        "(" * 10_000,
        "{a: " * 10_000,
        "-" * 10_000 + "1",
        "not(" * 10_000,
        "if true then " * 5_000,
        "x" + ".y" * 10_000,
        "x" + "[1]" * 10_000,
        "1 = " * 10_000 + "1",
        "x instance of " + "list<" * 10_000,
        "function(x) " * 5_000,
        '"' * 99_999,
        "/*" * 49_999,
        "x" * 200_000,
    ],
)
def test_monstrous_texts_are_syntax_errors(text: str) -> None:
    with pytest.raises(FeelSyntaxError) as caught:
        parse_expression(text)
    assert caught.value.line >= 1 and caught.value.column >= 1


def test_long_chains_are_fine() -> None:
    assert str(evaluate("1" + " + 1" * 5_000)) == "5001"
    assert evaluate(" and ".join(["true"] * 5_000)) is True


def test_a_deep_host_stack_is_a_feel_error_too() -> None:
    """Python's own limit, met in the middle of an evaluation, comes out as a budget."""

    def deep(left: int) -> object:
        if left:
            return deep(left - 1)
        return evaluate("{f: function(n) if n = 0 then 1 else f(n - 1), r: f(59)}.r", depth=100)

    frame, used = sys._getframe(), 0
    while frame.f_back is not None:
        frame, used = frame.f_back, used + 1
    with pytest.raises(BudgetExceeded):
        deep(sys.getrecursionlimit() - used - 200)


@pytest.mark.parametrize(
    "pattern", ["(a+)+$", "(a|aa)+$", "(a*)*b", "(.*a){20}", "((a{1,100}){1,100}){1,100}", "a{1001}"]
)
def test_no_pattern_hangs(pattern: str) -> None:
    assert evaluate(f'matches("{"a" * 5000}!", "{pattern}")') in (False, True, None)


def test_a_pattern_has_its_length() -> None:
    assert evaluate(f'matches("a", "{"a" * 2000}")') is None


def test_what_a_loop_has_so_far_cannot_contain_itself() -> None:
    assert to_json(evaluate("for i in 1..3 return partial")) == [[], [[]], [[], [[]]]]


def test_warnings_are_counted() -> None:
    env = Environment(now=NOW, budget=Budget(warnings=3))
    found = parse_expression("for i in 1..100 return missing").evaluate({}, env)
    assert len(found.warnings) == 3


def test_fuzz() -> None:
    """A taste of what `./run long feel-fuzz` does a million times."""
    outcomes = fuzz.fuzz(1_500, seed=20260410).outcomes
    assert outcomes["value"] > 300
    assert outcomes["FeelSyntaxError"] > 300
