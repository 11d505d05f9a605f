"""Open incidents by what they have in common: counted, named, found again among incidents, tried again together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from api.runtime import Runtime
from engine.commands.activate_jobs import ActivateJobs
from engine.commands.classify_instance import ClassifyInstance
from engine.commands.fail_job import FailJob
from engine.commands.set_clearance import SetClearance
from engine.jobs.batches import run_batches
from engine.model.actor import SYSTEM
from tests.api.conftest import Caller
from tests.api.world import World, actor, to_job

Callers = Callable[[str | None], Caller]
At = tuple[Runtime, World]
CAUSES = "/incidents/statistics/causes"


def fail_another(runtime: Runtime, order: str, said: str) -> int:
    """The key of a new case whose job has failed for good with this text."""
    case = to_job(runtime, order)
    worker = actor(runtime, "worker")
    jobs = runtime.bus.run(ActivateJobs("sdk-pack", "w", 60_000, 100), worker)
    job = next(int(j["jobKey"]) for j in jobs if j["processInstanceKey"] == str(case))
    runtime.bus.run(FailJob(job, 0, said), worker)
    return case


def causes(caller: Caller, **body: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = caller.post(CAUSES, body)["items"]
    return found


def test_incidents_with_one_text_at_one_element_are_one_cause(at_work: At, calling: Callers) -> None:
    (runtime, world), narrow = at_work, calling("narrow")
    (first,) = causes(narrow)
    (known,) = narrow.post("/incidents/search", {"filter": {"state": "ACTIVE"}})["items"]
    assert first["causeKey"] == known["incidentKey"]
    assert (first["incidentCount"], first["processInstanceCount"]) == (1, 1)
    assert first["elementName"].keys() == first["processName"].keys() == {"th", "en"}
    same, other = fail_another(runtime, "s", known["errorMessage"]), fail_another(runtime, "o", "no paper")
    both, one = causes(narrow, sort=[{"field": "processInstanceCount", "order": "DESC"}])
    assert (both["incidentCount"], one["errorMessage"]) == (2, "no paper")
    wanted = {name: both[name] for name in ("processDefinitionId", "elementId", "errorType", "errorMessage")}
    found = narrow.post("/incidents/search", {"filter": {**wanted, "state": "ACTIVE"}})["items"]
    assert {i["processInstanceKey"] for i in found} == {str(same), str(world.broken)}
    assert all("businessId" in i for i in found)
    again = {"processDefinitionId": both["processDefinitionId"], "elementId": both["elementId"]}
    again |= {"incidentErrorHashCode": both["errorHashCode"], "hasElementInstanceIncident": True}
    made = narrow.post("/process-instances/incident-resolution", {"filter": again, "reason": "there are boxes"})
    while run_batches(runtime.bus):
        pass
    assert narrow.get(f"/batch-operations/{made['batchOperationKey']}")["operationsCompletedCount"] == 2
    assert [cause["errorMessage"] for cause in causes(narrow)] == ["no paper"]
    assert str(other) in str(narrow.post("/incidents/search", {"filter": {"state": "ACTIVE"}}))


def test_pages_of_causes_neither_lose_nor_repeat_any(at_work: At, calling: Callers) -> None:
    narrow = calling("narrow")
    for number in range(3):
        fail_another(at_work[0], f"n{number}", f"reason {number}")
    sort = [{"field": "latestDate", "order": "DESC"}]
    seen: list[str] = []
    after: dict[str, Any] = {}
    while True:
        answer = narrow.post(CAUSES, {"sort": sort, "page": {"limit": 1, **after}})
        if not answer["items"]:
            break
        seen += [item["causeKey"] for item in answer["items"]]
        after = {"after": answer["page"]["endCursor"]}
    assert len(seen) == len(set(seen)) == 4


def test_a_case_above_ones_clearance_is_in_no_count(at_work: At, calling: Callers) -> None:
    runtime, world = at_work
    runtime.bus.run(SetClearance("admin", "secret"), SYSTEM)
    runtime.bus.run(ClassifyInstance(world.broken, "secret"), SYSTEM)
    assert causes(calling("auditor")) == []
    assert len(causes(calling("admin"))) == 1


@pytest.mark.parametrize(
    "body",
    [
        {"filter": {"colour": "red"}},
        {"filter": {"errorHashCode": 1}},
        {"sort": [{"field": "elementName"}]},
        {"page": {"limit": 0}},
        {"page": {"after": "%"}},
        [],
    ],
)
def test_what_is_wrong_is_refused(body: Any, at_work: At, calling: Callers) -> None:
    assert calling("narrow")("POST", CAUSES, body).status_code == 400
