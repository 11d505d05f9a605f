"""Warnings inform: a file with them is deployed, and each rule has a sample and the same without."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import engine.execution
from engine.execution import examine
from engine.model.faults import Fault
from tests.execution.bench import diagram, flows, node, user
from tests.execution.warning_samples import NOW, SAMPLES, SOMEBODY, clock, line, task

ROOT = Path(__file__).parents[2]
UNDRAWN = "diagram-missing"  # of every small sample


def warnings_of(xml: bytes) -> list[Fault]:
    """The warnings of a file, which has no fault."""
    found = examine(xml, "test.bpmn", NOW)
    assert found.faults == []
    return found.warnings


def rules(xml: bytes) -> list[str]:
    return [w.rule for w in warnings_of(xml) if w.rule != UNDRAWN]


@pytest.mark.parametrize("rule", SAMPLES)
def test_the_sample_is_warned_of_and_the_other_is_not(rule: str) -> None:
    warned, silent = SAMPLES[rule]
    found = [w for w in warnings_of(warned) if w.rule == rule]
    assert found and all(w.severity == "warning" and w.th != w.en and w.file == "test.bpmn" for w in found)
    assert all(any("\u0e00" <= c <= "\u0e7f" for c in w.th) for w in found)
    assert rules(silent) == []
    assert rule == UNDRAWN or rules(warned) == [rule]


def test_every_rule_has_a_sample() -> None:
    named = set()
    for path in Path(engine.execution.__path__[0]).rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "warn":
                assert isinstance(call.args[1], ast.Constant)
                named.add(call.args[1].value)
    assert named == set(SAMPLES)


@pytest.mark.parametrize("path", sorted(ROOT.glob("processes/*/*.bpmn")), ids=lambda p: p.name)
def test_the_processes_that_we_ship_give_none(path: Path) -> None:
    assert [(w.element_id, w.rule) for w in warnings_of(path.read_bytes())] == []


def test_each_names_the_element_it_is_about() -> None:
    xml = diagram(node("startEvent", "s") + user("x") + node("manualTask", "y") + flows("s x", "x y"))
    found = [(w.element_id, w.rule) for w in warnings_of(xml)]
    assert found == [("y", "name-missing"), ("x", "task-unassigned"), ("p", "end-missing"), (None, UNDRAWN)]


@pytest.mark.parametrize("attribute", ["assignee", "candidateUsers", "candidateGroups"])
def test_whoever_is_named_a_task_reaches_somebody(attribute: str) -> None:
    assert rules(line(task("x", f'<zeebe:assignmentDefinition {attribute}="=who"/>'))) == []
    assert rules(line(task("x", f'<zeebe:assignmentDefinition {attribute}=" "/>'))) == ["task-unassigned"]


def test_a_task_without_form_says_so_with_the_missing_people() -> None:
    with_form, without = (warnings_of(line(task("x", form)))[0].en for form in ('<zeebe:formDefinition formId="f"/>', ""))
    assert "no form" in without and "form" not in with_form


def test_an_inner_scope_needs_its_end_and_names_too() -> None:
    inside = '<bpmn:subProcess id="x" name="x"><bpmn:startEvent id="i"/><bpmn:task id="t"/><bpmn:sequenceFlow id="if" sourceRef="i" targetRef="t"/></bpmn:subProcess>'
    assert [(w.element_id, w.rule) for w in warnings_of(line(inside))][:2] == [("t", "name-missing"), ("x", "end-missing")]


def test_dates_that_are_computed_or_recur_are_never_past() -> None:
    for text in ("=due", "--04-05"):
        timer = f"<bpmn:timerEventDefinition><bpmn:timeDate>{text}</bpmn:timeDate></bpmn:timerEventDefinition>"
        assert rules(line(node("intermediateCatchEvent", "x", "", timer, 'name="x"'))) == []


def test_without_a_moment_no_date_is_past() -> None:
    assert "timer-past" not in [w.rule for w in examine(SAMPLES["timer-past"][0], "x.bpmn").warnings]


def test_thai_needs_english_only_where_a_manual_speaks() -> None:
    assert rules(line(node("manualTask", "x", attributes='name="ตรวจ"'))) == []
    step = '<krabuan:step key="k" number="1"/>'
    assert rules(line(node("manualTask", "x", step, attributes='name="ตรวจ"'))) == ["english-missing"]
    assert rules(line(node("manualTask", "x", step, attributes='name="Check"'))) == []


def test_a_file_with_faults_is_warned_of_too() -> None:
    xml = diagram(node("startEvent", "s") + user("x", SOMEBODY) + node("endEvent", "e") + flows("s x"))
    found = examine(xml, "x.bpmn", NOW)
    assert [f.rule for f in found.faults] == ["unreachable"]
    assert [w.rule for w in found.warnings] == [UNDRAWN]


@pytest.mark.parametrize(
    ("timers", "rules"),
    [
        (("PT72H",), []), (("P3D", "P15D"), []), (("PT24H", "PT48H", "PT72H", "P15D"), []), ((), []),
        (("PT24H",), ["deadline-timer-missing"]), (("PT48H", "P14D"), ["deadline-timer-missing", "deadline-timer-later"]),
        (("PT72H1S",), ["deadline-timer-missing", "deadline-timer-later"]),
    ],
)  # fmt: skip
def test_what_is_drawn_at_a_deadline_agrees_with_it(timers: tuple[str, ...], rules: list[str]) -> None:
    assert [w.rule for w in warnings_of(clock(*timers)) if w.rule.startswith("deadline")] == rules


@pytest.mark.parametrize("source", ["=date and time(other)", '=date and time(aware) + duration(lag)', "=aware", '=now() + duration("PT1H")'])
def test_a_timer_that_counts_from_elsewhere_is_not_held_against_a_deadline(source: str) -> None:
    xml = clock("PT72H").replace(b"=date and time(aware) + duration(\"PT72H\")", source.encode())
    found = [w.rule for w in warnings_of(xml) if w.rule.startswith("deadline")]
    assert found == (["deadline-timer-missing"] if source == "=aware" else [])


def test_working_days_that_are_drawn_agree_with_the_calendar_of_the_office() -> None:
    xml = clock("PT72H").replace(b'duration="PT72H"', b'duration="P3D" calendar="working"')
    assert [w.rule for w in warnings_of(xml) if w.rule.startswith("deadline")][:1] == ["deadline-timer-missing"]
