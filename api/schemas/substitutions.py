"""Substitutions: what is entered, and how they are shown."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from api.schemas.base import Truth, Whole, moment, result_of, schema_of, search_of
from engine.commands.enter_substitution import SCOPES
from engine.queries.substitutions import SUBSTITUTION

Substitution = schema_of(SUBSTITUTION)
SubstitutionSearch = search_of(SUBSTITUTION)
SubstitutionResult = result_of(Substitution, "Substitution")


def _name(**options: Any) -> fields.String:
    return fields.String(validate=validate.Length(min=1, max=256), **options)


class SubstitutionBody(Schema):
    """`scopeName` is the group or the process; `absent` is oneself, if it is left out."""

    absent = _name(load_default=None, allow_none=True)
    substitute = _name(required=True)
    startDate = moment(required=True)
    endDate = moment(required=True)
    scope = fields.String(load_default="all", validate=validate.OneOf(SCOPES))
    scopeName = fields.String(load_default="", validate=validate.Length(max=256))


class EnteredSubstitution(Schema):
    substitutionKey = fields.String(required=True)


class HandOverBody(Schema):
    """Without `to`, the tasks go back to their candidates."""

    to = _name(load_default=None, allow_none=True)
    reason = fields.String(required=True, validate=validate.Length(min=5, max=4_000))


class RefusedTask(Schema):
    userTaskKey = fields.String(required=True)
    code = fields.String(required=True)
    th = fields.String(required=True)
    en = fields.String(required=True)


class HandedOver(Schema):
    """What was refused stays with who had it; `hasMore` says that there are more than were handed over at once."""

    handedOver = Whole(required=True)
    refused = fields.List(fields.Nested(RefusedTask), required=True)
    hasMore = Truth(required=True)
