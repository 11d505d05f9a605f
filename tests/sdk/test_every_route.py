"""Every route of the Camunda API that is ours, called with the SDK's own methods; and none is forgotten."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import camunda_orchestration_sdk as sdk
import httpx
import pytest
from camunda_orchestration_sdk import CamundaClient

from tests.api.coverage import answered
from tests.sdk.conftest import Server
from tests.sdk.test_batches_and_documents import ask_for_many, hand_in, hold_and_call_off
from tests.sdk.test_python_sdk import client_of, query, start

HERE = Path(__file__).parent
FILES = [HERE / name for name in ("order.bpmn", "form.bpmn", "request.form", "ad-hoc.bpmn", "decide.bpmn", "condition.bpmn")]


@pytest.fixture
def reached(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """`METHOD /path` of every request that was answered well; filled while the test runs."""
    seen: set[str] = set()
    send = httpx.Client.send

    def noting(client: httpx.Client, request: httpx.Request, **options: Any) -> httpx.Response:
        response = send(client, request, **options)
        if response.is_success:
            seen.add(f"{request.method} {request.url.path.removeprefix('/v2')}")
        return response

    monkeypatch.setattr(httpx.Client, "send", noting)
    return seen


@pytest.fixture
def owner(server: Server, reached: set[str]) -> Iterator[CamundaClient]:
    with client_of(server, "owner") as client:
        client.deploy_resources_from_files([*FILES, HERE.parent / "api" / "price.dmn"])
        yield client


@pytest.fixture
def worker(server: Server, reached: set[str]) -> Iterator[CamundaClient]:
    with client_of(server, "worker") as client:
        yield client


@pytest.fixture
def admin(server: Server, reached: set[str]) -> Iterator[CamundaClient]:
    with client_of(server, "admin") as client:
        yield client


def test_every_route_is_reached(
    owner: CamundaClient, worker: CamundaClient, admin: CamundaClient, reached: set[str]
) -> None:
    look_at_definitions(owner)
    start_by_a_condition(owner)
    decide(owner)
    key = start(owner, orderId=uuid.uuid4().hex).process_instance_key
    look_at_a_case(owner, key)
    do_a_task(owner)
    operate(owner, key)
    choose_freely(owner)
    work(owner, worker)
    ask_for_many(owner, admin)
    hold_and_call_off(owner)
    hand_in(owner)
    look_at_the_audit_log(owner, admin)
    patterns = {r.name: re.compile(re.escape(r.name).replace(re.escape("{}"), "[^/]+")) for r in answered()}
    missed = {name for name, pattern in patterns.items() if not any(map(pattern.fullmatch, reached))}
    assert missed == set()


def look_at_definitions(owner: CamundaClient) -> None:
    owner.get_status()
    owner.get_topology()
    owner.get_authentication()
    owner.search_groups()
    owner.search_users()
    wanted = query(sdk.ProcessDefinitionSearchQuery, filter={"processDefinitionId": "sdk-form"})
    definition = owner.search_process_definitions(data=wanted).items[0].process_definition_key
    owner.get_process_definition(definition)
    owner.get_process_definition_xml(definition)
    form = owner.get_start_process_form(definition)
    assert owner.get_form_by_key(form.form_key).form_id == "sdk-request"
    owner.get_process_definition_statistics(definition)
    owner.get_process_definition_instance_statistics()
    by_version = sdk.ProcessDefinitionInstanceVersionStatisticsQuery
    owner.get_process_definition_instance_version_statistics(
        data=query(by_version, filter={"processDefinitionId": "sdk-form"})
    )
    file = next(f for f in owner.search_resources().items if f.resource_name == "request.form")
    assert owner.get_resource(file.resource_key).resource_id == "sdk-request"
    assert owner.get_resource_content(file.resource_key)["id"] == "sdk-request"
    content = owner.get_resource_content_binary(file.resource_key)
    assert b"sdk-request" in (content.payload.read() if hasattr(content, "payload") else bytes(content))
    started = owner.search_message_subscriptions(
        data=query(sdk.MessageSubscriptionSearchQuery, filter={"messageName": "begin"})
    )
    assert [s.message_subscription_type.value for s in started.items] == ["START_EVENT"]


def start_by_a_condition(owner: CamundaClient) -> None:
    low, high = ({"variables": {"level": level}} for level in (10, 11))
    assert owner.evaluate_conditionals(data=query(sdk.ConditionalEvaluationInstruction, **low)).process_instances == []
    (begun,) = owner.evaluate_conditionals(data=query(sdk.ConditionalEvaluationInstruction, **high)).process_instances
    case = owner.get_process_instance(begun.process_instance_key)
    assert (case.process_definition_id, case.state.value) == ("sdk-condition", "ACTIVE")
    assert case.process_definition_key == begun.process_definition_key
    named = high | {"processDefinitionKey": begun.process_definition_key}
    again = owner.evaluate_conditionals(data=query(sdk.ConditionalEvaluationInstruction, **named))
    assert [i.process_definition_key for i in again.process_instances] == [begun.process_definition_key]


def decide(owner: CamundaClient) -> None:
    asked = {"decisionDefinitionId": "price", "variables": {"amount": 3}}
    decided = owner.evaluate_decision(data=sdk.DecisionEvaluationByID.from_dict(asked))
    case = sdk.ProcessCreationById.from_dict({"processDefinitionId": "sdk-decide", "variables": {"amount": 3}})
    key = owner.create_process_instance(data=case).process_instance_key
    of_case = query(sdk.DecisionInstanceSearchQuery, filter={"processInstanceKey": key})
    instance = owner.search_decision_instances(data=of_case).items[0]
    assert owner.get_decision_instance(instance.decision_evaluation_instance_key).matched_rules
    definition = owner.get_decision_definition(decided.decision_definition_key)
    owner.search_decision_definitions()
    owner.get_decision_definition_xml(definition.decision_definition_key)
    owner.search_decision_requirements()
    owner.get_decision_requirements(definition.decision_requirements_key)
    owner.get_decision_requirements_xml(definition.decision_requirements_key)


def look_at_a_case(owner: CamundaClient, key: Any) -> None:
    of_case = {"processInstanceKey": key}
    owner.search_process_instances(data=query(sdk.ProcessInstanceSearchQuery, filter=of_case))
    owner.get_process_instance(key)
    owner.get_process_instance_call_hierarchy(key)
    owner.get_process_instance_sequence_flows(key)
    owner.get_process_instance_statistics(key)
    assert owner.get_process_instance_wait_state_statistics(key).items[0].waiting_count == 1
    waits = owner.search_element_instance_wait_states(data=query(sdk.ElementInstanceWaitStateQuery, filter=of_case))
    (waiting,) = waits.items
    assert waiting.details.wait_state_type == "USER_TASK"
    owner.get_element_instance(waiting.element_instance_key)
    owner.search_element_instances(data=query(sdk.ElementInstanceSearchQuery, filter=of_case))
    owner.search_element_instance_incidents(waiting.element_instance_key, data=sdk.IncidentSearchQuery())
    owner.search_process_instance_incidents(key)
    owner.create_element_instance_variables(key, data=query(sdk.SetVariableRequest, variables={"note": "x"}))
    variable = owner.search_variables(data=query(sdk.VariableSearchQuery, filter=of_case)).items[0]
    owner.get_variable(variable.variable_key)


def do_a_task(owner: CamundaClient) -> None:
    begun = {"name": "begin", "correlationKey": uuid.uuid4().hex}
    key = owner.correlate_message(data=query(sdk.MessageCorrelationRequest, **begun)).process_instance_key
    arrived = query(sdk.CorrelatedMessageSubscriptionSearchQuery, filter={"processInstanceKey": key})
    assert [m.message_name for m in owner.search_correlated_message_subscriptions(data=arrived).items] == ["begin"]
    of_case = query(sdk.UserTaskSearchQuery, filter={"processInstanceKey": key})
    task = owner.search_user_tasks(data=of_case).items[0].user_task_key
    owner.get_user_task(task)
    assert owner.get_user_task_form(task).form_id == "sdk-request"
    owner.search_user_task_variables(task)
    owner.search_user_task_effective_variables(task)
    owner.update_user_task(task, data=query(sdk.UserTaskUpdateRequest, changeset={"priority": 70}))
    owner.assign_user_task(task, data=sdk.UserTaskAssignmentRequest(assignee="owner"))
    owner.unassign_user_task(task)
    owner.assign_user_task(task, data=sdk.UserTaskAssignmentRequest(assignee="owner"))
    filled = {"variables": {"subject": "ขอข้อมูล"}}
    owner.complete_user_task(task, data=query(sdk.UserTaskCompletionRequest, **filled))
    owner.broadcast_signal(data=query(sdk.SignalBroadcastRequest, signalName="nobody-waits"))


def operate(owner: CamundaClient, key: Any) -> None:
    owner.assign_process_instance_business_id(
        key, data=query(sdk.ProcessInstanceBusinessIdAssignmentInstruction, businessId=uuid.uuid4().hex)
    )
    owner.suspend_process_instance(key, data=None)
    owner.resume_process_instance(key, data=None)
    moved = {"activateInstructions": [{"elementId": "Task_Check"}]}
    owner.modify_process_instance(key, data=query(sdk.ProcessInstanceModificationInstruction, **moved))
    changed = (HERE / "order.bpmn").read_text("utf-8").replace("small", f"box {uuid.uuid4().hex[:8]}")
    deployed = owner.create_deployment(data=upload("order.bpmn", changed))
    target = deployed.deployments[0].process_definition.process_definition_key
    plan = {
        "targetProcessDefinitionKey": target,
        "mappingInstructions": [{"sourceElementId": "Task_Check", "targetElementId": "Task_Check"}],
    }
    owner.migrate_process_instance(key, data=query(sdk.ProcessInstanceMigrationInstruction, **plan))
    owner.cancel_process_instance(key, data=None)
    owner.delete_resource(target, data=None)  # the version before it is the newest again


def upload(name: str, text: str) -> Any:
    """The body of a deployment of one file."""
    from io import BytesIO

    from camunda_orchestration_sdk.types import File

    return sdk.CreateDeploymentData(resources=[File(payload=BytesIO(text.encode()), file_name=name)])


def choose_freely(owner: CamundaClient) -> None:
    creation = sdk.ProcessCreationById.from_dict({"processDefinitionId": "sdk-ad-hoc"})
    key = owner.create_process_instance(data=creation).process_instance_key
    of_kind = {"processInstanceKey": key, "type": "AD_HOC_SUB_PROCESS"}
    found = owner.search_element_instances(data=query(sdk.ElementInstanceSearchQuery, filter=of_kind)).items
    chosen = query(sdk.AdHocSubProcessActivateActivitiesInstruction, elements=[{"elementId": "A"}])
    owner.activate_ad_hoc_sub_process_activities(found[0].element_instance_key, data=chosen)


def work(owner: CamundaClient, worker: CamundaClient) -> None:
    cases = [to_job(owner) for _ in range(3)]
    jobs = take(worker, cases)
    worker.throw_job_error(jobs[0], data=query(sdk.JobErrorRequest, errorCode="BROKEN"))
    for job in jobs[1:]:
        worker.fail_job(job, data=query(sdk.JobFailRequest, retries=0, errorMessage="no box"))
    open_ones = {"processInstanceKey": cases[1]}
    incident = owner.search_incidents(data=query(sdk.IncidentSearchQuery, filter=open_ones)).items[0].incident_key
    owner.get_incident(incident)
    owner.search_jobs()
    owner.update_job(jobs[1], data=query(sdk.JobUpdateRequest, changeset={"retries": 1}))
    owner.resolve_incident(incident)
    answer = owner.resolve_process_instance_incidents(cases[2])
    assert answer.batch_operation_type.value == "RESOLVE_INCIDENT"
    for job in take(worker, cases[1:]):
        worker.complete_job(job)


def to_job(owner: CamundaClient) -> Any:
    """A case that has come to its service task."""
    order = uuid.uuid4().hex
    key = start(owner, orderId=order).process_instance_key
    of_case = query(sdk.UserTaskSearchQuery, filter={"processInstanceKey": key})
    task = owner.search_user_tasks(data=of_case).items[0].user_task_key
    owner.assign_user_task(task, data=sdk.UserTaskAssignmentRequest(assignee="owner"))
    owner.complete_user_task(task)
    owner.publish_message(data=query(sdk.MessagePublicationRequest, name="paid", correlationKey=order))
    return key


def take(worker: CamundaClient, cases: list[Any]) -> list[Any]:
    """The jobs of these cases, in their order."""
    wanted = {"type": "sdk-pack", "timeout": 60_000, "maxJobsToActivate": 100, "worker": "w", "requestTimeout": -1}
    jobs = worker.activate_jobs(data=sdk.JobActivationRequest.from_dict(wanted)).jobs
    by_case = {job.process_instance_key: job.job_key for job in jobs}
    return [by_case[case] for case in cases]


def look_at_the_audit_log(owner: CamundaClient, admin: CamundaClient) -> None:
    wanted = query(sdk.AuditLogSearchQueryRequest, filter={"category": "USER_TASKS", "operationType": "ASSIGN"})
    entry = admin.search_audit_logs(data=wanted).items[-1]
    assert (entry.entity_type.value, entry.actor_id, entry.result.value) == ("USER_TASK", "owner", "SUCCESS")
    assert admin.get_audit_log(entry.audit_log_key).to_dict() == entry.to_dict()
    assert entry.user_task_key is not None
    of_task = owner.search_user_task_audit_logs(
        entry.user_task_key, data=query(sdk.UserTaskAuditLogSearchQueryRequest, filter={"actorId": "owner"})
    )
    assert entry.audit_log_key in {i.audit_log_key for i in of_task.items}
