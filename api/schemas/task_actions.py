"""What people do with a task besides completing it."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from api.schemas.base import Words, schema_of, shown, texts, variables
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


class ActionTarget(Schema):
    elementId = fields.String(required=True)
    name = fields.Nested(Words, required=True)


class TaskActions(Schema):
    """What the diagram lets people do with a task besides completing it."""

    returnTo = fields.List(fields.Nested(ActionTarget), required=True)
    recall = fields.Boolean(required=True)
    coSign = fields.Boolean(required=True)


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
