"""What migrating or moving many cases is previewed with, and what the previews say."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from api.schemas.base import Truth, Whole, Words, key
from api.schemas.operations import MappingInstruction


class MigrationPreviewBody(Schema):
    """To which version, and what becomes of each element; without a mapping, one is proposed."""

    targetProcessDefinitionKey = key(required=True)
    mappingInstructions = fields.List(
        fields.Nested(MappingInstruction), load_default=None, allow_none=True, validate=validate.Length(max=5000)
    )


class MigratedVersion(Schema):
    processDefinitionKey = key(required=True)
    processDefinitionId = fields.String(required=True)
    version = Whole(required=True)
    name = fields.Nested(Words, required=True)


class MigrationPair(Schema):
    """An element of the version that is left; `active` counts its running instances, `possible` are the elements of the
    other version that one of it may stand at."""

    sourceElementId = fields.String(required=True)
    targetElementId = fields.String(required=True, allow_none=True)
    elementType = fields.String(required=True)
    name = fields.Nested(Words, required=True)
    active = Whole(required=True)
    possible = fields.List(fields.String(), required=True)


class MigrationCases(Schema):
    """How many cases it is about, how many were looked into (the oldest), how many of those it can be done to."""

    total = Whole(required=True)
    looked = Whole(required=True)
    possible = Whole(required=True)


class MigrationFault(Schema):
    """A reason against it, and for how many cases it holds; 0 where it is the plan that is wrong."""

    elementId = fields.String(required=True, allow_none=True)
    rule = fields.String(required=True)
    th = fields.String(required=True)
    en = fields.String(required=True)
    cases = Whole(required=True)


class MigrationPreview(Schema):
    """What migrating would do; nothing is changed by asking."""

    source = fields.Nested(MigratedVersion, required=True)
    target = fields.Nested(MigratedVersion, required=True)
    secondPerson = Truth(required=True)
    mapping = fields.List(fields.Nested(MigrationPair), required=True)
    cases = fields.Nested(MigrationCases, required=True)
    faults = fields.List(fields.Nested(MigrationFault), required=True)


class ModificationPreview(Schema):
    """What moving the tokens at an element would do; nothing is changed by asking."""

    secondPerson = Truth(required=True)
    cases = fields.Nested(MigrationCases, required=True)
    faults = fields.List(fields.Nested(MigrationFault), required=True)
