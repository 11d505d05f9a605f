"""Process instances: start, find, cancel, correct."""

from __future__ import annotations

import time
from typing import Any

from api.answers import tagged
from api.blueprint import Room
from api.context import actor, identity, if_match, read, run, runtime, step_aside
from api.holding import until_over
from api.jsonbody import parse_json
from api.schemas.definitions import ElementCounts
from api.schemas.instances import (
    Ancestor,
    CorrectionBody,
    CreatedInstance,
    CreationBody,
    ProcessInstance,
    ProcessInstanceResult,
    ProcessInstanceSearch,
    SequenceFlows,
)
from api.schemas.operations import ReasonBody
from api.schemas.work import IncidentResult, IncidentSearch
from api.views import TENANT, optional_key, wanted
from engine.commands.cancel_instance import CancelInstance
from engine.commands.correct_variables import CorrectVariables
from engine.commands.create_instance import CreateInstance
from engine.errors import InvalidArgument, NotFound, TimedOut
from engine.queries.elements import search_variables
from engine.queries.instances import (
    get_element_statistics,
    get_hierarchy,
    get_instance,
    get_sequence_flows,
    search_instances,
)
from engine.queries.search import Search
from engine.queries.work import search_incidents

blp = Room("process instances", __name__, url_prefix="/v2/process-instances", description="Cases")
READ = "process-instance:read"
DEFAULT_AWAIT, LONGEST_AWAIT = 10.0, 60.0


@blp.operation(
    "POST",
    "",
    permission="process-instance:create",
    body=CreationBody,
    returns=CreatedInstance,
    errors=(409, 504),
)
def create(body: dict[str, Any]) -> Any:
    """Start a case. In the browser, and for staff everywhere, the variables are answers of the start form."""
    key, identifier = optional_key(body, "processDefinitionKey"), body["processDefinitionId"]
    if (key is None) == (identifier is None):
        raise InvalidArgument("name the process by processDefinitionKey or by processDefinitionId")
    try:
        created = run(_creation(body, key, identifier))
    except NotFound as error:  # clients know no 404 here: it is the body that names nothing
        raise InvalidArgument("there is no such process, or not in this version", **error.members) from error
    made = {**TENANT, "variables": {}, **created}
    return made | _awaited(int(made["processInstanceKey"]), body) if body["awaitCompletion"] else made


def _creation(body: dict[str, Any], key: int | None, identifier: str | None) -> CreateInstance:
    starts = body["startInstructions"]
    by_form = identity().csrf is not None or not actor().roles & {"process-owner", "client"}
    version = body["processDefinitionVersion"]
    return CreateInstance(
        process_id=identifier,
        definition_key=key,
        version=-1 if version is None else version,
        version_tag=body["processDefinitionVersionTag"],
        variables=body["variables"] or {},
        business_id=body["businessId"],
        tags=tuple(dict.fromkeys(body["tags"] or ())),
        start_element=starts[0]["elementId"] if starts else None,
        by_form=by_form,
    )


def _awaited(key: int, body: dict[str, Any]) -> dict[str, Any]:
    """Wait until the case has ended, and return its variables. Raises TimedOut; the case goes on."""
    asked = (body["requestTimeout"] or 0) / 1000
    until = time.monotonic() + min(asked if asked > 0 else DEFAULT_AWAIT, LONGEST_AWAIT)
    if not _over(key):
        if not runtime().polls.take():  # too many wait already
            raise TimedOut(processInstanceKey=str(key))
        step_aside()
        try:
            _wait_until_over(key, until)
        finally:
            runtime().polls.give_back()
    return {"variables": _variables(key, body["fetchVariables"] or [])}


def _over(key: int) -> bool:
    return read(get_instance, key)["state"] not in ("ACTIVE", "SUSPENDED")


def _wait_until_over(key: int, until: float) -> None:
    live = runtime().live
    changes = live.changes
    while not _over(key):
        left = until - time.monotonic()
        if left <= 0 or live.ended:
            raise TimedOut(processInstanceKey=str(key))
        changes = live.wait(changes, min(left, 1.0))


def _variables(key: int, names: list[str]) -> dict[str, Any]:
    chosen: dict[str, Any] = {"scopeKey": str(key)} | ({"name": {"$in": names}} if names else {})
    found = read(search_variables, Search(chosen, (), {"limit": 10_000}), False)
    return {item["name"]: parse_json(item["value"].encode()) for item in found["items"]}


@blp.operation("POST", "/search", permission=READ, body=ProcessInstanceSearch, returns=ProcessInstanceResult)
def search(body: dict[str, Any]) -> Any:
    """Search cases."""
    return read(search_instances, wanted(body))


@blp.operation("GET", "/<key:key>", permission=READ, returns=ProcessInstance, errors=(404,))
def get_one(key: int) -> Any:
    """One case, with its revision as ETag."""
    found = read(get_instance, key)
    return tagged(found, found["rev"])


@blp.operation(
    "POST",
    "/<key:key>/cancellation",
    permission="process-instance:cancel",
    body=ReasonBody,
    status=204,
    errors=(404, 409, 504),
)
def cancel(body: dict[str, Any], key: int) -> None:
    """Cancel a case with everything in it."""
    until_over(run(CancelInstance(key, body["reason"], rev=if_match())))


@blp.operation(
    "POST", "/<key:key>/correction", permission="variable:correct", body=CorrectionBody, status=204, errors=(404, 409)
)
def correct(body: dict[str, Any], key: int) -> None:
    """Correct what the start form asked; timers that depend on it move."""
    run(CorrectVariables(key, body["variables"], rev=if_match()))


@blp.operation(
    "GET",
    "/<key:key>/call-hierarchy",
    permission=READ,
    returns={"application/json": {"schema": {"type": "array", "items": Ancestor}}},
    errors=(404,),
)
def hierarchy(key: int) -> Any:
    """The case's callers, from the outermost down to itself."""
    return read(get_hierarchy, key)


@blp.operation("GET", "/<key:key>/sequence-flows", permission=READ, returns=SequenceFlows, errors=(404,))
def flows(key: int) -> Any:
    """The sequence flows taken."""
    return read(get_sequence_flows, key)


@blp.operation(
    "GET", "/<key:key>/statistics/element-instances", permission=READ, returns=ElementCounts, errors=(404,)
)
def statistics(key: int) -> Any:
    """How often each element is active, completed, canceled in the case."""
    return read(get_element_statistics, key)


@blp.operation(
    "POST",
    "/<key:key>/incidents/search",
    permission="incident:read",
    body=IncidentSearch,
    returns=IncidentResult,
    errors=(404,),
)
def incidents(body: dict[str, Any], key: int) -> Any:
    """Search the incidents of the case."""
    return read(search_incidents, wanted(body), key)
