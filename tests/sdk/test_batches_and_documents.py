"""Batch operations, deletion and documents with the official Python SDK, unmodified, against a real server."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import camunda_orchestration_sdk as sdk
import httpx
import pytest
from camunda_orchestration_sdk import CamundaClient
from camunda_orchestration_sdk.errors import ApiError
from camunda_orchestration_sdk.types import File

from tests.sdk.conftest import Server
from tests.sdk.test_python_sdk import client_of, query, start

SAME = [{"sourceElementId": "Task_Check", "targetElementId": "Task_Check"}]


@pytest.fixture
def owner(server: Server) -> Iterator[CamundaClient]:
    with client_of(server, "owner") as client:
        client.deploy_resources_from_files([Path(__file__).parent / "order.bpmn"])
        yield client


@pytest.fixture
def admin(server: Server) -> Iterator[CamundaClient]:
    with client_of(server, "admin") as client:
        yield client


def test_many_cases(owner: CamundaClient, admin: CamundaClient) -> None:
    ask_for_many(owner, admin)


def test_an_operation_is_held_and_called_off(owner: CamundaClient) -> None:
    hold_and_call_off(owner)


def test_documents(owner: CamundaClient) -> None:
    hand_in(owner)


def ask_for_many(owner: CamundaClient, admin: CamundaClient) -> None:
    """Everything that can be done to many cases, to one; each waits for the one before it."""
    key = start(owner, orderId=uuid.uuid4().hex).process_instance_key
    definition = owner.get_process_instance(key).process_definition_key
    one = {"filter": {"processInstanceKey": key}}
    plan = {"migrationPlan": {"targetProcessDefinitionKey": definition, "mappingInstructions": SAME}}
    held = owner.suspend_process_instances_batch_operation(data=request("Suspension", **one))
    done = [wait_until_ended(owner, held)]
    goes_on = owner.resume_process_instances_batch_operation(data=request("Resumption", **one))
    done.append(wait_until_ended(owner, goes_on))
    moved = owner.modify_process_instances_batch_operation(data=request("Modification", **one, moveInstructions=SAME))
    done.append(wait_until_ended(owner, moved))
    carried = owner.migrate_process_instances_batch_operation(data=request("Migration", **one, **plan))
    done.append(wait_until_ended(owner, carried))
    resolved = owner.resolve_incidents_batch_operation(data=request("IncidentResolution", **one))
    done.append(wait_until_ended(owner, resolved))
    cancelled = owner.cancel_process_instances_batch_operation(data=request("Cancellation", **one))
    done.append(wait_until_ended(owner, cancelled))
    deleted = admin.delete_process_instances_batch_operation(data=request("Deletion", **one))
    done.append(wait_until_ended(admin, deleted))
    assert [operation.operations_completed_count for operation in done] == [1, 1, 1, 1, 0, 1, 1]
    assert {operation.actor_id for operation in done} == {"owner", "admin"}
    shown = admin.get_batch_operation(deleted.batch_operation_key)
    assert (shown.batch_operation_type.value, shown.state.value) == ("DELETE_PROCESS_INSTANCE", "COMPLETED")
    of_case = query(sdk.BatchOperationItemSearchQuery, filter={"processInstanceKey": key})
    items = admin.search_batch_operation_items(data=of_case).items
    assert {item.state.value for item in items} == {"COMPLETED"} and len(items) == 6
    by_type = query(sdk.BatchOperationSearchQuery, filter={"operationType": "DELETE_PROCESS_INSTANCE"})
    assert deleted.batch_operation_key in {o.batch_operation_key for o in admin.search_batch_operations(data=by_type).items}
    gone = start(owner, orderId=uuid.uuid4().hex).process_instance_key
    owner.cancel_process_instance(gone, data=None)
    admin.delete_process_instance(gone, data=None)


def request(name: str, **body: Any) -> Any:
    """The SDK's request of one kind."""
    return query(getattr(sdk, f"ProcessInstance{name}BatchOperationRequest"), **body)


def wait_until_ended(client: CamundaClient, made: Any) -> Any:
    """The operation, once it has ended."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        found = client.get_batch_operation(made.batch_operation_key)
        if found.end_date is not None:
            return found
        time.sleep(0.02)
    raise AssertionError("the batch operation does not end")


def hold_and_call_off(owner: CamundaClient) -> None:
    """Two operations that were suspended in time; one goes on, the other does not."""
    for _ in range(10):
        start(owner, orderId=uuid.uuid4().hex)
    wanted = {"processDefinitionId": "sdk-order", "elementId": "Task_Check"}
    asked = request("Modification", filter=wanted, moveInstructions=SAME)
    held: list[Any] = []
    for _ in range(50):  # of several, one is not fast enough to end before it is suspended
        made = owner.modify_process_instances_batch_operation(data=asked)
        try:
            owner.suspend_batch_operation(made.batch_operation_key)
        except ApiError:
            wait_until_ended(owner, made)
            continue
        held.append(made)
        if len(held) == 2:
            break
    resumed, cancelled = held
    owner.resume_batch_operation(resumed.batch_operation_key)
    owner.cancel_batch_operation(cancelled.batch_operation_key)
    assert wait_until_ended(owner, cancelled).state.value == "CANCELED"
    assert wait_until_ended(owner, resumed).state.value in ("COMPLETED", "PARTIALLY_COMPLETED")


def hand_in(owner: CamundaClient) -> None:
    """A document goes in, comes out, is linked to, and taken away; several at once."""
    said = sdk.DocumentMetadata.from_dict({"fileName": "รายงาน.pdf", "customProperties": {"หน้า": 3}})
    paper = File(payload=BytesIO(b"%PDF"), file_name="a.pdf", mime_type="application/pdf")
    made = owner.create_document(data=sdk.CreateDocumentData(file=paper, metadata=said))
    assert (made.metadata.file_name, made.metadata.size) == ("รายงาน.pdf", 4)
    got = owner.get_document(made.document_id, content_hash=made.content_hash)
    assert got.payload.read() == b"%PDF"
    link = owner.create_document_link(made.document_id, data=sdk.DocumentLinkRequest(time_to_live=60_000))
    assert httpx.get(link.url).content == b"%PDF"
    papers = [File(payload=BytesIO(b"%PDF"), file_name=name) for name in ("a", "b")]
    several = owner.create_documents(data=sdk.CreateDocumentsData(files=papers, metadata_list=[said, said]))
    assert len(several.created_documents) == 2
    owner.delete_document(made.document_id)
