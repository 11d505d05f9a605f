"""Control points of every kind of evidence, through the bus: passed, unsatisfied, failed late, optional."""

from __future__ import annotations

from typing import Any

import pytest

from engine.commands.set_variables import SetVariables
from engine.errors import ControlPointUnsatisfied, DeploymentRefused, FormInvalid
from engine.store import tables as t
from tests.controls.points import (
    AMOUNT,
    ANN,
    AWARE,
    BOB,
    FIELD,
    FINANCE,
    TICK,
    USES_FORM,
    at_b,
    complete,
    form,
    point,
    process,
    refused,
    states,
)
from tests.dsl import OWNER, Office
from tests.execution.bench import diagram, flows, node, user


class TestCondition:
    """FEEL over the case and what was submitted."""

    def test_it_holds_or_not(self, office: Office) -> None:
        at_b(office, point('type="condition" expression="=amount &lt;= budget"'), budget=100)
        assert refused(office, amount=101) == ["cp"]
        complete(office, amount=100)
        assert (states(office), office.waiting) == ({"cp": "PASSED"}, ["c"])
        assert office.event("control-point-passed")["controlPoint"] == "cp"

    @pytest.mark.parametrize("value", [None, "yes", 1])
    def test_what_is_not_true_is_not_satisfied(self, office: Office, value: Any) -> None:
        at_b(office, point('type="condition" expression="=agreed"'))
        assert refused(office, agreed=value) == ["cp"]

    def test_a_missing_variable_is_named(self, office: Office) -> None:
        at_b(office, point('type="condition" expression="=agreed_budget &gt; 5"'))
        with pytest.raises(ControlPointUnsatisfied) as caught:
            complete(office)
        members: Any = caught.value.members
        assert "agreed_budget" in members["controlPoints"][0]["detail"]["en"]

    def test_another_persons_act(self, office: Office) -> None:
        at_b(office, point('type="condition" expression="=case.performers.a != task.completedBy"'))  # a was done by bob
        complete(office, ANN)
        assert states(office) == {"cp": "PASSED"}

    def test_the_same_person_is_refused(self, office: Office) -> None:
        office.deploy(process(point('type="condition" expression="=case.performers.a != task.completedBy"')))
        office.start()
        office.complete("a", ANN)
        assert refused(office, ANN) == ["cp"]
        complete(office, BOB)
        assert states(office) == {"cp": "PASSED"}

    def test_when_another_task_was_done(self, office: Office) -> None:
        expression = "=now() - date and time(case.completedAt.a) &lt;= duration(&quot;P1D&quot;)"
        at_b(office, point(f'type="condition" expression="{expression}"'))
        office.advance("P2D")
        assert refused(office) == ["cp"]

    def test_a_variable_of_the_same_name_wins_over_the_context(self, office: Office) -> None:
        at_b(office, point('type="condition" expression="=task = 5"'))
        assert refused(office) == ["cp"]
        complete(office, task=5)

    def test_an_expression_that_costs_too_much_is_not_satisfied(self, office: Office) -> None:
        at_b(office, point('type="condition" expression="=count(for i in 1..100000, j in 1..100000 return 1) &gt; 0"'))
        assert refused(office) == ["cp"]


class TestFormField:
    """Filled, ticked, attached; a number against a limit."""

    @pytest.mark.parametrize("empty", [None, "", "   "])
    def test_filled(self, office: Office, empty: str | None) -> None:
        at_b(office, USES_FORM + point('type="formField" field="note"'), files=(form(FIELD),))
        assert refused(office, note=empty) == ["cp"]
        assert refused(office) == ["cp"]
        complete(office, note="x")
        assert states(office) == {"cp": "PASSED"}

    def test_ticked(self, office: Office) -> None:
        at_b(office, USES_FORM + point('type="formField" field="checked"'), files=(form(TICK),))
        assert refused(office, checked=False) == ["cp"]
        complete(office, checked=True)

    def test_a_number_against_a_limit(self, office: Office) -> None:
        binding = 'type="formField" field="amount" expression="=value &lt;= limit"'
        at_b(office, USES_FORM + point(binding), files=(form(AMOUNT),), limit=500)
        assert refused(office, amount=501) == ["cp"]
        assert refused(office) == ["cp"]
        complete(office, amount=500)

    def test_a_hidden_field_is_not_applicable(self, office: Office) -> None:
        shown = FIELD | {"conditional": {"hide": "=not(needed)"}}
        extra = USES_FORM + point('type="formField" field="note"')
        at_b(office, extra, files=(form(shown, TICK | {"key": "needed"}),))
        assert refused(office, needed=True) == ["cp"]
        complete(office, needed=False)
        assert states(office) == {"cp": "PASSED"}
        assert "Not applicable" in office.event("control-point-passed")["detail"]["en"]

    def test_a_field_in_the_rows_of_a_hidden_list_is_not_applicable(self, office: Office) -> None:
        rows = {
            "type": "dynamiclist", "path": "projects", "id": "list_projects", "isRepeating": True,
            "allowAddRemove": True, "defaultRepetitions": 0, "components": [FIELD],
            "conditional": {"hide": "=not(needed)"},
        }  # fmt: skip
        extra = USES_FORM + point('type="formField" field="projects[].note"')
        at_b(office, extra, files=(form(rows, TICK | {"key": "needed"}),))
        assert refused(office, needed=True, projects=[]) == ["cp"]
        assert refused(office, needed=True, projects=[{"note": "x"}, {"note": ""}]) == ["cp"]
        complete(office, needed=False)
        assert "Not applicable" in office.event("control-point-passed")["detail"]["en"]

    def test_a_wrong_form_is_told_before_its_control_points(self, office: Office) -> None:
        extra = USES_FORM + point('type="formField" field="note"')
        at_b(office, extra, files=(form(FIELD, AMOUNT),))
        with pytest.raises(FormInvalid):
            complete(office, amount="many")
        with pytest.raises(FormInvalid):
            complete(office, note="x", unknown=1)
        assert states(office) == {}

    def test_a_field_that_the_form_does_not_have_is_refused_at_deployment(self, office: Office) -> None:
        with pytest.raises(DeploymentRefused) as caught:
            office.deploy(("p.bpmn", process(USES_FORM + point('type="formField" field="other"'))), form(FIELD))
        assert [f.rule for f in caught.value.faults] == ["control-point-field"]

    def test_without_a_form_the_variables_are_looked_at(self, office: Office) -> None:
        at_b(office, point('type="formField" field="note"'))
        assert refused(office, note="") == ["cp"]
        complete(office, note="x")


class TestDeadline:
    """On time, late with reasons, out of term: the past does not stop a case, it is recorded."""

    CLOCK = (
        '<krabuan:deadline id="dl" from="=aware_at" duration="PT72H" stoppedBy="b" lateUntil="P15D" lateReasonsField="why"/>'
    )
    POINT = point('type="deadline" deadlineId="dl"')

    def test_on_time(self, office: Office) -> None:
        at_b(office, self.POINT, self.CLOCK, aware_at=AWARE)
        office.advance("PT72H")
        complete(office)
        assert states(office) == {"cp": "PASSED"}

    @pytest.mark.parametrize(("wait", "text"), [("P4D", "Late"), ("P16D", "Out of the term")])
    def test_late_demands_the_reasons_and_is_recorded_as_failed(self, office: Office, wait: str, text: str) -> None:
        at_b(office, self.POINT, self.CLOCK, aware_at=AWARE)
        office.advance(wait)
        for reasons in ({}, {"why": ""}, {"why": "  "}, {"why": 5}, {"why": None}):
            assert refused(office, **reasons) == ["cp"]
        complete(office, why="flood")
        assert (states(office), office.waiting) == ({"cp": "FAILED"}, ["c"])
        assert text in office.event("control-point-failed")["detail"]["en"]
        assert [r.late_reasons for r in office.rows(t.deadline)] == ["flood"]

    def test_a_clock_that_has_not_started_is_not_satisfied(self, office: Office) -> None:
        at_b(office, self.POINT, self.CLOCK)
        assert refused(office) == ["cp"]
        office.run(SetVariables(office.key, {"aware_at": AWARE}), OWNER)
        complete(office)
        assert states(office) == {"cp": "PASSED"}

    def test_side_by_side_each_is_judged_by_its_own_clock(self, office: Office) -> None:
        each = (
            "<bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements>"
            '<zeebe:loopCharacteristics inputCollection="=items" inputElement="item"/></bpmn:extensionElements>'
            "</bpmn:multiInstanceLoopCharacteristics>"
        )
        clock = self.CLOCK.replace("=aware_at", "=item")
        inner = node("startEvent", "is") + user("b", FINANCE + self.POINT) + flows("is b").replace('id="f', 'id="i')
        sub = f'<bpmn:subProcess id="sub"><bpmn:extensionElements>{clock}</bpmn:extensionElements>{each}{inner}</bpmn:subProcess>'
        office.deploy(diagram(node("startEvent", "s") + sub + user("c") + flows("s sub", "sub c")))
        office.start(items=[AWARE, "2026-04-14T16:00:00+07:00"])
        office.advance("P4D")
        complete(office, why="flood")
        office.advance("P1D")
        complete(office)
        assert [r.state for r in office.rows(t.control_point_result)] == ["FAILED", "PASSED"]


class TestStandardTime:
    """Against the due date of the step."""

    STEP = '<krabuan:step key="b" number="2" standardTime="P1D" calendar="calendar"/>'

    def test_on_time_and_late(self, office: Office) -> None:
        at_b(office, self.STEP + point('type="standardTime" lateReasonsField="why"'))
        office.advance("P1DT1S")
        assert refused(office) == ["cp"]
        complete(office, why="ill")
        assert states(office) == {"cp": "FAILED"}
        office.start()
        office.complete("a", BOB)
        office.advance("P1D")
        complete(office)
        assert states(office) == {"cp": "PASSED"}

    def test_a_step_without_a_time_is_never_late(self, office: Office) -> None:
        at_b(office, point('type="standardTime"'))
        office.advance("P9D")
        complete(office)
        assert states(office) == {"cp": "PASSED"}


class TestDecision:
    """A decision table of the process owner."""

    TABLE = b"""<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="x">
      <decision id="allowed" name="allowed"><variable name="allowed" typeRef="boolean"/><decisionTable hitPolicy="FIRST">
      <input id="i"><inputExpression typeRef="number"><text>amount</text></inputExpression></input>
      <output id="o" typeRef="boolean"/>
      <rule id="r1"><inputEntry><text>&lt;= 100</text></inputEntry><outputEntry><text>true</text></outputEntry></rule>
      <rule id="r2"><inputEntry><text>-</text></inputEntry><outputEntry><text>false</text></outputEntry></rule>
      </decisionTable></decision></definitions>"""

    def test_true_passes(self, office: Office) -> None:
        at_b(office, point('type="decision" decisionId="allowed"'), files=(("d.dmn", self.TABLE),))
        assert refused(office, amount=101) == ["cp"]
        complete(office, amount=100)
        assert states(office) == {"cp": "PASSED"}

    def test_an_expression_over_its_value(self, office: Office) -> None:
        at_b(office, point('type="decision" decisionId="allowed" expression="=value = false"'), files=(("d.dmn", self.TABLE),))
        assert refused(office, amount=1) == ["cp"]
        complete(office, amount=101)


def test_an_optional_point_is_recorded_as_failed_and_lets_the_case_go_on(office: Office) -> None:
    extra = point('type="condition" expression="=x = 1"', "optional", "false") + point('type="condition" expression="=y = 1"')
    at_b(office, extra)
    assert refused(office) == ["cp"]
    complete(office, y=1)
    assert states(office) == {"optional": "FAILED", "cp": "PASSED"}


def test_every_unsatisfied_point_is_named_at_once(office: Office) -> None:
    at_b(office, point('type="condition" expression="=x"', "one") + point('type="condition" expression="=y"', "two"))
    assert refused(office) == ["one", "two"]


def test_a_loop_back_judges_anew(office: Office) -> None:
    gateway = node("exclusiveGateway", "g", attributes='default="f4"')
    extra = point('type="condition" expression="=x = 1"')
    office.deploy(diagram(node("startEvent", "s") + user("b", FINANCE + extra) + gateway + node("endEvent", "e") + flows("s b", "b g", "g b: =again", "g e")))
    office.start()
    complete(office, x=1, again=True)
    assert refused(office, x=2) == ["cp"]
    complete(office, x=1, again=False)
    assert [r.state for r in office.rows(t.control_point_result)] == ["PASSED", "PASSED"]
