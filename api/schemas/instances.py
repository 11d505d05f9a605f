"""Process instances, element instances, variables, and the evidence of a case."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from api.schemas.base import (
    Truth,
    Whole,
    Words,
    key,
    moment,
    reference,
    result_of,
    schema_of,
    search_of,
    tenant,
    texts,
    variables,
)
from engine.commands.write_comment import MAX_MENTIONS
from engine.queries.elements import ELEMENT_INSTANCE, VARIABLE
from engine.queries.evidence import COMMENT, NOTIFICATION
from engine.queries.instances import PROCESS_INSTANCE
from engine.queries.readers import READER

ProcessInstance = schema_of(PROCESS_INSTANCE)
ProcessInstanceSearch = search_of(PROCESS_INSTANCE)
ProcessInstanceResult = result_of(ProcessInstance, "ProcessInstance")
ElementInstance = schema_of(ELEMENT_INSTANCE)
ElementInstanceSearch = search_of(ELEMENT_INSTANCE)
ElementInstanceResult = result_of(ElementInstance, "ElementInstance")
Variable = schema_of(VARIABLE)
ListedVariable = type("ListedVariable", (Variable,), {"isTruncated": Truth(required=True)})
VariableSearch = search_of(VARIABLE)
VariableResult = result_of(ListedVariable, "Variable")
Comment = schema_of(COMMENT)
Comments = Schema.from_dict({"items": fields.List(fields.Nested(Comment), required=True)}, name="Comments")
ReaderSearch = search_of(READER)
ReaderResult = result_of(schema_of(READER), "Reader")
Notification = schema_of(NOTIFICATION)
NotificationSearch = search_of(NOTIFICATION)
NotificationResult = result_of(Notification, "Notification")


class StartInstruction(Schema):
    elementId = fields.String(required=True)


class CreationBody(Schema):
    """Which process (by key, or by id with a version or a version tag), and with what."""

    processDefinitionKey = key(load_default=None, allow_none=True)
    processDefinitionId = fields.String(load_default=None, allow_none=True)
    processDefinitionVersion = Whole(load_default=-1, allow_none=True)
    processDefinitionVersionTag = fields.String(load_default=None, allow_none=True)
    variables = variables()
    tenantId = tenant()
    operationReference = reference()
    awaitCompletion = Truth(load_default=False, allow_none=True)
    requestTimeout = Whole(load_default=0, allow_none=True)
    fetchVariables = texts(load_default=list, allow_none=True)
    startInstructions = fields.List(fields.Nested(StartInstruction), load_default=list, validate=validate.Length(max=1))
    runtimeInstructions = fields.List(fields.Dict(), load_default=list, validate=validate.Length(max=0))
    tags = fields.List(
        fields.String(validate=validate.Regexp(r"[A-Za-z][A-Za-z0-9_\-:.]{0,99}\Z")),
        load_default=list,
        allow_none=True,
        validate=validate.Length(max=10),
    )
    businessId = fields.String(load_default=None, allow_none=True, validate=validate.Length(min=1, max=256))


class CreatedInstance(Schema):
    processInstanceKey = key(required=True)
    processDefinitionKey = key(required=True)
    processDefinitionId = fields.String(required=True)
    processDefinitionVersion = Whole(required=True)
    tenantId = fields.String(required=True)
    variables = fields.Dict(required=True)
    tags = texts(required=True)
    businessId = fields.String(required=True, allow_none=True)


class ReferenceBody(Schema):
    operationReference = reference()


class VariablesBody(Schema):
    variables = fields.Dict(keys=fields.String(validate=validate.Length(min=1, max=256)), required=True)
    local = Truth(load_default=False, allow_none=True)
    operationReference = reference()


class CorrectionBody(Schema):
    """New values for what the start form asked."""

    variables = fields.Dict(keys=fields.String(validate=validate.Length(min=1, max=256)), required=True)


class CommentBody(Schema):
    text = fields.String(required=True, validate=validate.Length(min=1, max=10_000))
    userTaskKey = key(load_default=None, allow_none=True)
    mentions = texts(load_default=list, validate=validate.Length(max=MAX_MENTIONS))


class Ancestor(Schema):
    processInstanceKey = key(required=True)
    processDefinitionKey = key(required=True)
    processDefinitionName = fields.String(required=True)


class SequenceFlow(Schema):
    sequenceFlowId = fields.String(required=True)
    elementId = fields.String(required=True)
    processInstanceKey = key(required=True)
    rootProcessInstanceKey = key(required=True, allow_none=True)
    processDefinitionKey = key(required=True)
    processDefinitionId = fields.String(required=True)
    tenantId = fields.String(required=True)


class SequenceFlows(Schema):
    items = fields.List(fields.Nested(SequenceFlow), required=True)


class Evidence(Schema):
    """What a control point is bound to."""

    type = fields.String(required=True)
    field = fields.String(required=True, allow_none=True)
    expression = fields.String(required=True, allow_none=True)
    decisionId = fields.String(required=True, allow_none=True)
    deadlineId = fields.String(required=True, allow_none=True)
    lateReasonsField = fields.String(required=True, allow_none=True)


class ControlPoint(Schema):
    controlPointId = fields.String(required=True)
    text = fields.Nested(Words, required=True)
    mandatory = Truth(required=True)
    binding = fields.Nested(Evidence, required=True)
    state = fields.String(required=True, metadata={"enum": ["OPEN", "PASSED", "FAILED", "WAIVED"]})
    detail = fields.Raw(required=True, allow_none=True)
    recordedAt = moment(required=True, allow_none=True)
    recordedBy = fields.String(required=True, allow_none=True)
    elementId = fields.String(required=True)
    userTaskKey = key(required=True)


class ControlPoints(Schema):
    items = fields.List(fields.Nested(ControlPoint), required=True)


class HistoryEvent(Schema):
    """One thing that happened; `hash` is the head of the chain after it."""

    sequence = Whole(required=True)
    at = moment(required=True)
    type = fields.String(required=True)
    actor = fields.String(required=True)
    onBehalfOf = fields.String(required=True, allow_none=True)
    elementId = fields.String(required=True, allow_none=True)
    elementName = fields.String(required=True, allow_none=True)
    elementInstanceKey = key(required=True, allow_none=True)
    data = fields.Dict(required=True)
    hash = fields.String(required=True)


class HistoryPage(Schema):
    hasMore = Truth(required=True)
    lastSequence = Whole(required=True)


class HistoryArchive(Schema):
    """The file that the first events of a case were moved to; they are not in the database any more."""

    archive = Whole(required=True, metadata={"description": "its number, with which the name of the file begins"})
    madeAt = fields.String(required=True)
    events = Whole(required=True, metadata={"description": "how many of the first events are in it"})


class History(Schema):
    items = fields.List(fields.Nested(HistoryEvent), required=True)
    page = fields.Nested(HistoryPage, required=True)
    archive = fields.Nested(HistoryArchive, required=True, allow_none=True)


class SignedHistory(Schema):
    checkpoint = Whole(required=True)
    madeAt = fields.String(required=True)
    events = Whole(required=True, metadata={"description": "how many of the first events it covers"})
    agrees = Truth(required=True, metadata={"description": "whether they are those that were signed"})


class Verification(Schema):
    valid = Truth(required=True)
    events = Whole(required=True)
    head = fields.String(required=True)
    firstBadSequence = Whole(required=True, allow_none=True)
    signed = fields.Nested(SignedHistory, required=True, allow_none=True)
    archive = fields.Nested(HistoryArchive, required=True, allow_none=True)


class PastVariable(Schema):
    name = fields.String(required=True)
    value = fields.String(required=True)
    scopeKey = key(required=True)


class PastVariables(Schema):
    items = fields.List(fields.Nested(PastVariable), required=True)
    sequence = Whole(required=True)
