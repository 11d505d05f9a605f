"""Decisions of a draft, tried out."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from api.schemas.base import Words, variables
from api.schemas.definitions import EvaluatedInput, MatchedRule
from engine.model.draft_files import MAX_PATH


class DecisionOfDraftBody(Schema):
    """Which file of the draft, and which decision in it."""

    path = fields.String(required=True, validate=validate.Length(min=1, max=MAX_PATH))
    decisionDefinitionId = fields.String(required=True, validate=validate.Length(min=1, max=256))


class DecisionNeed(Schema):
    """A variable that is read; `type` as FEEL names it and `label` as the table does, null where nothing says so."""

    name = fields.String(required=True)
    type = fields.String(required=True, allow_none=True)
    label = fields.String(required=True, allow_none=True)


class DecisionNeeds(Schema):
    variables = fields.List(fields.Nested(DecisionNeed), required=True)


class DecisionTrialBody(DecisionOfDraftBody):
    """With the sample: at most 500 variables."""

    variables = variables()


class DecisionRemark(Schema):
    """An operation in an expression that had no value."""

    decisionDefinitionId = fields.String(required=True)
    message = fields.Nested(Words, required=True)


class TriedDecision(Schema):
    """One of the decisions that were needed; output and values are JSON texts."""

    decisionDefinitionId = fields.String(required=True)
    decisionDefinitionName = fields.String(required=True)
    output = fields.String(required=True)
    evaluatedInputs = fields.List(fields.Nested(EvaluatedInput), required=True)
    matchedRules = fields.List(fields.Nested(MatchedRule), required=True)


class DecisionTrial(Schema):
    """The result as JSON text, and how it came about. `failure` says how the model itself was violated, and where;
    `missing` are variables that were read and not given."""

    output = fields.String(required=True)
    failure = fields.Nested(Words, required=True, allow_none=True)
    failedDecisionId = fields.String(required=True, allow_none=True)
    missing = fields.List(fields.String(), required=True)
    warnings = fields.List(fields.Nested(DecisionRemark), required=True)
    evaluatedDecisions = fields.List(fields.Nested(TriedDecision), required=True)
