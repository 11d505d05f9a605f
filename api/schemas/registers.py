"""The registers over all processes."""

from __future__ import annotations

from marshmallow import Schema, fields

from api.schemas.base import Truth, Whole, Words, key
from engine.queries.registers import KINDS


def _text(description: str, **options: object) -> fields.String:
    return fields.String(required=True, allow_none=True, metadata={"description": description, **options})


class RegisterItem(Schema):
    """One entry, with where it stands; null is what a register does not tell."""

    processDefinitionKey = key(required=True)
    processDefinitionId = fields.String(required=True)
    processName = fields.Nested(Words, required=True)
    elementId = _text("where it stands in the diagram; null for the process itself")
    elementName = fields.Nested(Words, required=True, allow_none=True)
    stepKey = _text("the manual's step that it belongs to")
    stepNumber = _text("its number as printed")
    id = _text("of the control point, risk, form, group or deadline")
    kind = _text("of a document, a role, a legal basis", enum=[*KINDS, None])
    text = fields.Nested(Words, required=True, allow_none=True)
    unit = _text("the unit above a group")
    groupKind = _text("unit, committee or position")
    mandatory = Truth(required=True, allow_none=True)
    evidence = _text("what a control point binds to")
    standardTime = _text("ISO 8601 duration")
    minimumTime = _text("ISO 8601 duration")
    calendar = _text("how it is counted")
    stage = _text("of the value chain")
    passed = Whole(required=True, allow_none=True, metadata={"description": "in the cases that one may see"})
    failed = Whole(required=True, allow_none=True)
    waived = Whole(required=True, allow_none=True)


class Register(Schema):
    """A whole register, by process id and in the order of each diagram."""

    items = fields.List(fields.Nested(RegisterItem), required=True)
