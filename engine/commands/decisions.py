"""Evaluate a deployed decision for a business rule task, a control point or the API, with what history keeps."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import orjson

from engine.commands.definitions import DeployedDecision
from engine.commands.transaction import Transaction
from engine.dmn import DecisionResult, EvaluatedDecision
from engine.execution import DecisionOutcome
from engine.feel import Environment, to_json
from engine.model.work import Called


def decide(
    tx: Transaction,
    env: Environment,
    decision_id: str,
    called: Called | None,
    deployment: int,
    scope: Mapping[str, Any],
) -> DecisionOutcome:
    """The outcome for a decision id and binding; a decision that is not deployed is a failure, not an error.

    So is one that answers null while variables that it reads are missing: the case would go on with a null that
    nobody decided. A variable that is there and null is not missing.
    """
    found = tx.services.definitions.find_decision(tx.db, decision_id, called, deployment)
    if found is None:
        return DecisionOutcome(failure="the decision is not deployed", found=False, failure_th="ไม่พบตารางตัดสินใจนี้")
    result = found.model.evaluate(decision_id, scope, env)
    failure, th = result.failure, result.failure_th
    if result.missing and (failure is not None or result.output is None):
        names = ", ".join(result.missing)
        failure = f"{failure or 'it answers null'} (no variable {names})"
        th = f"{th or 'ได้ค่าว่าง (null)'} (ไม่มีตัวแปร {names})"
    return DecisionOutcome(result.output, failure, True, record_of(found, result, failure), th)


def record_of(found: DeployedDecision, result: DecisionResult, failure: str | None = None) -> dict[str, Any]:
    """What is kept of an evaluation, in the words of the Camunda API (values as JSON values); a `failure` of the
    asker's own is kept as the decision's.

    Keys: decisionKey, decisionId, decisionName, version, output, failure, failedDecisionId, missing (names of
    variables that were not there), evaluated (a list of decisions with their inputs and matched rules, in the order
    of evaluation).
    """
    evaluated = list(result.evaluated)
    failure = result.failure or failure
    failed = None if failure is None else result.failed_decision_id or found.decision_id
    if failed is not None and all(one.id != failed for one in evaluated):
        evaluated.append(_without_value(found, failed))
    return {
        "decisionKey": str(found.key),
        "decisionId": found.decision_id,
        "decisionName": found.name,
        "version": found.version,
        "output": to_json(result.output),
        "failure": failure,
        "failedDecisionId": failed,
        "missing": list(result.missing),
        "evaluated": [_evaluated(found, one) for one in evaluated],
    }


def _without_value(found: DeployedDecision, decision_id: str) -> EvaluatedDecision:
    """A decision that broke off before it had a value: it used up its budget, say."""
    decision = found.model.decisions.get(decision_id)
    name, kind = (decision_id, "UNSPECIFIED") if decision is None else (decision.name, decision.api_type)
    return EvaluatedDecision(decision_id, name, kind, (), (), None)


def _evaluated(found: DeployedDecision, one: EvaluatedDecision) -> dict[str, Any]:
    key, version = found.versions.get(one.id, (found.key, found.version))
    return {
        "id": one.id,
        "key": str(key),
        "version": version,
        "name": one.name,
        "type": one.type,
        "output": to_json(one.output),
        "inputs": [{"id": i, "name": n, "value": to_json(v)} for i, n, v in one.inputs],
        "rules": [
            {
                "ruleId": r.rule_id,
                "index": r.index,
                "outputs": [{"id": i, "name": n, "value": to_json(v)} for i, n, v in r.outputs],
            }
            for r in one.rules
        ],
    }


def rows_of(record: Mapping[str, Any], evaluation_key: int, new_key: Callable[[], int]) -> list[dict[str, Any]]:
    """The rows of an evaluation, one for each decision of it."""
    failed = None if record["failure"] is None else record["failedDecisionId"]
    return [
        {
            "key": new_key(), "evaluation_key": evaluation_key, "number": number,
            "root_key": int(record["decisionKey"]), "decision_key": int(one["key"]), "decision_id": one["id"],
            "decision_type": one["type"], "state": "FAILED" if one["id"] == failed else "EVALUATED",
            "result": json_text(one["output"]),
            "inputs": shown_inputs(one["inputs"]), "rules": shown_rules(one["rules"]),
            "failure": record["failure"] if one["id"] == failed else None,
        }
        for number, one in enumerate(record["evaluated"], 1)
    ]  # fmt: skip


def shown_inputs(inputs: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The inputs of a decision table as the API shows them."""
    return [{"inputId": i["id"], "inputName": i["name"], "inputValue": json_text(i["value"])} for i in inputs]


def shown_rules(rules: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The rules that matched as the API shows them, each with its outputs."""
    return [
        {
            "ruleId": r["ruleId"], "ruleIndex": r["index"],
            "evaluatedOutputs": [
                {
                    "outputId": o["id"], "outputName": o["name"], "outputValue": json_text(o["value"]),
                    "ruleId": r["ruleId"], "ruleIndex": r["index"],
                }
                for o in r["outputs"]
            ],
        }
        for r in rules
    ]  # fmt: skip


def json_text(value: Any) -> str:
    """A JSON value as the API shows results and values: written out."""
    return orjson.dumps(value).decode()
