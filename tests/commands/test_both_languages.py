"""What FEEL and decisions complain of reaches people in the language of the sentence around it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from engine.commands.decisions import decide
from engine.commands.transaction import Transaction
from engine.controls.check import Case, Undecided, check
from engine.execution import read_processes
from engine.feel import Environment, FeelSyntaxError, parse_expression
from engine.forms import InvalidForm, read_form
from engine.forms.form import Form
from engine.model.actor import SYSTEM
from engine.model.manual import ControlPoint, Evidence, Words
from tests.dmn.support import decision, definitions, literal, table
from tests.dsl import Office
from tests.execution.bench import diagram, flows, node, user

ENV = Environment(now=datetime(2026, 4, 10, 9, tzinfo=UTC))


@pytest.fixture
def error() -> FeelSyntaxError:
    with pytest.raises(FeelSyntaxError) as caught:
        parse_expression("1 +")
    assert caught.value.th != caught.value.message
    return caught.value


def test_faults_of_a_diagram(error: FeelSyntaxError) -> None:
    assigned = '<zeebe:assignmentDefinition assignee="=1 +"/>'
    body = node("startEvent", "s") + user("a", assigned) + node("endEvent", "e") + flows("s a", "a e")
    _, faults = read_processes(diagram(body), "p.bpmn")
    [fault] = [fault for fault in faults if fault.rule == "feel-syntax"]
    assert error.th in fault.th and error.message in fault.en and error.message not in fault.th


def test_faults_of_a_form(error: FeelSyntaxError) -> None:
    field = '{"type": "textfield", "key": "a", "label": "ก", "conditional": {"hide": "=1 +"}}'
    text = '{"schemaVersion": 16, "type": "default", "id": "f", "components": [' + field + "]}"
    with pytest.raises(InvalidForm) as caught:
        Form.build(read_form(text, "f.form"), "f.form")
    [fault] = caught.value.faults
    assert error.th in fault.th and error.message in fault.en and error.message not in fault.th


def judged(evidence: Evidence, ask: Callable[[str], Any] = lambda _id: None) -> Words:
    point = ControlPoint("cp", Words("ก", "a"), True, evidence)
    [result] = check((point,), Case({}, ENV, lambda _field: None, {}, None, ask))
    assert result.state == "UNSATISFIED"
    return result.detail


def test_details_of_a_condition() -> None:
    said = judged(Evidence("condition", expression="วงเงิน > 5"))
    assert "ไม่มีตัวแปรชื่อ วงเงิน" in said.th and "there is no variable วงเงิน" in said.en
    assert "there is" not in said.th
    spent = judged(Evidence("condition", expression="for i in 1..1000000000 return i"))
    assert spent.th.partition(": ")[2] != spent.en.partition(": ")[2]


def test_details_of_a_decision() -> None:
    def ask(_id: str) -> Any:
        raise Undecided("more than one rule matches", "มีกฎที่ตรงมากกว่าหนึ่งข้อ")

    said = judged(Evidence("decision", decision_id="d"), ask)
    assert said.th == "ตรวจสอบไม่ได้: มีกฎที่ตรงมากกว่าหนึ่งข้อ"
    assert said.en == "Cannot be checked: more than one rule matches"


@pytest.mark.parametrize(
    ("logic", "en", "th"),
    [
        (table("UNIQUE", "amount", "o", "> 5 -> 1"), "it answers null (no variable amount)", "(ไม่มีตัวแปร amount)"),
        (literal("for i in 1..1000000000 return i"), "budget", "เกินกำหนด"),
    ],
)
def test_failures_of_a_decision(small_office: Office, logic: str, en: str, th: str) -> None:
    small_office.deploy(("m.dmn", definitions(decision("d", logic))))
    with small_office.database.write() as db:
        tx = Transaction(db, SYSTEM, small_office.clock.now(), small_office.bus.services)
        there = decide(tx, ENV, "d", None, 0, {})
        nowhere = decide(tx, ENV, "x", None, 0, {})
    assert en in str(there.failure) and th in str(there.failure_th)
    assert not nowhere.found and nowhere.failure_th == "ไม่พบตารางตัดสินใจนี้"
