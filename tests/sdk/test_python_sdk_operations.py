"""The official Python SDK, unmodified: operations on running cases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import camunda_orchestration_sdk as sdk
import pytest
from camunda_orchestration_sdk import CamundaClient
from camunda_orchestration_sdk import errors as sdk_errors

from tests.sdk.conftest import Server
from tests.sdk.test_python_sdk import client_of, query

DIAGRAM = Path(__file__).parent / "operations.bpmn"


@pytest.fixture
def owner(server: Server) -> Iterator[CamundaClient]:
    with client_of(server, "owner") as client:
        client.deploy_resources_from_files([DIAGRAM])
        yield client


@pytest.fixture
def case(owner: CamundaClient) -> Any:
    creation = sdk.ProcessCreationById.from_dict({"processDefinitionId": "sdk-operations"})
    return owner.create_process_instance(data=creation).process_instance_key


def standing(owner: CamundaClient, case: Any) -> dict[str, Any]:
    """The keys of the active element instances below the process, by element id."""
    wanted = query(sdk.ElementInstanceSearchQuery, filter={"processInstanceKey": case, "state": "ACTIVE"})
    found = owner.search_element_instances(data=wanted).items
    return {e.element_id: e.element_instance_key for e in found if e.type_.value != "PROCESS"}


def test_suspended_and_resumed(owner: CamundaClient, case: Any) -> None:
    owner.suspend_process_instance(case, data=None)
    assert owner.get_process_instance(case).state.value == "SUSPENDED"
    with pytest.raises(sdk_errors.ConflictError):
        owner.suspend_process_instance(case, data=None)
    owner.resume_process_instance(case, data=None)
    assert owner.get_process_instance(case).state.value == "ACTIVE"


def test_modified_and_an_ad_hoc_activity_begun(owner: CamundaClient, case: Any) -> None:
    move = {
        "sourceElementInstruction": {"sourceType": "byId", "sourceElementId": "Task_Read"},
        "targetElementId": "AdHoc",
        "ancestorScopeInstruction": {"ancestorScopeType": "inferred"},
    }
    wanted = query(sdk.ProcessInstanceModificationInstruction, moveInstructions=[move])
    owner.modify_process_instance(case, data=wanted)
    (key,) = standing(owner, case).values()
    begin = query(sdk.AdHocSubProcessActivateActivitiesInstruction, elements=[{"elementId": "Task_Ask"}])
    owner.activate_ad_hoc_sub_process_activities(key, data=begin)
    assert set(standing(owner, case)) == {"AdHoc", "Task_Ask"}
    back = {
        "activateInstructions": [{"elementId": "Task_Read", "variableInstructions": [{"variables": {"again": True}}]}],
        "terminateInstructions": [{"elementInstanceKey": key}],
    }
    owner.modify_process_instance(case, data=query(sdk.ProcessInstanceModificationInstruction, **back))
    assert set(standing(owner, case)) == {"Task_Read"}
    nowhere = query(sdk.ProcessInstanceModificationInstruction, activateInstructions=[{"elementId": "Nowhere"}])
    with pytest.raises(sdk_errors.BadRequestError):
        owner.modify_process_instance(case, data=nowhere)


def test_migrated(owner: CamundaClient, case: Any, tmp_path: Path) -> None:
    changed = tmp_path / "operations.bpmn"
    changed.write_text(DIAGRAM.read_text(encoding="utf-8").replace("Task_Read", "Task_Study"), encoding="utf-8")
    target = owner.deploy_resources_from_files([changed]).processes[0].process_definition_key
    plan: dict[str, Any] = {"targetProcessDefinitionKey": target, "mappingInstructions": []}
    with pytest.raises(sdk_errors.ConflictError):
        owner.migrate_process_instance(case, data=query(sdk.ProcessInstanceMigrationInstruction, **plan))
    plan["mappingInstructions"] = [{"sourceElementId": "Task_Read", "targetElementId": "Task_Study"}]
    owner.migrate_process_instance(case, data=query(sdk.ProcessInstanceMigrationInstruction, **plan))
    assert owner.get_process_instance(case).process_definition_key == target
    assert set(standing(owner, case)) == {"Task_Study"}


def test_a_business_id_is_assigned(owner: CamundaClient, case: Any) -> None:
    wanted = query(sdk.ProcessInstanceBusinessIdAssignmentInstruction, businessId=f"id-{case}")
    owner.assign_process_instance_business_id(case, data=wanted)
    assert owner.get_process_instance(case).business_id == f"id-{case}"
    with pytest.raises(sdk_errors.ConflictError):
        owner.assign_process_instance_business_id(case, data=wanted)
