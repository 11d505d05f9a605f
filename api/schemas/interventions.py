"""Interventions that wait for a second person: how they are asked for, decided on and shown."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from api.schemas.base import Words, key, result_of, schema_of, search_of
from engine.queries.interventions import INTERVENTION

KINDS = ("cancel", "modify", "migrate", "changeTimer", "resolve", "waive", "extend")
Intervention = schema_of(INTERVENTION, processName=fields.Nested(Words), about=fields.Nested(Words))
InterventionSearch = search_of(INTERVENTION)
InterventionResult = result_of(Intervention, "Intervention")


class InterventionBody(Schema):
    """`key` is that of the case (cancel, modify, migrate), of the element instance (changeTimer), of the incident
    (resolve), of the user task (waive) or of the deadline (extend); `request` is the body of the operation itself, with
    its `reason`, for waive `controlPointId` and `reason`."""

    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    key = key(required=True)
    request = fields.Dict(required=True)


class WaiverRequestBody(Schema):
    controlPointId = fields.String(required=True, validate=validate.Length(min=1, max=256))
    reason = fields.String(required=True)


class RequestedIntervention(Schema):
    interventionKey = fields.String(required=True)


class ApprovalBody(Schema):
    note = fields.String(load_default=None, allow_none=True, validate=validate.Length(min=1, max=4_000))


class RejectionBody(Schema):
    """Why it is not carried out."""

    note = fields.String(required=True, validate=validate.Length(min=1, max=4_000))
