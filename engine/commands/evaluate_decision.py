"""Evaluate a decision for a client, and keep the evaluation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.commands.applying import add_decision
from engine.commands.decisions import json_text, record_of, shown_inputs, shown_rules
from engine.commands.definitions import DeployedDecision
from engine.commands.registry import NO_INSTANCE, Target, handles
from engine.commands.running import running
from engine.commands.transaction import Transaction
from engine.commands.values import variables_in
from engine.errors import InvalidArgument, NotFound

TENANT = "<default>"


@dataclass(frozen=True, slots=True)
class EvaluateDecision:
    """The latest version of `decision_id`, or the version `decision_key`."""

    decision_id: str | None = None
    decision_key: int | None = None
    variables: Mapping[str, Any] = field(default_factory=dict)


@handles(EvaluateDecision, permission="decision:evaluate", event=NO_INSTANCE)
def evaluate_decision(command: EvaluateDecision, _target: Target, tx: Transaction) -> dict[str, Any]:
    """The answer in the shape of the Camunda API. Raises NotFound, InvalidArgument."""
    found = _find(command, tx)
    r = running(tx)
    result = found.model.evaluate(found.decision_id, variables_in(command.variables), r.environment())
    record = record_of(found, result)
    key = add_decision(r, None, None, record)
    return shown(found, record, key)


def _find(command: EvaluateDecision, tx: Transaction) -> DeployedDecision:
    definitions = tx.services.definitions
    if command.decision_key is not None:
        return definitions.decision(tx.db, command.decision_key)
    if command.decision_id is None:
        raise InvalidArgument("a decision definition id or key is needed")
    found = definitions.find_decision(tx.db, command.decision_id)
    if found is None:
        raise NotFound(decisionDefinitionId=command.decision_id)
    return found


def shown(found: DeployedDecision, record: Mapping[str, Any], key: int) -> dict[str, Any]:
    """An evaluation as the Camunda API answers it."""
    return {
        "decisionDefinitionId": found.decision_id, "decisionDefinitionKey": str(found.key),
        "decisionDefinitionName": found.name, "decisionDefinitionVersion": found.version,
        "decisionEvaluationKey": str(key), "decisionInstanceKey": str(key),
        "decisionRequirementsId": found.requirements_id,
        "decisionRequirementsKey": str(found.requirements_key), "tenantId": TENANT,
        "output": json_text(record["output"]), "failedDecisionDefinitionId": record["failedDecisionId"],
        "failureMessage": record["failure"],
        "evaluatedDecisions": [
            _evaluated(e, f"{key}-{n}") for n, e in enumerate(record["evaluated"], 1)
        ],
    }  # fmt: skip


def _evaluated(e: Mapping[str, Any], key: str) -> dict[str, Any]:
    return {
        "decisionDefinitionId": e["id"], "decisionDefinitionKey": e["key"],
        "decisionDefinitionName": e["name"], "decisionDefinitionVersion": e["version"],
        "decisionDefinitionType": e["type"], "decisionEvaluationInstanceKey": key,
        "output": json_text(e["output"]), "tenantId": TENANT,
        "evaluatedInputs": shown_inputs(e["inputs"]), "matchedRules": shown_rules(e["rules"]),
    }  # fmt: skip
