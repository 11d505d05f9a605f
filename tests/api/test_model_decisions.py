"""Decisions of a draft tried out over HTTP: what they read, what they decide, and what stands in the way."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from api.runtime import Runtime
from engine.store.tables import decision_instance
from tests.api.conftest import Caller
from tests.api.test_model_drafts import PROCESS, code, made, owner, put
from tests.dmn.support import decision, definitions, literal, table

__all__ = ["owner"]
Callers = Callable[[str | None], Caller]
PATH = f"processes/{PROCESS}/price.dmn"
PRICE = (Path(__file__).parent / "price.dmn").read_text(encoding="utf-8")
PRICED = {"path": PATH, "decisionDefinitionId": "price"}


@pytest.fixture
def draft(owner: Caller) -> str:
    """A draft of the process with a table of prices in it that is deployed nowhere."""
    found = made(owner, processDefinitionId=PROCESS)
    assert put(owner, found, PATH, PRICE, None).status_code == 200
    return found


def written(owner: Caller, draft: str, body: str, path: str = "processes/sdk-order/more.dmn") -> dict[str, Any]:
    """Put a file of decisions into the draft; what names the decision `d` in it."""
    assert put(owner, draft, path, definitions(body).decode(), None).status_code == 200
    return {"path": path, "decisionDefinitionId": "d"}


def tried(owner: Caller, draft: str, which: dict[str, Any], **variables: Any) -> Any:
    return owner.post(f"{draft}/decisions/evaluation", {**which, "variables": variables})


def test_a_sample_shows_the_result_and_the_rule_that_matched(owner: Caller, draft: str, office: Runtime) -> None:
    found = tried(owner, draft, PRICED, amount=12)
    assert (found["output"], found["failure"], found["missing"]) == ("9", None, [])
    (one,) = found["evaluatedDecisions"]
    assert one["evaluatedInputs"] == [{"inputId": "in-amount", "inputName": "จำนวน", "inputValue": "12"}]
    (rule,) = one["matchedRules"]
    assert (rule["ruleId"], rule["ruleIndex"]) == ("rule-many", 1)
    assert [each["outputValue"] for each in rule["evaluatedOutputs"]] == ["9"]
    with office.database.read() as db:
        assert db.execute(select(func.count()).select_from(decision_instance)).scalar_one() == 0  # nothing is kept


def test_the_file_is_tried_as_it_is_saved(owner: Caller, draft: str) -> None:
    revision = owner.get(f"{draft}/files/content?path={PATH}")["revision"]
    put(owner, draft, PATH, PRICE.replace("<text>9</text>", "<text>7</text>"), revision)
    assert tried(owner, draft, PRICED, amount=12)["output"] == "7"


def test_what_a_decision_reads_is_told_with_its_type_and_label(owner: Caller, draft: str) -> None:
    found = owner.post(f"{draft}/decisions/variables", PRICED)["variables"]
    assert found == [{"name": "amount", "type": "number", "label": "จำนวน"}]


def test_what_a_required_decision_reads_is_needed_and_its_result_is_not(owner: Caller, draft: str) -> None:
    body = decision("base", literal("amount * rate")) + decision(
        "d", table("UNIQUE", "base", "result", "> limit -> extra", "- -> 0"), "decision:base"
    )
    which = written(owner, draft, body)
    needed = owner.post(f"{draft}/decisions/variables", which)["variables"]
    assert [each["name"] for each in needed] == ["amount", "rate", "limit", "extra"]
    found = tried(owner, draft, which, amount=10, rate=2, limit=100, extra=1)
    assert [each["decisionDefinitionId"] for each in found["evaluatedDecisions"]] == ["base", "d"]


def test_what_is_missing_and_what_violates_the_model_is_told_in_both_languages(owner: Caller, draft: str) -> None:
    found = tried(owner, draft, PRICED)
    assert found["missing"] == ["amount"]
    assert all(set(each["message"]) == {"th", "en"} for each in found["warnings"])
    wrong = tried(owner, draft, PRICED, amount="สิบ")
    assert (
        wrong["failedDecisionId"] == "price"
        and "number" in wrong["failure"]["en"]
        and "number" in wrong["failure"]["th"]
    )
    two = written(owner, draft, decision("d", table("UNIQUE", "amount", "r", "> 1 -> 1", "> 2 -> 2")))
    assert "1" in tried(owner, draft, two, amount=3)["failure"]["en"]


def test_a_trial_is_bound_in_work_and_in_size(owner: Caller, draft: str) -> None:
    endless = written(owner, draft, decision("d", literal("count(for a in 1..1000, b in 1..1000 return a * b)")))
    found = tried(owner, draft, endless)
    assert found["output"] == "null" and "budget" in found["failure"]["en"] and found["failure"]["th"]
    many = {**PRICED, "variables": {f"v{number}": 1 for number in range(501)}}
    assert code(owner("POST", f"{draft}/decisions/evaluation", many), 400) == "too-many-variables"


def test_a_file_with_faults_cannot_be_tried(owner: Caller, draft: str) -> None:
    which = written(owner, draft, decision("d", literal("1 +")))
    for what in ("variables", "evaluation"):
        assert code(owner("POST", f"{draft}/decisions/{what}", which), 400) == "decisions-faulty"
    assert tried(owner, draft, PRICED, amount=1)["output"] == "12.5"  # the file beside it can be


def test_an_imported_model_of_the_draft_is_read_with_it(owner: Caller, draft: str) -> None:
    put(owner, draft, "processes/sdk-order/rates.dmn",
        definitions(decision("rate", literal("5")), model="urn:rates").decode(), None)  # fmt: skip
    imported = '<import namespace="urn:rates" name="r" importType="https://www.omg.org/spec/DMN/20191111/MODEL/"/>'
    needs = '<informationRequirement><requiredDecision href="urn:rates#rate"/></informationRequirement>'
    body = f'{imported}<decision id="d" name="d"><variable name="d"/>{needs}{literal("r.rate * amount")}</decision>'
    which = written(owner, draft, body)
    assert tried(owner, draft, which, amount=2)["output"] == "10"
    assert [each["name"] for each in owner.post(f"{draft}/decisions/variables", which)["variables"]] == ["amount"]


def test_others_and_bad_requests(owner: Caller, draft: str, caller: Callers) -> None:
    for what in ("variables", "evaluation"):
        place = f"{draft}/decisions/{what}"
        for stranger in ("other", "ann"):
            assert code(caller(stranger)("POST", place, PRICED), 404) == "not-found"
        for nowhere in ({"path": "processes/sdk-order/none.dmn"}, {"decisionDefinitionId": "none"},
                        {"path": f"processes/{PROCESS}/order.bpmn"}):  # fmt: skip
            assert code(owner("POST", place, {**PRICED, **nowhere}), 404) == "not-found"
        assert code(owner("POST", f"/model-drafts/404/decisions/{what}", PRICED), 404) == "not-found"
        for wrong in ({}, {**PRICED, "path": 1}, {**PRICED, "path": ""}, {**PRICED, "path": "x" * 513},
                      {**PRICED, "decisionDefinitionId": "x" * 257}, {"path": PATH}):  # fmt: skip
            assert code(owner("POST", place, wrong), 400) == "invalid-request"
    for wrong in ([], 1, "x", {"": 1}):
        body = {**PRICED, "variables": wrong}
        assert code(owner("POST", f"{draft}/decisions/evaluation", body), 400) == "invalid-request"


def test_a_published_draft_can_still_be_tried(owner: Caller, draft: str) -> None:
    body = {"revision": owner.get(draft)["revision"], "reason": "new prices"}
    owner.post(f"{draft}/publication", body)
    assert tried(owner, draft, PRICED, amount=1)["output"] == "12.5"
