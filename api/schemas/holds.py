"""Legal holds of cases: how they are placed, ended and shown."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from api.schemas.base import key, result_of, schema_of, search_of
from engine.queries.holds import HOLD

LegalHold = schema_of(HOLD)
LegalHoldSearch = search_of(HOLD)
LegalHoldResult = result_of(LegalHold, "LegalHold")
_LONGEST = 4_000


class HoldBody(Schema):
    """The case, and why it must not be deleted."""

    processInstanceKey = key(required=True)
    reason = fields.String(required=True, validate=validate.Length(max=_LONGEST))


class PlacedHold(Schema):
    legalHoldKey = fields.String(required=True)


class HoldEndBody(Schema):
    """Why it may be deleted from now on, as far as this hold is concerned."""

    reason = fields.String(required=True, validate=validate.Length(max=_LONGEST))
