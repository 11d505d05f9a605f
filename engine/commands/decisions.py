"""Evaluate a deployed decision for a business rule task, a control point or the API, with what history keeps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.commands.definitions import DeployedDecision
from engine.commands.transaction import Transaction
from engine.dmn import DecisionResult
from engine.execution import DecisionOutcome
from engine.feel import Environment, to_json
from engine.model.diagram import Called


def decide(
    tx: Transaction,
    env: Environment,
    decision_id: str,
    called: Called | None,
    deployment: int,
    scope: Mapping[str, Any],
) -> DecisionOutcome:
    """The outcome for a decision id and binding; a decision that is not deployed is a failure, not an error."""
    found = tx.services.definitions.find_decision(tx.db, decision_id, called, deployment)
    if found is None:
        return DecisionOutcome(failure="the decision is not deployed", found=False)
    result = found.model.evaluate(decision_id, scope, env)
    missing = f" (no variable {', '.join(result.missing)})" if result.missing else ""
    failure = None if result.failure is None else result.failure + missing
    return DecisionOutcome(result.output, failure, True, record_of(found, result))


def record_of(found: DeployedDecision, result: DecisionResult) -> dict[str, Any]:
    """What is kept of an evaluation, in the words of the Camunda API (values as JSON values).

    Keys: decisionKey, decisionId, decisionName, version, output, failure, failedDecisionId, evaluated
    (a list of decisions with their inputs and matched rules).
    """
    return {
        "decisionKey": str(found.key),
        "decisionId": found.decision_id,
        "decisionName": found.name,
        "version": found.version,
        "output": to_json(result.output),
        "failure": result.failure,
        "failedDecisionId": result.failed_decision_id,
        "evaluated": [
            {
                "id": e.id,
                "name": e.name,
                "type": e.type,
                "output": to_json(e.output),
                "inputs": [{"id": i, "name": n, "value": to_json(v)} for i, n, v in e.inputs],
                "rules": [
                    {
                        "ruleId": r.rule_id,
                        "index": r.index,
                        "outputs": [{"id": i, "name": n, "value": to_json(v)} for i, n, v in r.outputs],
                    }
                    for r in e.rules
                ],
            }
            for e in result.evaluated
        ],
    }
