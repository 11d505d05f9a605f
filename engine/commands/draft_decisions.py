"""Try out a decision of a draft: what it needs to know, and what it decides with a sample. Nothing is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from engine.calendar.office import OfficeTime
from engine.commands.decision_files import DecisionFiles
from engine.commands.decisions import json_text, shown_inputs, shown_rules
from engine.commands.deploy import known_in
from engine.commands.publish_model_draft import resources_of
from engine.commands.transaction import Services
from engine.commands.values import variables_in
from engine.dmn import DecisionModel, DecisionResult, EvaluatedDecision
from engine.dmn.needs import Need, needs_of
from engine.errors import InvalidArgument, NotFound
from engine.feel import Budget, Environment, to_json

BUDGET = Budget(steps=200_000, size=100_000, seconds=2.0)
"""What one trial may use: enough for a table of thousands of rules, and little beside what cases need."""
MOST_VARIABLES = 500


class DecisionsFaulty(InvalidArgument):
    """This file of decisions has faults, and so nothing in it can be tried: mend what the check of the draft says."""

    code = "decisions-faulty"
    th = "ไฟล์ตารางตัดสินใจนี้มีข้อผิดพลาด จึงยังทดลองไม่ได้ โปรดแก้ไขตามผลการตรวจก่อน"


class TooManyVariables(InvalidArgument):
    """A sample has too many variables."""

    code = "too-many-variables"
    th = "ข้อมูลตัวอย่างมีตัวแปรมากเกินไป"


@dataclass(frozen=True, slots=True)
class DraftDecision:
    """A decision in the files ((path, content)) of a draft as they are now; `db` has what is deployed."""

    db: Connection
    services: Services
    now: datetime
    files: list[tuple[str, str]]
    path: str
    decision_id: str

    def needs(self) -> list[dict[str, Any]]:
        """The variables that it reads, as dicts with the keys name, type and label (None where nothing says).
        Raises NotFound, DecisionsFaulty."""
        return [_need(need) for need in needs_of(self._model().decisions[self.decision_id])]

    def tried(self, variables: Mapping[str, Any]) -> dict[str, Any]:
        """What it answers to a sample, within BUDGET. Keys: output (JSON text), failure {th, en} or None,
        failedDecisionId, missing (names of variables that were read and not there), warnings (decisionDefinitionId,
        message {th, en}), evaluatedDecisions (decisionDefinitionId, decisionDefinitionName, output, evaluatedInputs,
        matchedRules). Raises NotFound, DecisionsFaulty, InvalidArgument, TooManyVariables."""
        if len(variables) > MOST_VARIABLES:
            raise TooManyVariables(f"a sample has at most {MOST_VARIABLES} variables")
        calendar = OfficeTime(lambda: self.services.office(self.db, self.now))
        env = Environment(now=self.now, zone=self.services.zone, budget=BUDGET, calendar=calendar)
        return _told(self._model().evaluate(self.decision_id, variables_in(variables), env))

    def _model(self) -> DecisionModel:
        resources = [resource for resource in resources_of(self.files) if resource.name.endswith(".dmn")]
        if all(resource.name != self.path for resource in resources):
            raise NotFound(path=self.path)
        read = DecisionFiles(resources, known_in(self.db, self.services.definitions, self.now).models)
        read.read()
        if self.path not in read.checked:
            raise DecisionsFaulty(path=self.path)
        model = read.checked[self.path][1].model
        if self.decision_id not in model.decisions:
            raise NotFound(path=self.path, decisionDefinitionId=self.decision_id)
        return model


def _told(result: DecisionResult) -> dict[str, Any]:
    return {
        "output": json_text(to_json(result.output)),
        "failure": None if result.failure is None else {"th": result.failure_th, "en": result.failure},
        "failedDecisionId": result.failed_decision_id,
        "missing": list(result.missing),
        "warnings": [
            {"decisionDefinitionId": one.decision_id, "message": {"th": one.warning.th, "en": one.warning.message}}
            for one in result.warnings
        ],
        "evaluatedDecisions": [_evaluated(one) for one in result.evaluated],
    }


def _need(need: Need) -> dict[str, Any]:
    return {"name": need.name, "type": need.type or None, "label": need.label or None}


def _evaluated(one: EvaluatedDecision) -> dict[str, Any]:
    inputs = [{"id": id_, "name": name, "value": to_json(value)} for id_, name, value in one.inputs]
    rules = [
        {"ruleId": rule.rule_id, "index": rule.index,
         "outputs": [{"id": id_, "name": name, "value": to_json(value)} for id_, name, value in rule.outputs]}
        for rule in one.rules
    ]  # fmt: skip
    return {
        "decisionDefinitionId": one.id, "decisionDefinitionName": one.name, "output": json_text(to_json(one.output)),
        "evaluatedInputs": shown_inputs(inputs), "matchedRules": shown_rules(rules),
    }  # fmt: skip
