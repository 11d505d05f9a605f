"""The five monsters: each is refused, or fails, with a clear error and soon, as an expression and as a decision."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from engine.commands.checking import Known, Resource, check_resources
from engine.feel import (
    BudgetExceeded,
    Environment,
    FeelError,
    FeelSyntaxError,
    from_json,
    parse_expression,
    to_json,
)
from tests.dmn.support import ask, decision, definitions, faults_of, literal, model

ENV = Environment(now=datetime(2026, 4, 10, 9, 0, tzinfo=UTC))
RECURSION = "{f: function(n) f(n + 1), r: f(1)}.r"
HUGE_LISTS = ("for i in 1..1000000000 return i", "count(for i in 1..1000000000 return i)")
DEEP = "{a: " * 10_000 + "1" + "}" * 10_000
GROWING = "(for i in 1..10000 return {a: partial[-1]})[-1]"


@pytest.fixture(autouse=True)
def soon() -> Iterator[None]:
    """Nothing here may take more CPU time than one evaluation's budget allows."""
    began = time.process_time()
    yield
    assert time.process_time() - began < ENV.budget.seconds + 2


def fails(text: str) -> BudgetExceeded:
    with pytest.raises(BudgetExceeded) as caught:
        to_json(parse_expression(text).evaluate({}, ENV).value)
    assert caught.value.message and caught.value.th and caught.value.message != caught.value.th
    return caught.value


def failing(text: str) -> str:
    """What a decision says of it; the answer is null then."""
    result = ask(model(decision("d", literal(text))), "d")
    assert (result.output, result.failed_decision_id) == (None, "d") and result.failure_th
    assert result.failure is not None
    return result.failure


def test_a_graph_with_a_circle() -> None:
    body = decision("a", literal("b"), "decision:b") + decision("b", literal("a"), "decision:a")
    faults = check_resources([Resource("m.dmn", definitions(body))], Known()).faults
    assert [(fault.file, fault.element_id, fault.rule) for fault in faults] == [
        ("m.dmn", "a", "dmn-requirement-cycle"),
        ("m.dmn", "b", "dmn-requirement-cycle"),
    ]
    assert faults[0].en == "the decision a needs its own result" and "ต้องใช้ผลของตัวเอง" in faults[0].th


def test_endless_recursion() -> None:
    assert fails(RECURSION).kind == "depth"
    assert "budget" in failing(RECURSION)


@pytest.mark.parametrize("text", HUGE_LISTS)
def test_a_list_of_a_thousand_million(text: str) -> None:
    assert fails(text).kind in ("steps", "seconds")  # on a slow machine the time is up first
    assert "budget" in failing(text)


def test_a_context_nested_ten_thousand_deep_in_the_text() -> None:
    with pytest.raises(FeelSyntaxError) as caught:
        parse_expression(DEEP)
    assert "deep" in caught.value.message
    assert faults_of(definitions(decision("d", literal(DEEP)))) == [("d", "dmn-feel")]


def test_a_context_nested_ten_thousand_deep_as_a_value() -> None:
    """Grown by an expression, and handed in as a variable."""
    with pytest.raises(FeelError):
        to_json(parse_expression(GROWING).evaluate({}, ENV).value)
    assert failing(GROWING)
    value: object = 1
    for _ in range(10_000):
        value = {"a": value}
    with pytest.raises(FeelError):
        from_json(value)


def test_a_model_of_fifty_megabytes() -> None:
    body = decision("d", literal("1")) + "<!--" + "ก" * 17_000_000 + "-->"
    whole = definitions(body)
    assert len(whole) > 50_000_000
    [fault] = check_resources([Resource("m.dmn", whole)], Known()).faults
    assert (fault.rule, fault.file) == ("dmn-too-large", "m.dmn") and "5000000 bytes" in fault.en
