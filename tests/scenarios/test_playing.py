"""Scenarios played: what passes, what fails and at which step, told so that a process owner can understand it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import orjson
import pytest

from engine.scenarios.coverage import Coverage
from engine.scenarios.run import Outcome, open_suite, report
from tests.execution.bench import diagram, flows, node, user

FINANCE = '<zeebe:assignmentDefinition candidateGroups="finance"/>'
POINT = '<krabuan:controlPoint id="cp-a-1"><krabuan:binding type="formField" field="checked"/></krabuan:controlPoint>'
STEP = '<krabuan:step key="a" number="1" standardTime="P2D" calendar="calendar"/>'
ORGANISATION = "units: [{key: finance, th: การเงิน, en: Finance}, {key: audit, th: ตรวจสอบ, en: Audit}]\n"
FORM = {
    "schemaVersion": 16, "type": "default", "id": "p.a",
    "components": [
        {"type": "checkbox", "key": "checked", "id": "F1", "label": "ตรวจแล้ว"},
        {"type": "number", "key": "amount", "id": "F2", "label": "จำนวน", "validate": {"required": True}},
    ],
}  # fmt: skip
HEAD = "title: {th: ชื่อ, en: Title}\nprocess: p\nat: '2026-04-10T16:00:00+07:00'\nstart: {as: finance1}\nsteps:\n"
Play = Callable[[str], Outcome]


@pytest.fixture
def play(tmp_path: Path) -> Play:
    """Plays a scenario of a small process: a form with a control point, a gateway, two ways to the end."""
    folder = tmp_path / "processes" / "p"
    (folder / "scenarios").mkdir(parents=True)
    (tmp_path / "forms" / "p").mkdir(parents=True)
    (tmp_path / "processes" / "organisation.yaml").write_text(ORGANISATION, encoding="utf-8")
    (tmp_path / "forms" / "p" / "p.a.form").write_bytes(orjson.dumps(FORM))
    task = user("a", FINANCE + STEP + POINT + '<zeebe:formDefinition formId="p.a"/>')
    gateway = node("exclusiveGateway", "g", attributes='default="f4"')
    more = user("b", '<zeebe:assignmentDefinition candidateGroups="audit"/>')
    (folder / "p.bpmn").write_bytes(
        diagram(node("startEvent", "s") + task + gateway + more + node("endEvent", "e") + flows("s a", "a g", "g b: =amount > 100", "g e", "b e"))
    )

    def run(steps: str) -> Outcome:
        (folder / "scenarios" / "one.yaml").write_text(HEAD + steps, encoding="utf-8")
        suite = open_suite(folder)
        try:
            (outcome,) = suite.play(Coverage())
            return outcome
        finally:
            suite.close()

    return run


def test_a_case_to_its_end(play: Play) -> None:
    outcome = play(
        """
- task: a
  as: finance1
  expect: {groups: [finance], due: '2026-04-12T16:00:00+07:00', assignee: }
  data: {checked: true, amount: 500}
- expect: {waiting: [b], state: ACTIVE, controlPoints: {cp-a-1: passed}, variables: {amount: 500}, taken: [f3]}
- {task: b, as: audit2}
- expect: {waiting: , state: COMPLETED, taken: [f5], instances: 1}
"""
    )
    assert outcome.passed, outcome.why


def test_refusals_are_expected_by_code_points_and_fields(play: Play) -> None:
    outcome = play(
        """
- {task: a, as: audit1, data: {checked: true, amount: 1}, refused: {code: not-found}}
- {task: a, as: finance1, data: {checked: true}, refused: {code: form-invalid, fields: [amount]}}
- {task: a, as: finance1, data: {checked: false, amount: 1}, refused: {code: control-point-unsatisfied, controlPoints: [cp-a-1]}}
- {waive: {task: a, controlPoint: cp-a-1, as: finance1, approvedBy: finance2, reason: because}, refused: forbidden}
- {waive: {task: a, controlPoint: cp-a-1, as: owner, approvedBy: owner, reason: because}, refused: second-person-needed}
- {waive: {task: a, controlPoint: cp-a-1, as: owner, approvedBy: admin, reason: the director agreed}}
- {task: a, as: finance2, data: {amount: 1}}
- expect: {controlPoints: {cp-a-1: waived}, state: COMPLETED}
"""
    )
    assert outcome.passed, outcome.why


def test_time_passes_and_people_are_told(play: Play) -> None:
    outcome = play(
        """
- {wait: PT47H}
- expect: {notified: [{to: finance, about: reminder}]}
- expect: {notified: []}
- {until: '2026-04-12T16:00:01+07:00'}
- expect: {notified: [{about: escalation}]}
"""
    )
    assert outcome.passed, outcome.why


@pytest.mark.parametrize(
    ("steps", "step", "says"),
    [
        ("- {task: b}", 1, "b does not wait; waiting: ['a']"),
        ("- {task: a, as: audit1, data: {checked: true, amount: 1}}", 1, "not-found"),
        ("- {task: a, as: finance1, data: {checked: true}}", 1, "form-invalid"),
        ("- {task: a, as: finance1, data: {amount: 1}}", 1, "cp-a-1"),
        ("- {task: a, expect: {groups: [audit]}}", 1, "candidate groups: expected ['audit'], found ['finance']"),
        ("- {task: a, expect: {due: '2026-04-11T16:00:00+07:00'}}", 1, "found 2026-04-12T16:00:00+07:00"),
        ("- {task: a}\n- expect: {waiting: [a, b]}", 2, "expected ['a', 'b'], found ['a']"),
        ("- expect: {state: COMPLETED}", 1, "expected COMPLETED, found ACTIVE"),
        ("- expect: {controlPoints: {cp-a-1: passed}}", 1, "expected passed, found open"),
        ("- expect: {variables: {amount: 5}}", 1, "expected 5, found None"),
        ("- expect: {taken: [f5]}", 1, "f5 was not taken"),
        ("- expect: {notified: [{to: finance}]}", 1, "nobody told finance"),
        ("- {wait: PT47H}\n- expect: {notified: []}", 2, "nobody was to be told; told were [('finance', 'reminder')]"),
        ("- {task: a, as: finance1, data: {checked: true, amount: 1}, refused: forbidden}", 1, "was accepted"),
        ("- {task: a, as: audit1, refused: form-invalid}", 1, "expected form-invalid"),
        ("- {task: a, as: finance1, data: {checked: true}, refused: {fields: [checked]}}", 1, "found ['amount']"),
        ("- {job: {type: pay}}", 1, "no job of type pay waits"),
        ("- {waive: {task: b, controlPoint: cp-a-1, as: owner, approvedBy: admin, reason: because}}", 1, "b does not wait"),
        ("- {until: '2026-04-01T00:00:00+07:00'}", 1, "does not go back"),
        ("- {correct: {as: owner, data: {amount: 1}}}", 1, "no start form"),
        ("- {task: a, as: finance1, data: {nonsense: 1}}", 1, "nonsense"),
        ("- {tsk: a}", 0, "task, waive"),
    ],
)
def test_what_goes_otherwise_is_told_with_its_step(play: Play, steps: str, step: int, says: str) -> None:
    outcome = play(steps)
    assert not outcome.passed
    assert outcome.step == step and says in "; ".join(why.en for why in outcome.why), outcome.why


def test_a_report_says_what_passed_and_what_was_not_reached(tmp_path: Path, play: Play) -> None:
    play("- {task: a, as: finance1, data: {checked: true, amount: 1}}\n")
    suite, coverage = open_suite(tmp_path / "processes" / "p"), Coverage()
    try:
        said = report(list(suite.play(coverage)), coverage, suite)
    finally:
        suite.close()
    assert "ผ่าน  PASS  p/one.yaml  ชื่อ / Title" in said
    assert "not reached in p: b, f3, f5" in said
    assert "1 passed, 0 failed" in said
