"""Drafts that are tried out: what came of their scenarios."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from api.schemas.base import Truth, Whole, Words
from engine.model.draft_files import MAX_PATH


class DraftTrialBody(Schema):
    """One scenario, or all of them."""

    path = fields.String(load_default=None, allow_none=True, validate=validate.Length(min=1, max=MAX_PATH))


class TrialReason(Schema):
    """`line` of the scenario's file, from 1."""

    line = Whole(required=True, allow_none=True)
    message = fields.Nested(Words, required=True)


class TrialTaken(Schema):
    """A flow node or sequence flow, and how often it was gone through."""

    processDefinitionId = fields.String(required=True)
    elementId = fields.String(required=True)
    count = Whole(required=True)


class ScenarioOutcome(Schema):
    """How a scenario went: `step` (0: the start) is where it failed, `waiting` the elements that wait in the end."""

    path = fields.String(required=True)
    title = fields.Nested(Words, required=True)
    passed = Truth(required=True)
    step = Whole(required=True, allow_none=True)
    line = Whole(required=True, allow_none=True)
    reasons = fields.List(fields.Nested(TrialReason), required=True)
    taken = fields.List(fields.Nested(TrialTaken), required=True)
    waiting = fields.List(fields.String(), required=True)


class TrialCoverage(Schema):
    """Of a process of the draft: what no scenario that was played went through."""

    processDefinitionId = fields.String(required=True)
    path = fields.String(required=True)
    reached = Whole(required=True)
    total = Whole(required=True)
    missing = fields.List(fields.String(), required=True)


class DraftTrial(Schema):
    """`revision` is that of the draft that was tried out."""

    revision = Whole(required=True)
    scenarios = fields.List(fields.Nested(ScenarioOutcome), required=True)
    coverage = fields.List(fields.Nested(TrialCoverage), required=True)
