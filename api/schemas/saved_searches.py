"""Searches of cases that people keep."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from api.schemas.base import key
from engine.commands.saved_searches import LONGEST_NAME, MOST

PARTS = (
    "words", "number", "process", "version", "state", "unit", "person", "part", "period", "from", "until", "control",
    "deadline", "intervention", "variable", "compare", "value",
)  # fmt: skip
LONGEST_CONDITION = 256


def _conditions() -> fields.Dict:
    said = "conditions of the page of searches by their names; what is absent is not searched by"
    return fields.Dict(
        keys=fields.String(validate=validate.OneOf(PARTS)),
        values=fields.String(validate=validate.Length(min=1, max=LONGEST_CONDITION)),
        required=True, metadata={"description": said},
    )  # fmt: skip


class SavedSearchBody(Schema):
    name = fields.String(required=True, validate=validate.Length(min=1, max=LONGEST_NAME))
    conditions = _conditions()


class SavedSearchName(Schema):
    name = fields.String(required=True, validate=validate.Length(min=1, max=LONGEST_NAME))


class SavedSearch(Schema):
    savedSearchKey = key(required=True)
    name = fields.String(required=True)
    conditions = _conditions()


class SavedSearchList(Schema):
    items = fields.List(fields.Nested(SavedSearch), required=True, metadata={"description": f"at most {MOST}"})


class SavedSearchMade(Schema):
    savedSearchKey = key(required=True)
