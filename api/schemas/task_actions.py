"""What people do with a task besides completing it."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from api.schemas.base import Words, moment, schema_of, shown, texts, variables
from api.schemas.definitions import Form
from engine.queries.signing import CO_SIGNATURE

CoSignature = schema_of(CO_SIGNATURE)


def _note(**options: Any) -> fields.String:
    return fields.String(load_default=None, allow_none=True, validate=validate.Length(min=1, max=4_000), **options)


class DelegationBody(Schema):
    """To whom, and what for."""

    to = fields.String(required=True, validate=validate.Length(min=1, max=256))
    note = _note()


class ResolutionBody(Schema):
    """Without `variables`, the draft of who helped is what comes back."""

    variables = fields.Dict(load_default=None, allow_none=True)
    note = _note()


class ReturnBody(Schema):
    """To which element's task, and what is to be done there."""

    to = fields.String(required=True, validate=validate.Length(min=1, max=256))
    reason = fields.String(required=True, validate=validate.Length(max=4_000))


class RecallBody(Schema):
    reason = fields.String(required=True, validate=validate.Length(max=4_000))


class JudgementBody(Schema):
    variables = variables()


class Judged(Schema):
    controlPointId = fields.String(required=True)
    satisfied = fields.Boolean(required=True)


class Judgement(Schema):
    """Which control points what is filled in so far satisfies; those that are judged later are not among them."""

    items = fields.List(fields.Nested(Judged), required=True)


class AtTask(Schema):
    username = fields.String(required=True)
    since = moment(required=True)


class Presence(Schema):
    """Who else has the page of a task open, who came first first."""

    others = fields.List(fields.Nested(AtTask), required=True)


class ActionTarget(Schema):
    elementId = fields.String(required=True)
    name = fields.Nested(Words, required=True)


class TaskActions(Schema):
    """What the diagram lets people do with a task besides completing it."""

    returnTo = fields.List(fields.Nested(ActionTarget), required=True)
    recall = fields.Boolean(required=True)
    coSign = fields.Boolean(required=True)


class Way(Schema):
    """What has to hold on the way to a step: the question of a gateway and the answer that leads there; where there is
    no answer, what has to happen. `otherwise`: where no other answer holds."""

    question = fields.Nested(Words, required=True, allow_none=True)
    answer = fields.String(required=True, allow_none=True)
    otherwise = fields.Boolean(required=True)


class NextStep(Schema):
    """`decidedLater`: who does it depends on the data of the case."""

    elementId = fields.String(required=True)
    elementType = fields.String(required=True)
    name = fields.Nested(Words, required=True, allow_none=True)
    conditions = fields.List(fields.Nested(Way), required=True)
    stepNumber = fields.String(required=True, allow_none=True)
    standardTime = fields.String(required=True, allow_none=True)
    calendar = fields.String(required=True, allow_none=True)
    candidateGroups = texts(required=True)
    assignee = fields.String(required=True, allow_none=True)
    decidedLater = fields.Boolean(required=True)


class Course(Schema):
    """What may come after a task, the nearest first."""

    next = fields.List(fields.Nested(NextStep), required=True)


class FilledForm(Schema):
    """A task as it was sent: its form in the version of then, null where it had none, with the data of then."""

    form = fields.Nested(Form, required=True, allow_none=True)
    variables = fields.Dict(required=True)


class CoSignaturesBody(Schema):
    """Persons, groups of which one member signs, and what is to be signed; whom the diagram names is asked, too."""

    users = texts(load_default=list, validate=validate.Length(max=20))
    groups = texts(load_default=list, validate=validate.Length(max=20))
    variables = variables()


class CoSignatureBody(Schema):
    """`digest` is that of the data that were shown; a refusal has a reason."""

    agree = fields.Boolean(required=True, truthy={True}, falsy={False})
    digest = fields.String(required=True, validate=validate.Regexp(r"\A[0-9a-f]{64}\Z"))
    reason = _note()


class CoSignatures(Schema):
    items = fields.List(fields.Nested(CoSignature), required=True)
    digest = shown(fields.String(required=True, allow_none=True))
    variables = fields.Dict(required=True, allow_none=True)
    mayISign = fields.Boolean(required=True)
