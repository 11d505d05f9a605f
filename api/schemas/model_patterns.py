"""Common patterns that are put into diagrams of drafts."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from api.schemas.base import Words
from api.schemas.model_drafts import DraftLayoutBody


class ModelPattern(Schema):
    patternId = fields.String(required=True)
    name = fields.Nested(Words, required=True)
    description = fields.Nested(Words, required=True)


class ModelPatterns(Schema):
    patterns = fields.List(fields.Nested(ModelPattern), required=True)


class DraftPatternBody(DraftLayoutBody):
    """`elementId` is a sequence flow, or a flow node that one alone leads out of; `revision` as DraftLayoutBody."""

    patternId = fields.String(required=True, validate=validate.Length(min=1, max=100))
    elementId = fields.String(required=True, validate=validate.Length(min=1, max=256))
