"""The cases of a person, and where they stand."""

from __future__ import annotations

from marshmallow import INCLUDE, Schema, fields

from api.schemas.base import PageWanted, Truth, Words, key, moment, result_of
from api.schemas.instances import ProcessInstance
from engine.queries.my_cases import PARTS, TURNS


class StandingStep(Schema):
    """An element that a case waits in; of a task also whose turn it is."""

    elementId = fields.String(required=True)
    name = fields.Nested(Words, required=True)
    type = fields.String(required=True)
    since = moment(required=True)
    userTaskKey = key(required=True, allow_none=True)
    assignee = fields.String(required=True, allow_none=True)
    candidateGroups = fields.List(fields.String(), required=True)
    dueBy = moment(required=True, allow_none=True)
    mine = Truth(required=True)


class MyCase(ProcessInstance):  # type: ignore[misc, valid-type]  # that class is made from the noun
    """A case with the part that one had in it. `dueBy` is when the next of it should be done."""

    part = fields.String(required=True, metadata={"enum": list(PARTS)})
    late = Truth(required=True)
    dueBy = moment(required=True, allow_none=True)
    steps = fields.List(fields.Nested(StandingStep), required=True)


class MyCaseFilter(Schema):
    """What narrows the list. `late`: whether something of the case should have been done by now."""

    text = fields.Raw()
    state = fields.Raw()
    processDefinitionId = fields.Raw()
    part = fields.String(allow_none=True, metadata={"enum": list(PARTS)})
    turn = fields.String(allow_none=True, metadata={"enum": list(TURNS)})
    late = Truth(allow_none=True)


class MyCaseSearch(Schema):
    """The latest case comes first."""

    filter = fields.Nested(MyCaseFilter, load_default=dict)
    page = fields.Nested(PageWanted, unknown=INCLUDE, load_default=dict)


MyCaseResult = result_of(MyCase, "MyCase")
