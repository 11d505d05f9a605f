"""Business rule tasks on a real engine: the answer, what history keeps of it, and what stops the case."""

from __future__ import annotations

import orjson
import pytest

from engine.commands.evaluate_decision import EvaluateDecision
from engine.commands.resolve_incident import ResolveIncident
from engine.commands.set_variables import SetVariables
from engine.store import tables as t
from tests.dmn.support import decision, definitions, literal, table
from tests.dsl import OWNER, Office
from tests.execution.bench import diagram, flows, node, user

CALL = '<zeebe:calledDecision decisionId="duty" resultVariable="duty"/>'
DIAGRAM = diagram(
    node("startEvent", "s") + node("businessRuleTask", "decide", CALL) + user("a") + node("endEvent", "e")
    + flows("s decide", "decide a", "a e")
)  # fmt: skip
RULES = table("FIRST", "risk", "duty", '"สูง" -> "แจ้งเจ้าของข้อมูล"', '"กลาง" -> "แจ้งสำนักงาน"')
MODEL = definitions(
    decision("risk", literal('if people > 1000 then "สูง" else "กลาง"')) + decision("duty", RULES, "decision:risk")
)
OPTIONAL = definitions(decision("duty", table("UNIQUE", "people", "duty", "> 5 -> 1", "null -> 0")))


def running(office: Office, model: bytes = MODEL, **variables: object) -> Office:
    office.deploy(("p.bpmn", DIAGRAM), ("m.dmn", model))
    office.start(**variables)
    return office


def test_history_keeps_what_was_seen_and_which_rules_matched(office: Office) -> None:
    running(office, people=5000)
    assert (office.waiting, office.variables["duty"]) == (["a"], "แจ้งเจ้าของข้อมูล")
    told = office.event("decision-evaluated")
    assert (told["decisionId"], told["output"], told["missing"]) == ("duty", "แจ้งเจ้าของข้อมูล", [])
    risk, duty = told["evaluated"]
    assert (risk["id"], risk["type"], risk["output"]) == ("risk", "LITERAL_EXPRESSION", "สูง")
    assert duty["inputs"] == [{"id": "i1", "name": "risk", "value": "สูง"}]
    outputs = [{"id": "o1", "name": "duty", "value": "แจ้งเจ้าของข้อมูล"}]
    assert duty["rules"] == [{"ruleId": "r1", "index": 1, "outputs": outputs}]


def test_every_decision_of_the_evaluation_has_a_row(office: Office) -> None:
    running(office, people=7)
    first, last = office.rows(t.decision_instance)
    assert (first.evaluation_key, last.evaluation_key) == (last.evaluation_key, first.evaluation_key)
    assert [(r.number, r.decision_id, r.decision_type, r.state) for r in (first, last)] == [
        (1, "risk", "LITERAL_EXPRESSION", "EVALUATED"),
        (2, "duty", "DECISION_TABLE", "EVALUATED"),
    ]
    assert first.decision_key != last.decision_key == last.root_key == first.root_key
    assert last.result == '"แจ้งสำนักงาน"'
    assert last.inputs == [{"inputId": "i1", "inputName": "risk", "inputValue": '"กลาง"'}]
    assert [rule["ruleId"] for rule in last.rules] == ["r2"]


def test_a_null_that_nobody_decided_is_an_incident_that_names_the_variable(office: Office) -> None:
    """Without `people` the case would go on with a null."""
    running(office, definitions(decision("duty", table("UNIQUE", "people", "duty", "> 5 -> 1"))))
    [incident] = office.rows(t.incident)
    assert (incident.error_type, incident.element_id) == ("DECISION_EVALUATION_ERROR", "decide")
    assert "duty" in incident.message and "no variable people" in incident.message
    assert office.waiting == []
    told = office.event("decision-evaluated")
    assert (told["failedDecisionId"], told["missing"]) == ("duty", ["people"]) and told["failure"] in incident.message
    office.run(SetVariables(office.key, {"people": 6}), OWNER)
    office.run(ResolveIncident(incident.key), OWNER)
    office.settle()
    assert (office.waiting, office.variables["duty"]) == (["a"], 1)
    assert [row.state for row in office.rows(t.decision_instance)] == ["FAILED", "EVALUATED"]


@pytest.mark.parametrize(("variables", "duty"), [({"people": None}, 0), ({"people": 3}, None), ({}, 0)])
def test_a_null_that_is_an_answer_is_none(small_office: Office, variables: dict[str, object], duty: object) -> None:
    """A variable that is there and null is not missing; no rule may match; a missing one may still be answered for."""
    running(small_office, OPTIONAL, **variables)
    assert small_office.rows(t.incident) == []
    assert (small_office.waiting, small_office.variables["duty"]) == (["a"], duty)


def test_a_violated_model_is_an_incident_that_says_how(small_office: Office) -> None:
    running(small_office, definitions(decision("duty", table("UNIQUE", "people", "duty", "> 5 -> 1", "> 6 -> 2"))), people=9)
    [incident] = small_office.rows(t.incident)
    assert incident.error_type == "DECISION_EVALUATION_ERROR" and "(1, 2)" in incident.message


def test_a_failed_evaluation_keeps_where_it_failed(small_office: Office) -> None:
    """Here the first decision breaks off before it has a value."""
    endless = decision("risk", literal("count(for x in 1..1000000000 return x)"))
    small_office.deploy(("m.dmn", definitions(endless + decision("duty", literal("risk"), "decision:risk"))))
    answer = small_office.run(EvaluateDecision("duty"), OWNER)
    assert (answer["failedDecisionDefinitionId"], answer["output"]) == ("risk", "null")
    assert "budget" in answer["failureMessage"]
    [row] = small_office.rows(t.decision_instance)
    assert (row.decision_id, row.state, row.failure) == ("risk", "FAILED", answer["failureMessage"])
    assert orjson.loads(row.result) is None
