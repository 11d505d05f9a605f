"""What was decided, through the API: why a case went the way it did, for those who may see the case."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from api.runtime import Runtime
from engine.commands.checking import Resource
from engine.commands.create_instance import CreateInstance
from engine.commands.deploy import Deploy
from engine.model.actor import SYSTEM
from tests.api.conftest import Caller
from tests.dmn.support import decision, definitions, literal, table
from tests.execution.bench import diagram, flows, node, user

Callers = Callable[[str | None], Caller]
CALL = '<zeebe:calledDecision decisionId="duty" resultVariable="duty"/>'
TASK = user("a", '<zeebe:assignmentDefinition candidateUsers="ann"/>')
DIAGRAM = diagram(
    node("startEvent", "s") + node("businessRuleTask", "decide", CALL) + TASK + node("endEvent", "e")
    + flows("s decide", "decide a", "a e")
)  # fmt: skip
RULES = table("FIRST", "risk", "duty", '"สูง" -> "แจ้งเจ้าของข้อมูล"', '- -> "บันทึก"')
MODEL = definitions(
    decision("risk", literal('if people > 1000 then "สูง" else "ต่ำ"')) + decision("duty", RULES, "decision:risk")
)


@pytest.fixture
def case(office: Runtime) -> str:
    """The key of a case in which the table decided."""
    office.bus.run(Deploy((Resource("p.bpmn", DIAGRAM), Resource("m.dmn", MODEL))), SYSTEM)
    started = office.bus.run(CreateInstance("p", variables={"people": 5000}), SYSTEM)
    return str(started["processInstanceKey"])


def found(by: Caller, **wanted: Any) -> list[dict[str, Any]]:
    body = {"filter": wanted, "sort": [{"field": "decisionEvaluationInstanceKey"}]}
    items: list[dict[str, Any]] = by.post("/decision-instances/search", body)["items"]
    return items


def test_every_decision_that_was_needed_is_listed(case: str, caller: Callers) -> None:
    risk, duty = found(caller("auditor"), processInstanceKey=case)
    shown = ("decisionDefinitionId", "decisionDefinitionType", "state", "result")
    assert [risk[name] for name in shown] == ["risk", "LITERAL_EXPRESSION", "EVALUATED", '"สูง"']
    assert [duty[name] for name in shown] == ["duty", "DECISION_TABLE", "EVALUATED", '"แจ้งเจ้าของข้อมูล"']
    assert risk["decisionEvaluationKey"] == duty["decisionEvaluationKey"]
    assert risk["rootDecisionDefinitionKey"] == duty["decisionDefinitionKey"] != risk["decisionDefinitionKey"]
    assert duty["decisionEvaluationInstanceKey"] == f"{duty['decisionEvaluationKey']}-2"
    again = found(caller("auditor"), decisionEvaluationInstanceKey=duty["decisionEvaluationInstanceKey"])
    assert again == [duty]
    assert found(caller("auditor"), decisionDefinitionType="LITERAL_EXPRESSION") == [risk]


def test_one_decision_says_what_it_saw_and_which_rule_matched(case: str, caller: Callers) -> None:
    duty = found(caller("auditor"), decisionDefinitionId="duty")[0]
    whole = caller("auditor").get(f"/decision-instances/{duty['decisionEvaluationInstanceKey']}")
    assert whole.pop("evaluatedInputs") == [{"inputId": "i1", "inputName": "risk", "inputValue": '"สูง"'}]
    [rule] = whole.pop("matchedRules")
    assert (rule["ruleId"], rule["ruleIndex"]) == ("r1", 1)
    [output] = rule["evaluatedOutputs"]
    assert (output["outputName"], output["outputValue"]) == ("duty", '"แจ้งเจ้าของข้อมูล"')
    assert whole == duty


def test_history_tells_the_same(case: str, caller: Callers) -> None:
    events = caller("auditor").get(f"/process-instances/{case}/history?limit=1000")["items"]
    [told] = [event["data"] for event in events if event["type"] == "decision-evaluated"]
    duty = told["evaluated"][-1]
    assert (told["output"], [rule["index"] for rule in duty["rules"]]) == ("แจ้งเจ้าของข้อมูล", [1])
    assert duty["inputs"] == [{"id": "i1", "name": "risk", "value": "สูง"}]


def test_only_those_who_see_the_case_see_its_decisions(case: str, caller: Callers) -> None:
    key = found(caller("auditor"))[0]["decisionEvaluationInstanceKey"]
    assert len(found(caller("ann"))) == 2  # a candidate of its task
    assert caller("ann").get(f"/decision-instances/{key}")["state"] == "EVALUATED"
    assert found(caller("ben")) == []
    assert caller("ben")("GET", f"/decision-instances/{key}").status_code == 404


@pytest.mark.parametrize("key", ["1", "1-1", "x-1", "-1-1", "1-", "9" * 30 + "-1", "1-" + "9" * 30, "๑-๑"])
def test_a_key_of_nothing_is_not_found(case: str, caller: Callers, key: str) -> None:
    assert caller("auditor")("GET", f"/decision-instances/{key}").status_code == 404


def test_an_evaluation_tells_each_decision_with_its_own_key(case: str, caller: Callers) -> None:
    asked = {"decisionDefinitionId": "duty", "variables": {"people": 3}}
    answer = caller("owner").post("/decision-definitions/evaluation", asked)
    risk, duty = answer["evaluatedDecisions"]
    assert duty["decisionDefinitionKey"] == answer["decisionDefinitionKey"] != risk["decisionDefinitionKey"]
    assert [rule["ruleIndex"] for rule in duty["matchedRules"]] == [2]
    assert [one["result"] for one in found(caller("auditor"), decisionEvaluationKey=answer["decisionEvaluationKey"])] == [
        '"ต่ำ"',
        '"บันทึก"',
    ]
