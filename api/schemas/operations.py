"""Bodies of operations on running cases, in the shapes of the Camunda API; `reason` is kept in history."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from api.schemas.base import Truth, Whole, key, moment, reference, texts, variables
from engine.model.access import SHOWN

SOURCES = {"enum": ["byId", "byKey"]}
ANCESTORS = {"enum": ["direct", "inferred", "sourceParent"]}


def _reason() -> fields.String:
    return fields.String(load_default=None, allow_none=True, validate=validate.Length(min=1, max=2000))


def _optional_text() -> fields.String:
    return fields.String(load_default=None, allow_none=True)


def _optional_key() -> Any:
    return key(load_default=None, allow_none=True)


def _list_of(schema: type[Schema], **options: Any) -> fields.List[Any]:
    return fields.List(fields.Nested(schema), load_default=list, allow_none=True, **options)


class ReasonBody(Schema):
    """Why: kept in the history of the case."""

    reason = _reason()
    operationReference = reference()


class ClassBody(Schema):
    """To lower a class takes a reason."""

    accessClass = fields.String(required=True, validate=validate.OneOf(SHOWN))
    reason = _reason()


class VariableInstruction(Schema):
    """Variables of the scope with this element id; without one, of the process."""

    variables = fields.Dict(keys=fields.String(validate=validate.Length(min=1, max=256)), required=True)
    scopeId = _optional_text()


class ActivateInstruction(Schema):
    elementId = fields.String(required=True)
    variableInstructions = _list_of(VariableInstruction)
    ancestorElementInstanceKey = _optional_key()


class TerminateInstruction(Schema):
    """One of both."""

    elementId = _optional_text()
    elementInstanceKey = _optional_key()


class MoveSource(Schema):
    sourceType = fields.String(required=True, metadata=SOURCES)
    sourceElementId = _optional_text()
    sourceElementInstanceKey = _optional_key()


class MoveAncestor(Schema):
    ancestorScopeType = fields.String(required=True, metadata=ANCESTORS)
    ancestorElementInstanceKey = _optional_key()


class MoveInstruction(Schema):
    sourceElementInstruction = fields.Nested(MoveSource, required=True)
    targetElementId = fields.String(required=True)
    ancestorScopeInstruction = fields.Nested(MoveAncestor, load_default=None, allow_none=True)
    variableInstructions = _list_of(VariableInstruction)


class ModificationBody(Schema):
    """What begins, what moves, what ends, as one step."""

    activateInstructions = _list_of(ActivateInstruction)
    moveInstructions = _list_of(MoveInstruction)
    terminateInstructions = _list_of(TerminateInstruction)
    reason = _reason()
    operationReference = reference()


class MappingInstruction(Schema):
    sourceElementId = fields.String(required=True)
    targetElementId = fields.String(required=True)


class MigrationBody(Schema):
    """To which version, and what becomes of each element."""

    targetProcessDefinitionKey = key(required=True)
    mappingInstructions = fields.List(
        fields.Nested(MappingInstruction), required=True, validate=validate.Length(max=5000)
    )
    reason = _reason()
    operationReference = reference()


class RestartBody(Schema):
    """At which elements the new case begins, and the event of history whose variables it takes over (when
    the first of the elements last began, if it is left out)."""

    elementIds = texts(required=True, validate=validate.Length(min=1, max=500))
    sequence = Whole(load_default=None, allow_none=True, validate=validate.Range(min=0, max=2**31 - 1))
    reason = _reason()


class AdHocElement(Schema):
    elementId = fields.String(required=True)
    variables = variables()


class AdHocBody(Schema):
    """The elements that begin."""

    elements = fields.List(fields.Nested(AdHocElement), required=True, validate=validate.Length(min=1, max=500))
    cancelRemainingInstances = Truth(load_default=False, allow_none=True)
    reason = _reason()


class BusinessIdBody(Schema):
    businessId = fields.String(required=True, validate=validate.Length(min=1, max=256))
    reason = _reason()
    operationReference = reference()


class DueTimeBody(Schema):
    """When the timer of the event `elementId` (the only one, if it is left out) is due."""

    dueDate = moment(required=True)
    elementId = _optional_text()
    reason = _reason()
