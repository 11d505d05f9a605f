"""Every rule of deployment by name: a sample that breaks it, and the same with the fault repaired."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import engine.execution
from engine.execution import examine
from tests.execution.bench import diagram, flows, node, user
from tests.execution.lint_samples import START, TIMER, deadline, line, on_process
from tests.execution.lint_samples_reminders import remind
from tests.execution.samples import SAMPLES
from tests.execution.test_refused_elements import faults_of

FILES = {"not-bpmn", "camunda-7", "no-executable-process"}  # of a whole file: test_hostile_xml, test_refused_elements


@pytest.mark.parametrize("rule", SAMPLES)
def test_the_sample_breaks_the_rule_and_the_repaired_one_no_rule(rule: str) -> None:
    broken, repaired = SAMPLES[rule]
    found = [f for f in (*faults_of(broken), *examine(broken, "test.bpmn").faults) if f.rule == rule]
    assert found, [f.rule for f in faults_of(broken)]
    assert all(f.th and f.en and f.th != f.en for f in found)
    assert examine(repaired, "test.bpmn").faults == []


def test_every_rule_has_a_sample() -> None:
    named = set()
    for path in Path(engine.execution.__path__[0]).rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            adds = isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "add"
            if adds and len(call.args) == 4 and isinstance(call.args[1], ast.Constant):
                named.add(str(call.args[1].value))
    assert named - FILES == set(SAMPLES)
    assert len(SAMPLES) >= 120


@pytest.mark.parametrize(
    "attributes",
    [
        'duration="72 hours"', 'duration="-PT72H"', 'duration="PT72H" calendar="moon"', 'duration="PT1H" lateUntil="soon"',
        'duration="PT1H" lateUntil="PT0S"', 'at="--13-01"', 'at="--02-30"', 'at="tomorrow"',
        'at="--04-05 --04-31"', 'at="--04-05,--10-05"', 'at="end-of-week"', 'at="R/PT3H"', 'at="R/2026-13-01/P3M"', 'at="0 0 9 * * *"',
        'duration="PT72H" calendar="civil"', 'duration="--04-05" calendar="working"',
    ],
)  # fmt: skip
def test_times_of_deadlines(attributes: str) -> None:
    assert [f.rule for f in faults_of(deadline(attributes))] == ["time-invalid"]


@pytest.mark.parametrize(
    "attributes",
    [
        'at="--04-05"', 'at="--02-29"', 'at="---25"', 'duration="P3D" calendar="working"', 'at="--04-05 --10-05"',
        'at="end-of-fiscal-quarter" lastDay="nextWorkingDay"', 'at="R/P3M"', 'at="R/2026-10-01/P3M"',
        'duration="P1M" calendar="civil"', 'duration="P1M" calendar="calendar" lastDay="nextWorkingDay"',
    ],
)  # fmt: skip
def test_good_times_of_deadlines(attributes: str) -> None:
    assert faults_of(deadline(attributes)) == []


@pytest.mark.parametrize(
    "attributes",
    [
        'standardTime="P3D" lastDay="Monday"', 'standardTime="PT3H" calendar="hours" lastDay="nextWorkingDay"',
    ],
)  # fmt: skip
def test_the_last_day_of_a_step(attributes: str) -> None:
    assert [f.rule for f in faults_of(line(user("x", f'<krabuan:step key="k" {attributes}/>')))] == ["last-day"]


def test_a_step_may_be_due_on_dates_that_come_back() -> None:
    step = '<krabuan:step key="k" standardTime="--04-05 --10-05" calendar="recurring" lastDay="nextWorkingDay"/>'
    assert faults_of(line(user("x", step))) == []


@pytest.mark.parametrize(
    "attributes",
    [
        'before="soon"', 'after="-P1D"', 'after="PT0S"', 'repeat="PT0S"', 'overdue="P9999Y"', 'before="P1D" after="P1D"',
        'after="P1D" overdue="P1D"', 'to=" "', 'to="role:"', 'action=" "', 'action="notify dance"', 'reassignTo="head"',
    ],
)  # fmt: skip
def test_reminders_that_would_never_or_always_be_due(attributes: str) -> None:
    assert {f.rule for f in faults_of(remind(attributes))} <= {"time-invalid", "reminder"}
    assert faults_of(remind(attributes)) != []


@pytest.mark.parametrize("limit", ["0", "-1", "1001", "๓", "1.5", ""])
def test_repetitions_are_counted_in_whole_numbers(limit: str) -> None:
    assert [f.rule for f in faults_of(remind(f'repeat="P1D" limit="{limit}"'))] == ["reminder-limit"]


def test_a_limit_without_a_repetition_limits_nothing() -> None:
    assert [f.rule for f in faults_of(remind('before="P1D" limit="3"'))] == ["reminder-limit"]


@pytest.mark.parametrize("kind", ["subProcess", "transaction", "adHocSubProcess"])
def test_reminders_stand_on_what_has_tasks_in_it(kind: str) -> None:
    inner = user("y") if kind == "adHocSubProcess" else node("startEvent", "is") + user("y") + '<bpmn:sequenceFlow id="i" sourceRef="is" targetRef="y"/>'
    assert faults_of(line(node(kind, "x", '<krabuan:reminder before="P1D"/>', inner))) == []


def test_reminders_of_a_deadline_only_tell() -> None:
    for action, rules in (("notify", []), ("reassign", ["reminder"]), ("raisePriority", ["reminder"])):
        xml = on_process(f'<krabuan:deadline id="d" from="=at" duration="P1D"/><krabuan:reminder deadline="d" action="{action}"/>')
        assert [f.rule for f in faults_of(xml)] == rules


def test_a_deadline_of_a_sub_process_is_stopped_inside_it() -> None:
    clock = '<bpmn:extensionElements><krabuan:deadline id="d" from="=at" duration="PT1H" stoppedBy="{}"/></bpmn:extensionElements>'
    for stop, rules in (("y", []), ("z", ["deadline-stop"])):
        inner = f'<bpmn:subProcess id="x">{clock.format(stop)}{node("startEvent", "is")}{user("y")}<bpmn:sequenceFlow id="i" sourceRef="is" targetRef="y"/></bpmn:subProcess>'
        assert [f.rule for f in faults_of(diagram(START + inner + user("z") + flows("s x", "x z")))] == rules


PARALLEL = node("parallelGateway", "j")


@pytest.mark.parametrize(
    "before",
    [
        user("a") + user("b") + user("x") + flows("s x", "x a", "x b", "a j", "b j"),  # an activity splits
        node("inclusiveGateway", "x") + user("a") + user("b") + flows("s x", "x a: =n", "x b: =m", "a j", "b j"),
        user("x") + node("boundaryEvent", "a", body=TIMER.format("Duration", "PT1H"), attributes='attachedToRef="x" cancelActivity="false"')
        + flows("s x", "x j", "a j"),
    ],
)  # fmt: skip
def test_joins_that_can_complete(before: str) -> None:
    assert faults_of(diagram(START + before + PARALLEL)) == []


def test_a_join_that_waits_for_the_other_half_of_an_interruption() -> None:
    timer = TIMER.format("Duration", "PT1H")
    before = user("x") + node("boundaryEvent", "a", body=timer, attributes='attachedToRef="x"') + flows("s x", "x j", "a j")
    assert [f.rule for f in faults_of(diagram(START + before + PARALLEL))] == ["join-never"]
