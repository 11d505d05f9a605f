"""A case of a draft that is walked by hand."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from api.schemas.base import Whole, moment
from api.schemas.draft_trials import TrialReason, TrialTaken
from engine.scenarios.simulate import MOST_CHOICES
from engine.scenarios.waiting import BEGINNINGS, WAITS


class SimulationBody(Schema):
    """What was chosen so far, in the words of scenario files. Without `start` it tells what can begin, without `at` it
    is now, without processDefinitionId it is about the first process of the draft."""

    processDefinitionId = fields.String(load_default=None, allow_none=True, validate=validate.Length(min=1, max=256))
    at = moment(load_default=None, allow_none=True)
    start = fields.Dict(load_default=None, allow_none=True, keys=fields.String())
    steps = fields.List(
        fields.Dict(keys=fields.String()), load_default=list, validate=validate.Length(max=MOST_CHOICES)
    )


class SimulatedWait(Schema):
    """What is waited for. `name` is that of the message or signal, the type of the job or the text of the incident;
    `accounts` are those who may do a task; `form` is the text of its form's schema, `data` what is known there; `item`
    numbers several at one element, from 1. OTHER moves on when something else happens."""

    kind = fields.String(required=True, validate=validate.OneOf(WAITS))
    elementId = fields.String(required=True)
    name = fields.String(required=True)
    correlationKey = fields.String(required=True)
    dueDate = moment(required=True, allow_none=True)
    accounts = fields.List(fields.String(), required=True)
    form = fields.String(required=True, allow_none=True)
    data = fields.Dict(required=True)
    item = Whole(required=True, allow_none=True)


class SimulatedBeginning(Schema):
    """One way to begin: by hand (NONE), or by what happens."""

    kind = fields.String(required=True, validate=validate.OneOf(BEGINNINGS))
    elementId = fields.String(required=True)
    name = fields.String(required=True)
    dueDate = moment(required=True, allow_none=True)
    form = fields.String(required=True, allow_none=True)


class Refusal(Schema):
    """The step (0: the start) that the engine refused, and why."""

    step = Whole(required=True)
    reasons = fields.List(fields.Nested(TrialReason), required=True)


class Simulation(Schema):
    """Where the case stands. `state` is null before it begins; `now` is the time of its clock; `standing` are the
    elements where it is, while events beside them wait, too."""

    revision = Whole(required=True)
    processDefinitionId = fields.String(required=True)
    path = fields.String(required=True)
    at = moment(required=True)
    now = moment(required=True)
    state = fields.String(required=True, allow_none=True)
    refused = fields.Nested(Refusal, required=True, allow_none=True)
    taken = fields.List(fields.Nested(TrialTaken), required=True)
    standing = fields.List(fields.String(), required=True)
    waiting = fields.List(fields.Nested(SimulatedWait), required=True)
    beginnings = fields.List(fields.Nested(SimulatedBeginning), required=True)
    variables = fields.Dict(required=True)
