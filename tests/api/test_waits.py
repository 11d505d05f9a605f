"""What cases wait for, which messages reached them, how much is at work, and what is deployed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from api.runtime import Runtime
from engine.commands.checking import Resource
from engine.commands.create_instance import CreateInstance
from engine.commands.deploy import Deploy
from engine.commands.publish_message import PublishMessage
from engine.commands.update_task import UpdateTask
from engine.model.actor import SYSTEM
from engine.store.tables import user_task
from tests.api.conftest import Caller
from tests.api.world import DIAGRAM, PROCESS, World
from tests.execution.bench import diagram, flows, node, user
from tests.execution.test_starts import condition

Callers = Callable[[str | None], Caller]
WAITING = Path(__file__).with_name("waiting.bpmn")
CONDITION = Path(__file__).parents[1] / "sdk" / "condition.bpmn"


@pytest.fixture
def case(at_work: tuple[Runtime, World]) -> str:
    """The key of a case that a message started, and that waits in four ways."""
    bus = at_work[0].bus
    bus.run(Deploy((Resource("waiting.bpmn", WAITING.read_bytes()),)), SYSTEM)
    bus.run(PublishMessage("order", "o1", 0, None, {"orderId": "o1"}), SYSTEM)
    with at_work[0].database.read() as db:
        found: int = db.exec_driver_sql("SELECT key FROM process_instance WHERE process_id = 'waiting'").scalar_one()
        return str(found)


def items(caller: Caller, path: str, **wanted: Any) -> list[dict[str, Any]]:
    """The items of a search with a filter."""
    found: list[dict[str, Any]] = caller.post(path, {"filter": wanted})["items"]
    return found


def test_every_kind_of_wait(case: str, calling: Callers) -> None:
    admin = calling("admin")
    found = items(admin, "/element-instances/wait-states/search", processInstanceKey=case)
    by_element = {item["elementId"]: item for item in found}
    details = {element: item["details"] for element, item in by_element.items()}
    assert set(details) == {"Work", "Late", "Stop", "Go"}
    assert details["Stop"] == {"waitStateType": "MESSAGE", "messageName": "stop", "correlationKey": "o1"}
    assert details["Go"] == {"waitStateType": "SIGNAL", "signalName": "go"}
    assert details["Late"] == {"waitStateType": "TIMER", "dueDate": 1_775_815_200_000, "repetitions": None}
    assert (details["Work"]["jobType"], details["Work"]["retries"]) == ("work", 3)
    assert {e["bpmnProcessId"] for e in found} == {"waiting"}
    assert (by_element["Late"]["elementType"], by_element["Work"]["elementType"]) == ("BOUNDARY_EVENT", "SERVICE_TASK")
    timers = items(admin, "/element-instances/wait-states/search", waitStateType="timer")
    assert [item["elementId"] for item in timers] == ["Late"]
    counts = admin.get(f"/process-instances/{case}/statistics/wait-states")["items"]
    assert {c["elementId"]: c["waitingCount"] for c in counts} == {"Go": 1, "Late": 1, "Stop": 1, "Work": 1}


def test_a_user_task_waits_until_it_is_done(at_work: tuple[Runtime, World], calling: Callers) -> None:
    world = at_work[1]
    (found,) = items(calling("ann"), "/element-instances/wait-states/search", waitStateType="USER_TASK")
    assert found["details"] == {"waitStateType": "USER_TASK", "taskKey": str(world.task), "dueDate": None}
    assert (found["processInstanceKey"], found["elementType"]) == (str(world.waiting), "USER_TASK")


def test_subscriptions(case: str, calling: Callers) -> None:
    path = "/message-subscriptions/search"
    (start,) = items(calling("admin"), path, messageSubscriptionType="START_EVENT")
    assert (start["messageName"], start["correlationKey"], start["processInstanceKey"]) == ("order", None, None)
    assert start["processDefinitionName"] == "การรอ"
    (stop,) = items(calling("admin"), path, messageName="stop")
    assert (stop["correlationKey"], stop["processInstanceKey"], stop["elementId"]) == ("o1", case, "Stop")
    assert stop["messageSubscriptionState"] == "CREATED"
    # diagrams are for everybody who is signed in, cases are not
    assert [s["messageName"] for s in items(calling("ben"), path)] == ["order"]
    assert calling("stranger")("POST", path).status_code == 403


def test_messages_that_arrived(case: str, at_work: tuple[Runtime, World], calling: Callers) -> None:
    path, admin = "/correlated-message-subscriptions/search", calling("admin")
    (started,) = items(admin, path, messageName="order")
    assert (started["processInstanceKey"], started["correlationKey"]) == (case, "o1")
    assert (started["elementId"], started["elementInstanceKey"]) == ("Start", None)
    admin_sees = items(admin, path, messageName="paid")
    assert {s["processInstanceKey"] for s in admin_sees} == {str(at_work[1].working), str(at_work[1].broken)}
    assert all(s["elementInstanceKey"] is not None and s["elementId"] == "Catch_Paid" for s in admin_sees)
    sent = at_work[0].bus.run(PublishMessage("stop", "o1", 0, None, {}), SYSTEM)
    (stopped,) = items(admin, path, messageName="stop")
    assert (stopped["messageKey"], stopped["elementId"]) == (sent["messageKey"], "Stop")


def test_a_kept_message_is_noted_when_it_arrives(at_work: tuple[Runtime, World], calling: Callers) -> None:
    bus, path = at_work[0].bus, "/correlated-message-subscriptions/search"
    bus.run(Deploy((Resource("waiting.bpmn", WAITING.read_bytes()),)), SYSTEM)
    sent = bus.run(PublishMessage("stop", "o2", 60_000, None, {}), SYSTEM)
    assert items(calling("admin"), path, messageName="stop") == []
    bus.run(PublishMessage("order", "o2", 0, None, {"orderId": "o2"}), SYSTEM)
    (arrived,) = items(calling("admin"), path, messageName="stop")
    assert (arrived["messageKey"], arrived["elementId"]) == (sent["messageKey"], "Stop")


def test_how_much_is_at_work(case: str, at_work: tuple[Runtime, World], calling: Callers) -> None:
    path = "/process-definitions/statistics/process-instances"
    admin, sort = calling("admin"), [{"field": "activeInstancesWithIncidentCount", "order": "DESC"}]
    orders, waiting = admin.post(path, {"sort": sort})["items"]
    assert (orders["processDefinitionId"], waiting["processDefinitionId"]) == (PROCESS, "waiting")
    assert orders["latestProcessDefinitionName"] == "คำสั่งซื้อ" and not orders["hasMultipleVersions"]
    counts = ("activeInstancesWithIncidentCount", "activeInstancesWithoutIncidentCount")
    assert [orders[c] for c in counts] == [1, 2]
    assert [waiting[c] for c in counts] == [0, 1]
    assert [i["processDefinitionId"] for i in calling("narrow").post(path)["items"]] == [PROCESS]
    first = admin.post(path, {"sort": sort, "page": {"limit": 1}})
    second = admin.post(path, {"sort": sort, "page": {"limit": 1, "after": first["page"]["endCursor"]}})
    assert [first["items"][0], second["items"][0]] == [orders, waiting]


def test_how_much_is_at_work_by_version(at_work: tuple[Runtime, World], calling: Callers) -> None:
    path = "/process-definitions/statistics/process-instances-by-version"
    large = DIAGRAM.read_bytes().replace(b"small", b"large")
    at_work[0].bus.run(Deploy((Resource("order.bpmn", large),)), SYSTEM)
    at_work[0].bus.run(CreateInstance(PROCESS, variables={"orderId": "v2"}), SYSTEM)
    body = {"filter": {"processDefinitionId": PROCESS}, "sort": [{"field": "processDefinitionVersion"}]}
    found = calling("admin").post(path, body)["items"]
    counts = ("processDefinitionVersion", "activeInstancesWithIncidentCount", "activeInstancesWithoutIncidentCount")
    assert [[item[c] for c in counts] for item in found] == [[1, 1, 2], [2, 0, 1]]
    assert calling("ben").post(path, body)["items"] == []
    assert calling("admin")("POST", path).status_code == 400, "a process is to be named"
    assert calling(None)("POST", path, body).status_code == 401


def test_cases_that_are_late_are_counted(at_work: tuple[Runtime, World], calling: Callers) -> None:
    """Once each, by their own due date or that of the law; and only those that one sees."""
    (runtime, world), now = at_work, at_work[0].clock.now()
    counts = "/process-definitions/statistics/process-instances"
    by_version = {"filter": {"processDefinitionId": PROCESS}}

    def late(who: str = "admin") -> list[int]:
        found = [calling(who).post(counts)["items"], calling(who).post(f"{counts}-by-version", by_version)["items"]]
        return [sum(item["activeInstancesOverdueCount"] for item in items) for items in found]

    assert late() == [0, 0]
    for due, found in ((now, [0, 0]), (now - timedelta(seconds=1), [1, 1])):
        runtime.bus.run(UpdateTask(world.task, {"due_at": due}), SYSTEM)
        assert late() == found
    with runtime.database.write() as db:
        of_law = {"due_at": None, "statutory_due_at": now - timedelta(days=1)}
        db.execute(update(user_task).where(user_task.c.key == world.task).values(of_law))
    assert late() == [1, 1] and late("stranger") == [0, 0]
    with runtime.database.write() as db:
        db.execute(update(user_task).where(user_task.c.key == world.task).values(state="COMPLETED"))
    assert late() == [0, 0]


def test_all_incidents_of_a_case_are_resolved(at_work: tuple[Runtime, World], calling: Callers) -> None:
    world, path = at_work[1], f"/process-instances/{at_work[1].broken}/incident-resolution"
    assert calling("ann")("POST", path).status_code == 403
    assert calling("narrow")("POST", f"/process-instances/{1 << 40}/incident-resolution").status_code == 404
    done = calling("narrow").post(path)
    assert done["batchOperationType"] == "RESOLVE_INCIDENT" and done["batchOperationKey"].isdecimal()
    assert calling("narrow").get(f"/incidents/{world.incident}")["state"] == "RESOLVED"
    (job,) = items(calling("narrow"), "/jobs/search", jobKey=str(world.broken_job))
    assert (job["retries"], job["errorMessage"] is None or job["state"] == "FAILED") == (1, True)
    taken = calling("worker").post(
        "/jobs/activation", {"type": "sdk-pack", "timeout": 1000, "maxJobsToActivate": 9, "requestTimeout": -1}
    )
    assert str(world.broken_job) in [j["jobKey"] for j in taken["jobs"]]


def test_incidents_are_counted_by_element(at_work: tuple[Runtime, World], calling: Callers) -> None:
    path = f"/process-definitions/{at_work[1].definition}/statistics/element-instances"
    found = {i["elementId"]: i for i in calling("admin").post(path, {"filter": {"hasIncident": True}})["items"]}
    assert (found["Task_Pack"]["active"], found["Task_Pack"]["incidents"]) == (1, 1)
    assert (found["Task_Check"]["completed"], found["Task_Check"]["incidents"]) == (1, 0)


def test_incidents_of_an_element_and_what_is_inside(at_work: tuple[Runtime, World], calling: Callers) -> None:
    world, narrow = at_work[1], calling("narrow")
    for key in (world.broken_element, world.broken):
        found = narrow.post(f"/element-instances/{key}/incidents/search")["items"]
        assert [i["incidentKey"] for i in found] == [str(world.incident)]
    assert narrow.post(f"/element-instances/{world.task}/incidents/search")["items"] == []
    assert calling("ben")("POST", f"/element-instances/{world.broken_element}/incidents/search").status_code == 404


CONDITIONS = "/conditionals/evaluation"


def test_conditions_start_cases(at_work: tuple[Runtime, World], calling: Callers) -> None:
    file = Resource("condition.bpmn", CONDITION.read_bytes())
    (deployed,) = at_work[0].bus.run(Deploy((file,)), SYSTEM)["deployments"]
    definition, worker = deployed["processDefinition"]["processDefinitionKey"], calling("worker")
    answer = worker.post(CONDITIONS, {"variables": {"level": 11}, "tenantId": "<default>"})
    assert answer["conditionalEvaluationKey"].isdecimal() and answer["tenantId"] == "<default>"
    (begun,) = answer["processInstances"]
    assert begun["processDefinitionKey"] == definition
    case = calling("admin").get(f"/process-instances/{begun['processInstanceKey']}")
    assert (case["processDefinitionId"], case["state"]) == ("sdk-condition", "ACTIVE")
    assert worker.post(CONDITIONS, {"variables": {"level": 10}})["processInstances"] == []
    assert worker.post(CONDITIONS, {"variables": {"other": 11}})["processInstances"] == []
    # who may not start the process starts nothing, and is told so when it is named
    assert calling("narrow").post(CONDITIONS, {"variables": {"level": 11}})["processInstances"] == []
    named = {"variables": {"level": 11}, "processDefinitionKey": definition}
    assert calling("narrow")("POST", CONDITIONS, named).status_code == 403
    assert len(calling("ann").post(CONDITIONS, named)["processInstances"]) == 1


def test_what_has_come_of_a_start_that_needs_several_events(at_work: tuple[Runtime, World], calling: Callers) -> None:
    both = '<bpmn:signalEventDefinition signalRef="A"/>' + condition("=level &gt; 10")
    start = node("startEvent", "s", body=both, attributes='parallelMultiple="true"')
    xml = diagram(start + user("u") + flows("s u"), '<bpmn:signal id="A" name="a"/>', "both")
    at_work[0].bus.run(Deploy((Resource("both.bpmn", xml),)), SYSTEM)
    path, of = "/start-arrivals/search", {"processDefinitionId": "both"}
    assert calling("worker").post(CONDITIONS, {"variables": {"level": 11}})["processInstances"] == []
    (came,) = items(calling("admin"), path, **of)
    assert (came["triggerType"], came["name"], came["correlationKey"], came["elementId"]) == ("CONDITION", None, None, "s")
    assert items(calling("admin"), path, correlationKey="w")[0]["name"] == "ordered"
    assert items(calling("narrow"), path, **of) == []
    calling("worker").post("/signals/broadcast", {"signalName": "a"})
    assert items(calling("admin"), path, **of) == []
    assert len(items(calling("admin"), "/process-instances/search", **of)) == 1


def test_conditions_that_cannot_be_evaluated(at_work: tuple[Runtime, World], calling: Callers) -> None:
    at_work[0].bus.run(Deploy((Resource("condition.bpmn", CONDITION.read_bytes()),)), SYSTEM)
    worker, named = calling("worker"), {"variables": {}, "processDefinitionKey": str(at_work[1].definition)}
    assert calling("narrow").post(CONDITIONS, named)["processInstances"] == [], "it begins with no condition"
    assert worker("POST", CONDITIONS, named | {"processDefinitionKey": "1"}).status_code == 404
    for wrong in ({}, {"variables": None}, {"variables": {"": 1}}, {"variables": {}, "tenantId": "other"}):
        assert worker("POST", CONDITIONS, wrong).status_code == 400, wrong
    answer = worker("POST", CONDITIONS, {"variables": {"level": "high"}})
    problem = answer.get_json()
    assert (answer.status_code, problem["title"], problem["code"]) == (400, "INVALID_ARGUMENT", "condition-failed")
    assert (problem["processDefinitionId"], problem["elementId"]) == ("sdk-condition", "Ready")
    assert problem["expression"] == "level > 10" and problem["th"] and "level > 10" in problem["detail"]
    assert calling("stranger")("POST", CONDITIONS, {"variables": {}}).status_code == 403


def test_deployed_files(at_work: tuple[Runtime, World], calling: Callers) -> None:
    world, ann = at_work[1], calling("ann")
    found = {item["resourceName"]: item for item in ann.post("/resources/search")["items"]}
    assert set(found) == {"order.bpmn", "price.dmn"}
    assert (found["order.bpmn"]["resourceId"], found["order.bpmn"]["version"]) == (PROCESS, 1)
    assert len(items(ann, "/resources/search", resourceName={"$like": "*.dmn"})) == 1
    assert items(ann, "/resources/search", deploymentKey="1") == []
    for name, key in (("order.bpmn", world.resource), ("price.dmn", world.requirements)):
        assert ann.get(f"/resources/{key}") == found[name]
        answer = ann("GET", f"/resources/{key}/content/binary")
        source = DIAGRAM if name == "order.bpmn" else Path(__file__).with_name(name)
        assert (answer.content_type, answer.data) == ("application/octet-stream", source.read_bytes())
    assert ann("GET", "/resources/1/content/binary").status_code == 404


@pytest.mark.parametrize("what", ["cancellation", "migration", "modification", "restart", "deletion"])
def test_the_case_of_key_nought_is_unknown_like_any_other(what: str, calling: Callers) -> None:
    assert calling("admin")("POST", f"/process-instances/0/{what}", {}).status_code in (400, 404)
