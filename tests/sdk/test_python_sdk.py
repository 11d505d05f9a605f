"""The official Python SDK, unmodified, against a real server: what a client written for Camunda 8 does."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import camunda_orchestration_sdk as sdk
import pytest
from camunda_orchestration_sdk import CamundaClient
from camunda_orchestration_sdk import errors as sdk_errors

from tests.sdk.conftest import PASSWORD, Server

DIAGRAM = Path(__file__).parent / "order.bpmn"


def client_of(server: Server, username: str) -> CamundaClient:
    return CamundaClient(
        configuration={
            "CAMUNDA_REST_ADDRESS": server.url,
            "CAMUNDA_AUTH_STRATEGY": "BASIC",
            "CAMUNDA_BASIC_AUTH_USERNAME": username,
            "CAMUNDA_BASIC_AUTH_PASSWORD": PASSWORD,
        }
    )


@pytest.fixture
def owner(server: Server) -> Iterator[CamundaClient]:
    with client_of(server, "owner") as client:
        client.deploy_resources_from_files([DIAGRAM])
        yield client


@pytest.fixture
def worker(server: Server) -> Iterator[CamundaClient]:
    with client_of(server, "worker") as client:
        yield client


def start(client: CamundaClient, **variables: Any) -> Any:
    creation = sdk.ProcessCreationById.from_dict({"processDefinitionId": "sdk-order", "variables": variables})
    return client.create_process_instance(data=creation)


def query(kind: Any, **content: Any) -> Any:
    return kind.from_dict(content)


def test_topology_and_who_am_i(owner: CamundaClient) -> None:
    assert owner.get_topology().cluster_size == 1
    assert owner.get_authentication().username == "owner"


def test_deploying_again_makes_no_new_version(owner: CamundaClient) -> None:
    again = owner.deploy_resources_from_files([DIAGRAM])
    assert [p.process_definition_version for p in again.processes] == [1]
    found = owner.search_process_definitions(data=query(sdk.ProcessDefinitionSearchQuery, filter={"name": "คำสั่งซื้อ"}))
    assert [d.process_definition_id for d in found.items] == ["sdk-order"]


def test_a_case_from_start_to_end(owner: CamundaClient, worker: CamundaClient, server: Server) -> None:
    order = uuid.uuid4().hex
    started = start(owner, orderId=order, amount=12.5)
    key = started.process_instance_key
    of_case = {"processInstanceKey": key}

    tasks = owner.search_user_tasks(data=query(sdk.UserTaskSearchQuery, filter={**of_case, "state": "CREATED"}))
    (task,) = tasks.items
    assert (task.candidate_groups, task.assignee) == (["clerks"], None)
    assignment = sdk.UserTaskAssignmentRequest(assignee="ann", allow_override=False)
    owner.assign_user_task(task.user_task_key, data=assignment)
    with client_of(server, "ann") as ann:
        assert ann.get_user_task(task.user_task_key).assignee == "ann"
        ann.complete_user_task(
            task.user_task_key, data=sdk.UserTaskCompletionRequest.from_dict({"variables": {"checked": True}})
        )

    message = {"name": "paid", "correlationKey": order, "timeToLive": 60_000, "variables": {"paid": True}}
    owner.publish_message(data=sdk.MessagePublicationRequest.from_dict(message))

    wanted = {"type": "sdk-pack", "timeout": 60_000, "maxJobsToActivate": 100, "worker": "w", "requestTimeout": -1}
    jobs = worker.activate_jobs(data=sdk.JobActivationRequest.from_dict(wanted)).jobs
    (job,) = [j for j in jobs if j.process_instance_key == key]
    assert job.custom_headers.to_dict() == {"box": "small"}
    assert job.variables.to_dict() == {"orderId": order, "amount": 12.5, "checked": True, "paid": True}
    worker.complete_job(job.job_key, data=sdk.JobCompletionRequest.from_dict({"variables": {"packed": 1}}))

    ended = owner.get_process_instance(key)
    assert (ended.state.value, ended.has_incident) == ("COMPLETED", False)
    variables = owner.search_variables(data=query(sdk.VariableSearchQuery, filter=of_case))
    assert {v.name: v.value for v in variables.items}["packed"] == "1"
    done = owner.search_element_instances(data=query(sdk.ElementInstanceSearchQuery, filter=of_case))
    assert {e.element_id for e in done.items} == {"Start", "Task_Check", "Catch_Paid", "Task_Pack", "End"}
    flows = owner.get_process_instance_sequence_flows(key)
    assert {f.element_id for f in flows.items} == {"Flow_1", "Flow_2", "Flow_3", "Flow_4"}


def to_job(owner: CamundaClient, worker: CamundaClient) -> tuple[Any, Any]:
    """A case that stands at its service task, with the job activated: (case key, job)."""
    order = uuid.uuid4().hex
    key = start(owner, orderId=order).process_instance_key
    search = query(sdk.UserTaskSearchQuery, filter={"processInstanceKey": key})
    task = owner.search_user_tasks(data=search).items[0].user_task_key
    owner.assign_user_task(task, data=sdk.UserTaskAssignmentRequest(assignee="owner"))
    owner.complete_user_task(task)
    paid = {"name": "paid", "correlationKey": order}
    assert owner.correlate_message(data=sdk.MessageCorrelationRequest.from_dict(paid)).process_instance_key == key
    wanted = {"type": "sdk-pack", "timeout": 60_000, "maxJobsToActivate": 100, "worker": "w", "requestTimeout": -1}
    jobs = worker.activate_jobs(data=sdk.JobActivationRequest.from_dict(wanted)).jobs
    return key, next(j for j in jobs if j.process_instance_key == key)


def test_a_failing_job_becomes_an_incident_and_is_tried_again(owner: CamundaClient, worker: CamundaClient) -> None:
    key, job = to_job(owner, worker)
    assert job.retries == 2
    worker.fail_job(job.job_key, data=sdk.JobFailRequest.from_dict({"retries": 0, "errorMessage": "no box"}))
    found = owner.search_incidents(data=query(sdk.IncidentSearchQuery, filter={"processInstanceKey": key}))
    (incident,) = found.items
    assert (incident.error_type.value, incident.error_message) == ("JOB_NO_RETRIES", "no box")
    with pytest.raises(sdk_errors.ConflictError):
        owner.resolve_incident(incident.incident_key)
    worker.update_job(job.job_key, data=sdk.JobUpdateRequest.from_dict({"changeset": {"retries": 1}}))
    owner.resolve_incident(incident.incident_key)
    wanted = {"type": "sdk-pack", "timeout": 60_000, "maxJobsToActivate": 100, "worker": "w", "requestTimeout": -1}
    jobs = worker.activate_jobs(data=sdk.JobActivationRequest.from_dict(wanted)).jobs
    again = next(j for j in jobs if j.process_instance_key == key)
    worker.complete_job(again.job_key)
    assert owner.get_process_instance(key).state.value == "COMPLETED"


def test_a_job_throws_the_error_that_the_diagram_catches(owner: CamundaClient, worker: CamundaClient) -> None:
    key, job = to_job(owner, worker)
    worker.throw_job_error(job.job_key, data=sdk.JobErrorRequest.from_dict({"errorCode": "BROKEN"}))
    search = query(sdk.ElementInstanceSearchQuery, filter={"processInstanceKey": key, "elementId": "End_Broken"})
    assert len(owner.search_element_instances(data=search).items) == 1


def test_errors_keep_their_status(owner: CamundaClient, worker: CamundaClient) -> None:
    with pytest.raises(sdk_errors.NotFoundError):
        owner.get_user_task(sdk.UserTaskKey("1"))
    with pytest.raises(sdk_errors.BadRequestError):
        owner.create_process_instance(data=sdk.ProcessCreationById.from_dict({"processDefinitionId": "nothing"}))
    key = start(owner, orderId=uuid.uuid4().hex).process_instance_key
    search = query(sdk.UserTaskSearchQuery, filter={"processInstanceKey": key})
    task = owner.search_user_tasks(data=search).items[0].user_task_key
    owner.assign_user_task(task, data=sdk.UserTaskAssignmentRequest(assignee="ann"))
    with pytest.raises(sdk_errors.ConflictError):
        taken = sdk.UserTaskAssignmentRequest(assignee="owner", allow_override=False)
        owner.assign_user_task(task, data=taken)
    with pytest.raises(sdk_errors.NotFoundError):  # it takes no part in the case, and is not told that there is one
        worker.get_user_task(task)
    owner.cancel_process_instance(key, data=None)
    with pytest.raises(sdk_errors.ConflictError):
        owner.cancel_process_instance(key, data=None)
    assert owner.get_process_instance(key).state.value == "TERMINATED"


def test_pages_by_cursor(owner: CamundaClient) -> None:
    tag = f"t{uuid.uuid4().hex}"
    for number in range(5):
        creation = {"processDefinitionId": "sdk-order", "variables": {"orderId": tag + str(number)}, "tags": [tag]}
        owner.create_process_instance(data=sdk.ProcessCreationById.from_dict(creation))
    seen: list[str] = []
    after: dict[str, Any] = {}
    while True:
        page = query(
            sdk.ProcessInstanceSearchQuery,
            filter={"processDefinitionId": "sdk-order"},
            sort=[{"field": "startDate", "order": "DESC"}],
            page={"limit": 2, **after},
        )
        found = owner.search_process_instances(data=page)
        if not found.items:
            break
        seen += [i.process_instance_key for i in found.items]
        after = {"after": found.page.end_cursor}
    assert len(seen) == len(set(seen)) >= 5


def test_a_worker_written_with_the_sdk(server: Server, owner: CamundaClient, worker: CamundaClient) -> None:
    """activate_jobs holds the request, so that a worker that polls at once does not burn the machine."""
    import time

    began = time.monotonic()
    wanted = {"type": "nothing-of-this-type", "timeout": 1000, "maxJobsToActivate": 1, "requestTimeout": 700}
    assert worker.activate_jobs(data=sdk.JobActivationRequest.from_dict(wanted)).jobs == []
    assert time.monotonic() - began >= 0.6


def test_every_answer_is_one_that_the_sdk_understands(owner: CamundaClient, worker: CamundaClient) -> None:
    """The SDK raises for a missing field, an unknown enum value, a malformed key or cursor."""
    table = Path(__file__).parents[1] / "api" / "price.dmn"
    owner.deploy_resources_from_files([table])
    key, job = to_job(owner, worker)
    worker.fail_job(job.job_key, data=sdk.JobFailRequest.from_dict({"retries": 0, "errorMessage": "no box"}))
    decided = owner.evaluate_decision(
        data=sdk.DecisionEvaluationByID.from_dict({"decisionDefinitionId": "price", "variables": {"amount": 3}})
    )
    assert decided.output == "12.5"
    wanted = query(sdk.ProcessDefinitionSearchQuery, filter={"processDefinitionId": "sdk-order"})
    (definition,) = owner.search_process_definitions(data=wanted).items
    assert "sdk-order" in str(owner.get_process_definition_xml(definition.process_definition_key))
    assert owner.get_process_definition(definition.process_definition_key).version == 1
    (decision,) = owner.search_decision_definitions().items
    assert owner.get_decision_definition(decision.decision_definition_key).name == "ราคา"
    (requirements,) = owner.search_decision_requirements().items
    owner.get_decision_requirements(requirements.decision_requirements_key)
    assert owner.search_jobs(data=query(sdk.JobSearchQuery, filter={"processInstanceKey": key})).items
    incident = owner.search_incidents(data=query(sdk.IncidentSearchQuery, filter={"processInstanceKey": key})).items[0]
    assert owner.get_incident(incident.incident_key).job_key == job.job_key
    assert owner.search_process_instance_incidents(key).items
    element = owner.search_element_instances(
        data=query(sdk.ElementInstanceSearchQuery, filter={"processInstanceKey": key, "type": "USER_TASK"})
    ).items[0]
    assert owner.get_element_instance(element.element_instance_key).element_name == "ตรวจคำสั่งซื้อ"
    variable = owner.search_variables(data=query(sdk.VariableSearchQuery, filter={"processInstanceKey": key})).items[0]
    assert owner.get_variable(variable.variable_key).name == variable.name
    task = owner.search_user_tasks(data=query(sdk.UserTaskSearchQuery, filter={"processInstanceKey": key})).items[0]
    assert owner.search_user_task_variables(task.user_task_key).items
    assert owner.search_user_task_effective_variables(task.user_task_key).items
    assert owner.get_process_instance_call_hierarchy(key)[0].process_instance_key == key
    assert owner.get_process_instance_statistics(key).items
    assert owner.get_resource(str(definition.process_definition_key)).resource_name == "order.bpmn"
    owner.search_decision_instances()
    owner.search_groups()
    owner.search_users()


def test_a_timer_fires_by_itself_and_completion_is_awaited(owner: CamundaClient) -> None:
    owner.deploy_resources_from_files([DIAGRAM.with_name("timer.bpmn")])
    body = {
        "processDefinitionId": "sdk-timer",
        "variables": {"amount": 2.5},
        "awaitCompletion": True,
        "requestTimeout": 30_000,
        "fetchVariables": ["doubled"],
    }
    ended = owner.create_process_instance(data=sdk.ProcessCreationById.from_dict(body))
    assert ended.variables.to_dict() == {"doubled": 5}
    assert owner.get_process_instance(ended.process_instance_key).state.value == "COMPLETED"


def test_client_credentials_of_oauth(server: Server, owner: CamundaClient) -> None:
    """A client of the worker's account, for jobs alone: the SDK gets its tokens by itself."""
    (secret,) = server.clients
    configuration: Any = {
        "CAMUNDA_REST_ADDRESS": server.url,
        "CAMUNDA_AUTH_STRATEGY": "OAUTH",
        "CAMUNDA_OAUTH_URL": f"{server.url}/oauth/token",
        "CAMUNDA_CLIENT_ID": secret["clientId"],
        "CAMUNDA_CLIENT_SECRET": secret["clientSecret"],
    }
    with CamundaClient(configuration=configuration) as client:
        key, job = to_job(owner, client)
        assert client.get_authentication().username == "worker"
        client.complete_job(job.job_key)
        assert owner.get_process_instance(key).state.value == "COMPLETED"
        with pytest.raises(sdk_errors.ForbiddenError):  # the account may, the client is not for it
            client.search_process_definitions()
    configuration["CAMUNDA_CLIENT_SECRET"] = "wrong"
    with CamundaClient(configuration=configuration) as stranger, pytest.raises(Exception, match="401"):
        stranger.get_authentication()
