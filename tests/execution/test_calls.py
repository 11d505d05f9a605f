"""Call activities: what is called, by the standard's attribute and by the dialect's, and what goes in and out (10.3.6)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.execution.bench import diagram, flows, node, user
from tests.execution.test_refused_elements import faults_of

START = node("startEvent", "s")
IN = '<zeebe:ioMapping><zeebe:input source="=x + 1" target="y"/></zeebe:ioMapping>'
OUT = '<zeebe:ioMapping><zeebe:output source="=answer" target="result"/></zeebe:ioMapping>'


def around(extra: str = "", attributes: str = "") -> bytes:
    return diagram(START + node("callActivity", "c", extra, attributes=attributes) + user("u") + flows("s c", "c u"))


def called(more: str = "", process: str = "q") -> str:
    return f'<zeebe:calledElement processId="{process}" {more}/>'


@pytest.mark.parametrize("written", ["q", "bpmn:q", " q "])
def test_the_standard_s_attribute_names_what_is_called(run, written: str) -> None:
    case = run(around(attributes=f'calledElement="{written}"')).start(x=1)
    (call,) = case.calls.values()
    assert (call.process_id, call.variables, call.inherit_business_id) == ("q", {"x": Decimal(1)}, True)
    case.case.complete_call(call.task_key, {"answer": "yes"})
    assert case._settle().variables == {"x": 1, "answer": "yes"}


def test_an_extension_that_says_the_same_says_more(run) -> None:
    case = run(around(called('propagateAllChildVariables="false"'), 'calledElement="bpmn:q"')).start()
    (call,) = case.calls.values()
    case.case.complete_call(call.task_key, {"answer": "yes"})
    assert case._settle().variables == {}


def test_an_extension_without_a_process_leaves_it_to_the_attribute(run) -> None:
    extra = '<zeebe:calledElement propagateAllParentVariables="false"/>'
    case = run(around(extra, 'calledElement="q"')).start(x=1)
    (call,) = case.calls.values()
    assert (call.process_id, call.variables) == ("q", {})


@pytest.mark.parametrize(
    ("extra", "attributes", "rule"),
    [
        ("", "", "call-without-process"), ("", 'calledElement=""', "call-without-process"), (called(process=""), "", "call-without-process"),
        (called(process="r"), 'calledElement="q"', "call-contradictory"), (called(process="=q"), 'calledElement="q"', "call-contradictory"),
    ],
)  # fmt: skip
def test_what_names_nothing_or_two_things_is_refused(extra: str, attributes: str, rule: str) -> None:
    assert [f.rule for f in faults_of(around(extra, attributes))] == [rule]


@pytest.mark.parametrize(
    ("more", "mapping", "seen"),
    [
        ("", "", {"x": 1}), ('propagateAllParentVariables="true"', "", {"x": 1}), ('propagateAllParentVariables="false"', "", {}),
        ("", IN, {"x": 1, "y": 2}), ('propagateAllParentVariables="false"', IN, {"y": 2}),
    ],
)  # fmt: skip
def test_what_goes_in(run, more: str, mapping: str, seen: dict[str, int]) -> None:
    (call,) = run(around(called(more) + mapping)).start(x=1).calls.values()
    assert call.variables == seen


@pytest.mark.parametrize(
    ("more", "mapping", "left"),
    [
        ("", "", {"answer": 5, "rest": 6}), ('propagateAllChildVariables="true"', "", {"answer": 5, "rest": 6}),
        ('propagateAllChildVariables="false"', "", {}), ('propagateAllChildVariables="false"', OUT, {"result": 5}),
        ('propagateAllChildVariables="true"', OUT, {"result": 5}),
    ],
)  # fmt: skip
def test_what_comes_out(run, more: str, mapping: str, left: dict[str, int]) -> None:
    case = run(around(called(more) + mapping)).start()
    (call,) = case.calls.values()
    case.case.complete_call(call.task_key, {"answer": Decimal(5), "rest": Decimal(6)})
    assert case._settle().variables == left


def test_what_is_mapped_in_stays_with_the_call(run) -> None:
    case = run(around(called() + IN)).start(x=1)
    (call,) = case.calls.values()
    case.case.complete_call(call.task_key, {"x": Decimal(7), "y": Decimal(8)})
    assert case._settle().variables == {"x": 7}
