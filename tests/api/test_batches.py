"""Batch operations over HTTP: asked for, followed, held; and what is wrong is refused before anything happens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from api.runtime import Runtime
from engine.commands.classify_instance import ClassifyInstance
from engine.commands.set_clearance import SetClearance
from engine.jobs.batches import run_batches
from engine.model.actor import SYSTEM
from engine.model.text_hash import text_hash
from tests.api.conftest import Caller
from tests.api.test_command_permissions import contents
from tests.api.world import World

Callers = Callable[[str | None], Caller]
At = tuple[Runtime, World]


def settle(runtime: Runtime) -> None:
    while run_batches(runtime.bus):
        pass


def test_a_cancellation_is_followed_to_its_end(at_work: At, calling: Callers) -> None:
    narrow, (runtime, world) = calling("narrow"), at_work
    why = "the register was closed"
    wanted = {"filter": {"processDefinitionId": "sdk-order"}, "reason": why}
    made = narrow.post("/process-instances/cancellation", wanted)
    assert made["batchOperationType"] == "CANCEL_PROCESS_INSTANCE"
    key = made["batchOperationKey"]
    waits = narrow.get(f"/batch-operations/{key}")
    assert (waits["state"], waits["startDate"], waits["operationsTotalCount"]) == ("CREATED", None, 0)
    settle(runtime)
    assert narrow.get(f"/batch-operations/{key}") | {"startDate": None, "endDate": None} == {
        "batchOperationKey": key, "batchOperationType": "CANCEL_PROCESS_INSTANCE", "state": "COMPLETED",
        "startDate": None, "endDate": None, "actorType": "USER", "actorId": "narrow", "errors": [],
        "reason": why,
        "operationsTotalCount": 3, "operationsCompletedCount": 3, "operationsFailedCount": 0,
    }  # fmt: skip
    items = narrow.post("/batch-operation-items/search", {"filter": {"batchOperationKey": key}})["items"]
    assert [item["itemKey"] for item in items] == [str(k) for k in (world.waiting, world.working, world.broken)]
    assert {(item["state"], item["errorMessage"], item["operationType"]) for item in items} == {
        ("COMPLETED", None, "CANCEL_PROCESS_INSTANCE")
    }
    of_type = {"filter": {"operationType": "cancel_process_instance"}, "sort": [{"field": "endDate", "order": "DESC"}]}
    assert [b["batchOperationKey"] for b in narrow.post("/batch-operations/search", of_type)["items"]] == [key]


def test_holding_and_calling_off(at_work: At, calling: Callers) -> None:
    narrow, (runtime, world) = calling("narrow"), at_work
    made = narrow.post("/process-instances/suspension", {"filter": {"processInstanceKey": str(world.waiting)}})
    one = f"/batch-operations/{made['batchOperationKey']}"
    narrow.post(f"{one}/suspension")
    settle(runtime)
    assert narrow.get(one)["state"] == "SUSPENDED"
    narrow.post(f"{one}/resumption", {})
    narrow.post(f"{one}/cancellation")
    assert narrow.get(one)["state"] == "CANCELED"
    for wrong in ("suspension", "resumption", "cancellation"):
        assert narrow("POST", f"{one}/{wrong}").status_code == 409
        assert narrow("POST", f"/batch-operations/1/{wrong}").status_code == 404
    assert calling("other")("POST", f"{one}/cancellation").status_code == 403
    assert narrow.get(f"/process-instances/{world.waiting}")["state"] == "ACTIVE"


@pytest.mark.parametrize(
    ("route", "body"),
    [
        ("cancellation", None),
        ("cancellation", {"filter": {"colour": "red"}}),
        ("cancellation", {"filter": {"state": "COMPLETED"}}),
        ("cancellation", {"filter": {"state": {"$in": ["ACTIVE", "TERMINATED"]}}}),
        ("deletion", {"filter": {"state": "ACTIVE"}}),
        ("suspension", {"filter": []}),
        ("resumption", {"filter": {}, "surprise": 1}),
        ("incident-resolution", {"filter": {"hasIncident": "yes"}}),
        ("incident-resolution", {"filter": {"batchOperationKey": "1", "batchOperationId": "1"}}),
        ("migration", {"filter": {}}),
        ("migration", {"filter": {}, "migrationPlan": {"targetProcessDefinitionKey": "1", "mappingInstructions": []}}),
        ("modification", {"filter": {}, "moveInstructions": []}),
        ("modification", {"filter": {}, "moveInstructions": [{"sourceElementId": "a"}]}),
        ("suspension", {"filter": {}, "reason": "x" * 2001}),
    ],
)
def test_what_is_wrong_is_refused_at_once(route: str, body: Any, at_work: At, calling: Callers) -> None:
    before = contents(at_work[0])
    answer = calling("narrow")("POST", f"/process-instances/{route}", body)
    assert answer.status_code == 400, answer.text
    assert contents(at_work[0]) == before


def test_a_state_narrows_a_cancellation_and_is_overridden_elsewhere(at_work: At, calling: Callers) -> None:
    narrow, (runtime, world) = calling("narrow"), at_work
    narrow.post(f"/process-instances/{world.waiting}/suspension", {})
    wanted = {"filter": {"state": "suspended", "parentProcessInstanceKey": "5"}}
    key = narrow.post("/process-instances/cancellation", wanted)["batchOperationKey"]
    settle(runtime)
    assert narrow.get(f"/batch-operations/{key}")["operationsTotalCount"] == 1
    assert narrow.get(f"/process-instances/{world.waiting}")["state"] == "TERMINATED"
    key = narrow.post("/process-instances/suspension", {"filter": {"state": "COMPLETED"}})["batchOperationKey"]
    settle(runtime)
    assert narrow.get(f"/batch-operations/{key}")["operationsCompletedCount"] == 2


def test_the_cases_of_an_operation_are_found(at_work: At, calling: Callers) -> None:
    narrow, (_, world) = calling("narrow"), at_work
    batch, every = str(world.batch), {str(k) for k in (world.waiting, world.working, world.broken)}

    def found(value: Any, name: str = "batchOperationKey", noun: str = "process-instances") -> set[str]:
        items = narrow.post(f"/{noun}/search", {"filter": {name: value}})["items"]
        return {item["processInstanceKey"] for item in items}

    hit = {str(world.waiting)}
    for value in (batch, {"$eq": batch}, {"$in": ["1", batch]}, {"$exists": True}, {"$like": "*"}):
        assert found(value) == found(value, "batchOperationId") == hit
        assert found(value, noun="element-instances") == hit
    for value in ({"$neq": batch}, {"$notIn": [batch]}, {"$exists": False}):
        assert found(value) == every - hit
    assert found("1") == set()
    both = {"filter": {"batchOperationKey": batch, "batchOperationId": batch}}
    for noun in ("process-instances", "element-instances"):
        assert narrow("POST", f"/{noun}/search", both).status_code == 400


def test_cases_are_found_by_the_number_of_an_incident(at_work: At, calling: Callers) -> None:
    narrow, (_, world) = calling("narrow"), at_work
    message = narrow.get(f"/incidents/{world.incident}")["errorMessage"]
    wanted = {"filter": {"incidentErrorHashCode": text_hash(message)}}
    (item,) = narrow.post("/process-instances/search", wanted)["items"]
    assert item["processInstanceKey"] == str(world.broken)
    wanted = {"filter": {"incidentErrorHashCode": {"$neq": text_hash(message)}}}
    assert narrow.post("/process-instances/search", wanted)["items"] == []
    assert narrow("POST", "/process-instances/search", {"filter": {"incidentErrorHashCode": "x"}}).status_code == 400


@pytest.mark.parametrize(
    ("text", "number"),
    [("", 0), ("a", 97), ("Hello", 69609650), ("กข", 114721), ("😀", 1772899), ("polygenelubricants", -(1 << 31))],
)
def test_the_number_of_a_text(text: str, number: int) -> None:
    assert text_hash(text) == number


def test_a_repeated_request_is_one_operation(at_work: At, calling: Callers) -> None:
    narrow, (runtime, _) = calling("narrow"), at_work
    asked = ("/process-instances/cancellation", {"filter": {}})
    first = narrow.post(*asked, headers={"Idempotency-Key": "once"})
    settle(runtime)
    assert narrow.post(*asked, headers={"Idempotency-Key": "once"}) == first


def test_a_case_is_deleted_and_its_history_read(at_work: At, calling: Callers) -> None:
    narrow, admin, (_, world) = calling("narrow"), calling("admin"), at_work
    one = f"/process-instances/{world.waiting}"
    assert admin("POST", f"{one}/deletion").status_code == 409
    narrow.post(f"{one}/cancellation")
    admin.post(f"/legal-holds/{world.hold}/end", {"reason": "the trial is over"})
    assert narrow("POST", f"{one}/deletion").status_code == 403
    admin.post(f"{one}/deletion", {"reason": "พ้นกำหนดเก็บ"})
    assert admin("POST", f"{one}/deletion").status_code == admin("GET", one).status_code == 404
    for gone in ("call-hierarchy", "sequence-flows", "statistics/element-instances", "comments", "control-points"):
        assert admin("GET", f"{one}/{gone}").status_code == 404
    assert calling("auditor").get(f"{one}/history/verification")["valid"]
    last = calling("auditor").get(f"{one}/history")["items"][-1]
    assert (last["type"], last["actor"], last["data"]) == ("instance-deleted", "admin", {"reason": "พ้นกำหนดเก็บ"})
    assert calling("ann")("GET", f"{one}/history").status_code == 404


def test_the_history_of_a_version_goes_as_a_batch(at_work: At, calling: Callers) -> None:
    narrow, admin, (runtime, world) = calling("narrow"), calling("admin"), at_work
    admin.post(f"/legal-holds/{world.hold}/end", {"reason": "the trial is over"})
    narrow.post("/process-instances/cancellation", {"filter": {}})
    settle(runtime)
    assert narrow("POST", f"/resources/{world.resource}/deletion", {"deleteHistory": True}).status_code == 403
    assert narrow.post(f"/resources/{world.resource}/deletion", {})["batchOperation"] is None
    made = admin.post(f"/resources/{world.resource}/deletion", {"deleteHistory": True})
    assert made["batchOperation"]["batchOperationType"] == "DELETE_PROCESS_INSTANCE"
    settle(runtime)
    done = admin.get(f"/batch-operations/{made['batchOperation']['batchOperationKey']}")
    assert (done["state"], done["operationsCompletedCount"]) == ("COMPLETED", 3)
    assert admin.post("/process-instances/search", {})["items"] == []


def test_what_was_deployed_as_text(at_work: At, calling: Callers) -> None:
    ann, (_, world) = calling("ann"), at_work
    for key, kind in ((world.resource, "text/xml; charset=utf-8"), (world.requirements, "text/xml; charset=utf-8")):
        answer = ann("GET", f"/resources/{key}/content")
        assert (answer.status_code, answer.content_type) == (200, kind)
        assert answer.data == ann("GET", f"/resources/{key}/content/binary").data
    assert ann("GET", "/resources/1/content").status_code == 404


def test_who_is_cleared_for_a_case_does_it_to_that_case_too(at_work: At, calling: Callers) -> None:
    runtime, world = at_work
    runtime.bus.run(ClassifyInstance(world.waiting, "secret"), SYSTEM)
    body = {"filter": {"processInstanceKey": str(world.waiting)}}
    done = []
    for clearance in ("confidential", "secret"):
        runtime.bus.run(SetClearance("narrow", clearance), SYSTEM)
        made = calling("narrow").post("/process-instances/suspension", body)
        settle(runtime)
        done.append(calling("narrow").get(f"/batch-operations/{made['batchOperationKey']}")["operationsCompletedCount"])
    assert done == [0, 1]
