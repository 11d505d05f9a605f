"""Jobs for workers, messages, signals, incidents."""

from __future__ import annotations

from typing import Any

from api.blueprint import Room
from api.context import read, run
from api.polling import activate
from api.schemas.operations import ReasonBody
from api.schemas.work import (
    ActivatedJobs,
    ActivationBody,
    BroadcastSignal,
    CorrelatedMessage,
    CorrelationBody,
    Incident,
    IncidentResult,
    IncidentSearch,
    JobCompletionBody,
    JobErrorBody,
    JobFailureBody,
    JobResult,
    JobSearch,
    JobUpdateBody,
    PublicationBody,
    PublishedMessage,
    SignalBody,
)
from api.views import TENANT, task_changes, wanted
from engine.commands.broadcast_signal import BroadcastSignal as Broadcast
from engine.commands.complete_job import CompleteJob
from engine.commands.correlate_message import CorrelateMessage
from engine.commands.fail_job import FailJob
from engine.commands.publish_message import PublishMessage
from engine.commands.resolve_incident import ResolveIncident
from engine.commands.throw_job_error import ThrowJobError
from engine.commands.update_job import UpdateJob
from engine.queries.work import get_incident, search_incidents, search_jobs

blp = Room("jobs, messages, incidents", __name__, url_prefix="/v2", description="For workers and other systems")
WORK = "job:work"


@blp.operation("POST", "/jobs/activation", permission=WORK, body=ActivationBody, returns=ActivatedJobs)
def activate_jobs(body: dict[str, Any]) -> Any:
    """Take jobs of a type, waiting for one while there is none."""
    return {"jobs": activate(body)}


@blp.operation(
    "POST", "/jobs/<key:key>/completion", permission=WORK, body=JobCompletionBody, status=204, errors=(404, 409)
)
def complete(body: dict[str, Any], key: int) -> None:
    """The work is done; its variables go to the case. The listener of a user task may deny or correct instead."""
    result = body["result"] or {}
    reason, corrections = result.get("deniedReason"), task_changes(result.get("corrections") or {})
    run(CompleteJob(key, body["variables"] or {}, bool(result.get("denied")), reason, corrections))


@blp.operation("POST", "/jobs/<key:key>/failure", permission=WORK, body=JobFailureBody, status=204, errors=(404, 409))
def fail(body: dict[str, Any], key: int) -> None:
    """The work failed; without retries left this becomes an incident."""
    said, back_off = body["errorMessage"] or "", body["retryBackOff"] or 0
    run(FailJob(key, body["retries"] or 0, said, back_off, body["variables"] or {}))


@blp.operation("POST", "/jobs/<key:key>/error", permission=WORK, body=JobErrorBody, status=204, errors=(404, 409))
def throw_error(body: dict[str, Any], key: int) -> None:
    """The work met an error that the diagram foresees."""
    run(ThrowJobError(key, body["errorCode"], body["errorMessage"] or "", body["variables"] or {}))


@blp.operation("PATCH", "/jobs/<key:key>", permission="job:update", body=JobUpdateBody, status=204, errors=(404, 409))
def update(body: dict[str, Any], key: int) -> None:
    """Change the retries left, the time allowed or the priority."""
    changes = body["changeset"]
    run(UpdateJob(key, changes.get("retries"), changes.get("timeout"), changes.get("priority")))


@blp.operation("POST", "/jobs/search", permission="job:read", body=JobSearch, returns=JobResult)
def find_jobs(body: dict[str, Any]) -> Any:
    """Search jobs."""
    return read(search_jobs, wanted(body))


@blp.operation(
    "POST",
    "/messages/publication",
    permission="message:publish",
    body=PublicationBody,
    returns=PublishedMessage,
    errors=(409,),
)
def publish(body: dict[str, Any]) -> Any:
    """Publish a message; kept for `timeToLive` milliseconds for those who do not wait for it yet."""
    key, variables = body["correlationKey"] or "", body["variables"] or {}
    message = PublishMessage(body["name"], key, body["timeToLive"] or 0, body["messageId"], variables)
    return {**TENANT, **run(message)}


@blp.operation(
    "POST",
    "/messages/correlation",
    permission="message:publish",
    body=CorrelationBody,
    returns=CorrelatedMessage,
    errors=(404,),
)
def correlate(body: dict[str, Any]) -> Any:
    """Correlate a message with the case that waits for it now."""
    return {**TENANT, **run(CorrelateMessage(body["name"], body["correlationKey"] or "", body["variables"] or {}))}


@blp.operation(
    "POST", "/signals/broadcast", permission="signal:broadcast", body=SignalBody, returns=BroadcastSignal
)
def broadcast(body: dict[str, Any]) -> Any:
    """Broadcast a signal to everything that waits for it."""
    return {**TENANT, **run(Broadcast(body["signalName"], body["variables"] or {}))}


@blp.operation(
    "POST", "/incidents/search", permission="incident:read", body=IncidentSearch, returns=IncidentResult
)
def find_incidents(body: dict[str, Any]) -> Any:
    """Search incidents."""
    return read(search_incidents, wanted(body))


@blp.operation("GET", "/incidents/<key:key>", permission="incident:read", returns=Incident, errors=(404,))
def get_one_incident(key: int) -> Any:
    """One incident."""
    return read(get_incident, key)


@blp.operation(
    "POST",
    "/incidents/<key:key>/resolution",
    permission="incident:resolve",
    body=ReasonBody,
    status=204,
    errors=(404, 409),
)
def resolve(body: dict[str, Any], key: int) -> None:
    """Try again what the incident stopped."""
    run(ResolveIncident(key, body["reason"]))
