"""Two versions of a process compared."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from api.schemas.base import Truth, Whole, Words, key
from api.schemas.model_drafts import LARGEST_REVISION

PARTS = ("PROCESS", "ELEMENT", "FLOW", "FORM", "DECISION")
KINDS = ("ADDED", "REMOVED", "CHANGED")


def _number(least: int) -> Whole:
    return Whole(load_default=None, allow_none=True, validate=validate.Range(min=least, max=LARGEST_REVISION))


class ComparedSide(Schema):
    """Either a deployed version (without `version` the newest), or a draft (without `revision` as it is now)."""

    processDefinitionId = fields.String(load_default=None, allow_none=True, validate=validate.Length(min=1, max=256))
    version = _number(1)
    draftKey = key(load_default=None, allow_none=True)
    revision = _number(0)


class ModelComparisonBody(Schema):
    """`diagrams` asks for the diagrams of both sides as well."""

    before = fields.Nested(ComparedSide, required=True)
    after = fields.Nested(ComparedSide, required=True)
    diagrams = Truth(load_default=False)


class ModelChange(Schema):
    """A sentence about one thing. `id` is that of the process, element, flow, form or decision; WARNING says that
    something is checked less, later, or by more people than before."""

    part = fields.String(required=True, validate=validate.OneOf(PARTS))
    processDefinitionId = fields.String(required=True, allow_none=True)
    id = fields.String(required=True)
    title = fields.Nested(Words, required=True)
    code = fields.String(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    severity = fields.String(required=True, validate=validate.OneOf(["INFO", "WARNING"]))
    message = fields.Nested(Words, required=True)


class ComparedDiagram(Schema):
    """A diagram of both sides as XML; null where it is not there."""

    path = fields.String(required=True)
    before = fields.String(required=True, allow_none=True)
    after = fields.String(required=True, allow_none=True)


class ModelComparison(Schema):
    """At most 2,000 changes, `moreChanges` are not told. `unreadable` are files that nothing is said of."""

    changes = fields.List(fields.Nested(ModelChange), required=True)
    moreChanges = Whole(required=True)
    unreadable = fields.List(fields.String(), required=True)
    diagrams = fields.List(fields.Nested(ComparedDiagram), required=True)
