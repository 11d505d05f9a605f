"""What waits, what reached it, and how much is at work."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from api.schemas.base import Whole, key, result_of, schema_of, search_of, tenant
from engine.queries.messages import CORRELATED_MESSAGE, MESSAGE_SUBSCRIPTION, START_ARRIVAL
from engine.queries.statistics import PROCESSES_AT_WORK, VERSIONS_AT_WORK
from engine.queries.waits import INNER, WAIT

MessageSubscription = schema_of(MESSAGE_SUBSCRIPTION)
MessageSubscriptionSearch = search_of(MESSAGE_SUBSCRIPTION)
MessageSubscriptionResult = result_of(MessageSubscription, "MessageSubscription")
CorrelatedMessage = schema_of(CORRELATED_MESSAGE)
CorrelatedMessageSearch = search_of(CORRELATED_MESSAGE)
CorrelatedMessageResult = result_of(CorrelatedMessage, "CorrelatedMessageSubscription")
StartArrival = schema_of(START_ARRIVAL)
StartArrivalSearch = search_of(START_ARRIVAL)
StartArrivalResult = result_of(StartArrival, "StartArrival")
ProcessesAtWork = result_of(schema_of(PROCESSES_AT_WORK), "ProcessDefinitionInstanceStatistics")
ProcessesAtWorkSearch = search_of(PROCESSES_AT_WORK)
VersionsAtWork = result_of(schema_of(VERSIONS_AT_WORK), "ProcessDefinitionInstanceVersionStatistics")
VersionsAtWorkSearch = search_of(VERSIONS_AT_WORK)


class WaitState(schema_of(WAIT)):  # type: ignore[misc]  # that class is made from the noun
    """`details` says what is waited for, by `waitStateType`: USER_TASK {taskKey, dueDate}, JOB {jobKey, jobType,
    jobKind, listenerEventType, retries}, TIMER {dueDate in milliseconds since 1970, repetitions}, MESSAGE
    {messageName, correlationKey}, SIGNAL {signalName}."""

    class Meta:
        exclude = INNER

    details = fields.Dict(required=True)


WaitStateSearch = search_of(WAIT)
WaitStateResult = result_of(WaitState, "ElementInstanceWaitState")


class WaitCount(Schema):
    elementId = fields.String(required=True)
    waitingCount = Whole(required=True)


class WaitCounts(Schema):
    items = fields.List(fields.Nested(WaitCount), required=True)


class ConditionsBody(Schema):
    variables = fields.Dict(keys=fields.String(validate=validate.Length(min=1, max=256)), required=True)
    processDefinitionKey = key(load_default=None, allow_none=True)
    tenantId = tenant()


class StartedInstance(Schema):
    processInstanceKey = key(required=True)
    processDefinitionKey = key(required=True)


class EvaluatedConditions(Schema):
    """The cases that were started."""

    conditionalEvaluationKey = key(required=True)
    tenantId = fields.String(required=True)
    processInstances = fields.List(fields.Nested(StartedInstance), required=True)
