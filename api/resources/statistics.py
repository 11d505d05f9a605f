"""How much is at work, and incidents of a whole case or element."""

from __future__ import annotations

from typing import Any

from api.blueprint import Room
from api.context import read, run, runtime
from api.schemas.batches import BatchCreated
from api.schemas.instances import ReferenceBody
from api.schemas.waits import (
    ProcessesAtWork,
    ProcessesAtWorkSearch,
    VersionsAtWork,
    VersionsAtWorkSearch,
)
from api.schemas.work import IncidentCauses, IncidentCauseSearch, IncidentResult, IncidentSearch
from api.views import diagram, wanted
from engine.commands.resolve_incidents import ResolveIncidents
from engine.queries.causes import count_by_cause
from engine.queries.statistics import count_by_process, count_by_version
from engine.queries.work import search_element_incidents

blp = Room("statistics", __name__, url_prefix="/v2", description="How much is at work, and what is stuck")
READ = "process-instance:read"


@blp.operation(
    "POST",
    "/process-definitions/statistics/process-instances",
    permission=READ,
    body=ProcessesAtWorkSearch,
    returns=ProcessesAtWork,
)
def by_process(body: dict[str, Any]) -> Any:
    """The running cases that one may see, by process."""
    return read(count_by_process, wanted(body), runtime().clock.now())


@blp.operation(
    "POST",
    "/process-definitions/statistics/process-instances-by-version",
    permission=READ,
    body=VersionsAtWorkSearch,
    returns=VersionsAtWork,
)
def by_version(body: dict[str, Any]) -> Any:
    """The running cases that one may see, by version of the process in the filter."""
    return read(count_by_version, wanted(body), runtime().clock.now())


@blp.operation(
    "POST",
    "/incidents/statistics/causes",
    permission="incident:read",
    body=IncidentCauseSearch,
    returns=IncidentCauses,
)
def by_cause(body: dict[str, Any]) -> Any:
    """The open incidents of cases that one may see, by process, element, kind and text; each with how many cases."""
    return read(count_by_cause, diagram, wanted(body))


@blp.operation(
    "POST",
    "/element-instances/<key:key>/incidents/search",
    permission="incident:read",
    body=IncidentSearch,
    returns=IncidentResult,
    errors=(404,),
)
def element_incidents(body: dict[str, Any], key: int) -> Any:
    """Search the incidents of an element and of everything inside it."""
    return read(search_element_incidents, wanted(body), key)


@blp.operation(
    "POST",
    "/process-instances/<key:key>/incident-resolution",
    permission="incident:resolve",
    body=ReferenceBody,
    returns=BatchCreated,
    errors=(404, 409),
)
def resolve_all(_body: dict[str, Any], key: int) -> Any:
    """Try again everything that incidents stopped in the case; a job without retries left gets one."""
    return run(ResolveIncidents(key))
