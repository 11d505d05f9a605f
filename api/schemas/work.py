"""Jobs, messages, signals, incidents."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from api.schemas.base import (
    Truth,
    Whole,
    Words,
    absent,
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
from engine.queries.causes import INCIDENT_CAUSE
from engine.queries.work import INCIDENT, JOB

Job = schema_of(JOB)
JobSearch = search_of(JOB)
JobResult = result_of(Job, "Job")
Incident = schema_of(INCIDENT)
IncidentSearch = search_of(INCIDENT)
IncidentResult = result_of(Incident, "Incident")
_named = {name: fields.Nested(Words) for name in ("processName", "elementName")}
IncidentCauses = result_of(schema_of(INCIDENT_CAUSE, **_named), "IncidentCause")
IncidentCauseSearch = search_of(INCIDENT_CAUSE)

YEAR_MS = 365 * 86_400_000


def _milliseconds(most: int = YEAR_MS) -> Whole:
    return Whole(load_default=0, allow_none=True, validate=validate.Range(0, most))


class ActivationBody(Schema):
    """`requestTimeout` in ms: how long to wait for a job; 0 leaves it to the server, negative does not wait."""

    type = fields.String(required=True, validate=validate.Length(min=1, max=256))
    timeout = Whole(required=True, validate=validate.Range(1, YEAR_MS))
    maxJobsToActivate = Whole(required=True, validate=validate.Range(1, 1_000))
    worker = fields.String(load_default="", allow_none=True, validate=validate.Length(max=256))
    fetchVariable = texts(load_default=list, allow_none=True)
    requestTimeout = Whole(load_default=0, allow_none=True)
    tenantIds = texts(load_default=list, allow_none=True)
    tenantFilter = fields.String(load_default=None, allow_none=True, validate=validate.OneOf(["PROVIDED", "ASSIGNED"]))
    withLease = Truth(load_default=False, allow_none=True)


class UserTaskOfListener(Schema):
    """The user task that a listener is asked about, as it will be: `changedAttributes` names what changes."""

    action = fields.String(required=True)
    assignee = fields.String(required=True, allow_none=True)
    candidateGroups = texts(required=True)
    candidateUsers = texts(required=True)
    changedAttributes = texts(required=True)
    dueDate = moment(required=True, allow_none=True)
    followUpDate = moment(required=True, allow_none=True)
    formKey = key(required=True, allow_none=True)
    priority = Whole(required=True, allow_none=True)
    userTaskKey = key(required=True, allow_none=True)


class ActivatedJob(Schema):
    """A job handed to a worker until `deadline` (milliseconds since 1970)."""

    jobKey = key(required=True)
    type = fields.String(required=True)
    kind = fields.String(required=True)
    listenerEventType = fields.String(required=True)
    worker = fields.String(required=True)
    retries = Whole(required=True)
    deadline = Whole(required=True)
    variables = fields.Dict(required=True)
    customHeaders = fields.Dict(required=True)
    elementId = fields.String(required=True)
    elementInstanceKey = key(required=True)
    processInstanceKey = key(required=True)
    rootProcessInstanceKey = key(required=True, allow_none=True)
    processDefinitionKey = key(required=True)
    processDefinitionId = fields.String(required=True)
    processDefinitionVersion = Whole(required=True)
    userTask = fields.Nested(UserTaskOfListener, required=True, allow_none=True)
    tags = texts(required=True)
    tenantId = fields.String(required=True)
    physicalTenantId = fields.String(required=True)
    businessId = fields.String(required=True, allow_none=True)
    priority = Whole(required=True)
    jobLeaseToken = fields.String(required=True, allow_none=True)


class ActivatedJobs(Schema):
    jobs = fields.List(fields.Nested(ActivatedJob), required=True)


class Corrections(Schema):
    """What a listener changes of its user task: null or absent keeps, an empty text or list clears."""

    assignee = fields.String(allow_none=True, validate=validate.Length(max=256))
    dueDate = fields.String(allow_none=True)
    followUpDate = fields.String(allow_none=True)
    candidateUsers = texts(allow_none=True)
    candidateGroups = texts(allow_none=True)
    priority = Whole(allow_none=True, validate=validate.Range(0, 100))


class JobResultBody(Schema):
    """What the listener of a user task says beside being done: that it denies, or what it corrects."""

    type = fields.String(allow_none=True, validate=validate.OneOf(["userTask"]))
    denied = Truth(allow_none=True)
    deniedReason = fields.String(allow_none=True, validate=validate.Length(max=4_000))
    corrections = fields.Nested(Corrections, allow_none=True)


class JobCompletionBody(Schema):
    variables = variables()
    result = fields.Nested(JobResultBody, load_default=None, allow_none=True)
    jobLeaseToken = absent()
    businessId = absent()


class JobFailureBody(Schema):
    retries = Whole(load_default=0, allow_none=True, validate=validate.Range(0, 1_000_000))
    errorMessage = fields.String(load_default="", allow_none=True, validate=validate.Length(max=10_000))
    retryBackOff = _milliseconds()
    variables = variables()
    jobLeaseToken = absent()


class JobErrorBody(Schema):
    errorCode = fields.String(required=True, validate=validate.Length(min=1, max=256))
    errorMessage = fields.String(load_default="", allow_none=True, validate=validate.Length(max=10_000))
    variables = variables()
    jobLeaseToken = absent()


class JobChangeset(Schema):
    retries = Whole(allow_none=True, validate=validate.Range(1, 1_000_000))
    timeout = Whole(allow_none=True, validate=validate.Range(0, YEAR_MS))
    priority = Whole(allow_none=True)


class JobUpdateBody(Schema):
    changeset = fields.Nested(JobChangeset, required=True)
    operationReference = reference()
    jobLeaseToken = absent()


class PublicationBody(Schema):
    name = fields.String(required=True, validate=validate.Length(min=1, max=256))
    correlationKey = fields.String(load_default="", allow_none=True, validate=validate.Length(max=256))
    timeToLive = _milliseconds(100 * YEAR_MS)
    messageId = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=256))
    variables = variables()
    tenantId = tenant()
    businessId = absent()


class PublishedMessage(Schema):
    messageKey = key(required=True)
    tenantId = fields.String(required=True)


class CorrelationBody(Schema):
    name = fields.String(required=True, validate=validate.Length(min=1, max=256))
    correlationKey = fields.String(load_default="", allow_none=True, validate=validate.Length(max=256))
    variables = variables()
    tenantId = tenant()
    businessId = absent()


class CorrelatedMessage(Schema):
    messageKey = key(required=True)
    tenantId = fields.String(required=True)
    processInstanceKey = key(required=True)


class SignalBody(Schema):
    signalName = fields.String(required=True, validate=validate.Length(min=1, max=256))
    variables = variables()
    tenantId = tenant()


class BroadcastSignal(Schema):
    signalKey = key(required=True)
    tenantId = fields.String(required=True)


class ResolutionBody(Schema):
    operationReference = reference()
