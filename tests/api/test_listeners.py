"""Listeners over HTTP: what a worker gets, how it answers, and how whoever asked for something waits for it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from werkzeug.test import TestResponse

import api.holding
from api.runtime import Runtime
from engine.commands.checking import Resource
from engine.commands.deploy import Deploy
from engine.model.actor import SYSTEM
from tests.api.conftest import Caller
from tests.execution.bench import diagram, flows, node, user

Callers = Callable[[str | None], Caller]
ASSIGNED = (
    '<zeebe:assignmentDefinition candidateGroups="checkers" candidateUsers="ann"/>'
    '<zeebe:taskHeaders><zeebe:header key="desk" value="4"/></zeebe:taskHeaders>'
)
ALL = "".join(
    f'<zeebe:taskListener eventType="{e}" type="{e}"/>'
    for e in ("assigning", "updating", "completing", "canceling")
)


def line(box: str, before: str = "") -> bytes:
    """Start, a user task, end."""
    return diagram(before + node("startEvent", "s") + user("x", ASSIGNED + box) + node("endEvent", "e") + flows("s x", "x e"), process_id="heard")


class Desk:
    """A case of a process with listeners, an owner who asks, and a worker who answers."""

    def __init__(self, runtime: Runtime, callers: Callers, xml: bytes, **variables: Any) -> None:
        runtime.bus.run(Deploy((Resource("heard.bpmn", xml),)), SYSTEM)
        self.owner, self.worker, self.ann = callers("owner"), callers("worker"), callers("ann")
        made = self.owner.post("/process-instances", {"processDefinitionId": "heard", "variables": variables})
        self.case = made["processInstanceKey"]

    @property
    def task(self) -> dict[str, Any]:
        found = self.owner.post("/user-tasks/search", {"filter": {"processInstanceKey": self.case}})["items"]
        return dict(found[0])

    def take(self, type_: str) -> dict[str, Any]:
        """The job of a type, waited for."""
        wanted = {"type": type_, "timeout": 60_000, "maxJobsToActivate": 1, "worker": "w", "requestTimeout": 10_000}
        (job,) = self.worker.post("/jobs/activation", wanted)["jobs"]
        return dict(job)

    def answer(self, job: dict[str, Any], result: dict[str, Any] | None = None, **variables: Any) -> TestResponse:
        return self.worker("POST", f"/jobs/{job['jobKey']}/completion", {"variables": variables, "result": result})

    @contextmanager
    def asking(self, who: Caller, method: str, path: str, body: Any = None) -> Iterator[list[TestResponse]]:
        """A request that waits while the block runs; its answer is in the list afterwards."""
        answers: list[TestResponse] = []
        asking = threading.Thread(target=lambda: answers.append(who(method, path, body)))
        asking.start()
        try:
            yield answers
        finally:
            asking.join()


@pytest.fixture
def desk(office: Runtime, caller: Callers) -> Callable[..., Desk]:
    return lambda xml, **variables: Desk(office, caller, xml, **variables)


def listening(box: str = ALL) -> bytes:
    return line(f"<zeebe:taskListeners>{box}</zeebe:taskListeners>")


def test_a_completion_is_held_until_the_listener_allows_it(desk: Callable[..., Desk]) -> None:
    at = desk(listening())
    task = at.task
    with at.asking(at.ann, "POST", f"/user-tasks/{task['userTaskKey']}/assignment", {"assignee": "ann"}) as answers:
        at.answer(at.take("assigning"))
    assert answers[0].status_code == 204 and at.task["assignee"] == "ann"
    with at.asking(at.ann, "POST", f"/user-tasks/{task['userTaskKey']}/completion", {"variables": {"n": 1}}) as answers:
        job = at.take("completing")
        assert at.task["state"] == "COMPLETING" and job["variables"] == {"n": 1} and answers == []
        at.answer(job)
    assert answers[0].status_code == 204
    assert (at.task["state"], at.task["completedBy"]) == ("COMPLETED", "ann")
    assert at.owner.get(f"/process-instances/{at.case}")["state"] == "COMPLETED"


def test_a_worker_is_told_of_the_task(desk: Callable[..., Desk]) -> None:
    at = desk(listening())
    key = at.task["userTaskKey"]
    changes = {"dueDate": "2026-05-01T09:00:00Z", "priority": 70, "candidateUsers": []}
    with at.asking(at.owner, "PATCH", f"/user-tasks/{key}", {"changeset": changes, "action": "escalate"}):
        job = at.take("updating")
        assert (job["kind"], job["listenerEventType"], job["type"]) == ("TASK_LISTENER", "UPDATING", "updating")
        assert job["userTask"] == {
            "action": "escalate", "assignee": None, "candidateGroups": ["checkers"], "candidateUsers": [],
            "changedAttributes": ["candidateUsers", "dueDate", "priority"], "dueDate": "2026-05-01T09:00:00.000000Z",
            "followUpDate": None, "formKey": None, "priority": 70, "userTaskKey": key,
        }  # fmt: skip
        assert job["customHeaders"]["desk"] == "4" and job["customHeaders"]["io.camunda.zeebe:action"] == "escalate"
        shown = at.task
        assert (shown["state"], shown["priority"], shown["dueDate"]) == ("UPDATING", 50, None)
        at.answer(job)
    shown = at.task
    assert (shown["state"], shown["priority"], shown["dueDate"]) == ("CREATED", 70, "2026-05-01T09:00:00.000000Z")
    assert shown["candidateUsers"] == []


@pytest.mark.parametrize(
    ("event", "method", "path", "body"),
    [
        ("assigning", "POST", "/assignment", {"assignee": "ann"}), ("updating", "PATCH", "", {"changeset": {"priority": 9}}),
        ("completing", "POST", "/completion", {"variables": {"n": 1}}), ("assigning", "DELETE", "/assignee", None),
    ],
)  # fmt: skip
def test_who_asked_learns_that_it_was_denied(desk: Callable[..., Desk], event: str, method: str, path: str, body: Any) -> None:
    at = desk(listening())
    before = at.task
    with at.asking(at.owner if event != "completing" else at.ann, method, f"/user-tasks/{before['userTaskKey']}{path}", body) as answers:
        job = at.take(event)
        assert at.answer(job, {"type": "userTask", "denied": True, "deniedReason": "not yet"}).status_code == 204
    problem = answers[0].get_json()
    assert (problem["status"], problem["title"], problem["code"]) == (409, "INVALID_STATE", "denied-by-listener")
    assert problem["detail"] == "not yet" and problem["th"] != problem["en"]
    after = at.task
    assert {**after, "rev": 0} == {**before, "rev": 0}
    (found,) = at.owner.post("/jobs/search", {"filter": {"jobKey": job["jobKey"]}})["items"]
    assert (found["state"], found["isDenied"], found["deniedReason"]) == ("COMPLETED", True, "not yet")
    assert (found["kind"], found["listenerEventType"]) == ("TASK_LISTENER", event.upper())


def test_what_a_listener_corrects_is_what_the_task_gets(desk: Callable[..., Desk]) -> None:
    at = desk(listening('<zeebe:taskListener eventType="assigning" type="one"/><zeebe:taskListener eventType="assigning" type="two"/>'))
    with at.asking(at.owner, "POST", f"/user-tasks/{at.task['userTaskKey']}/assignment", {"assignee": "ann"}):
        corrections = {"assignee": "ben", "priority": 80, "candidateGroups": [], "dueDate": None, "followUpDate": ""}
        at.answer(at.take("one"), {"type": "userTask", "corrections": corrections})
        job = at.take("two")
        assert job["userTask"]["assignee"] == "ben" and job["userTask"]["changedAttributes"] == ["assignee", "candidateGroups", "priority"]
        at.answer(job, {"corrections": {"priority": 50, "assignee": None}})
    shown = at.task
    assert (shown["assignee"], shown["priority"], shown["candidateGroups"]) == ("ben", 50, [])


def test_a_request_that_waits_too_long_is_told_that_it_goes_on(desk: Callable[..., Desk], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api.holding, "LONGEST", 0.0)
    at = desk(listening())
    key = at.task["userTaskKey"]
    late = at.owner("PATCH", f"/user-tasks/{key}", {"changeset": {"priority": 9}})
    assert (late.status_code, late.get_json()["code"]) == (504, "timed-out")
    again = at.owner("PATCH", f"/user-tasks/{key}", {"changeset": {"priority": 10}})
    assert again.status_code == 409 and at.task["state"] == "UPDATING"
    at.answer(at.take("updating"))
    assert (at.task["state"], at.task["priority"]) == ("CREATED", 9)


def test_variables_set_at_a_task_are_an_update_of_it(desk: Callable[..., Desk]) -> None:
    at = desk(listening())
    path = f"/element-instances/{at.task['elementInstanceKey']}/variables"
    with at.asking(at.owner, "PUT", path, {"variables": {"n": 7}}) as answers:
        job = at.take("updating")
        assert job["userTask"]["changedAttributes"] == ["variables"] and job["variables"] == {"n": 7}
        at.answer(job)
    assert answers[0].status_code == 204
    found = at.owner.post("/variables/search", {"filter": {"processInstanceKey": at.case}})["items"]
    assert [(v["name"], v["value"]) for v in found] == [("n", "7")]
    with at.asking(at.owner, "PUT", path, {"variables": {"n": 8}}) as answers:
        at.answer(at.take("updating"), {"denied": True})
    assert answers[0].status_code == 409


def test_a_cancellation_is_held_until_its_listeners_are_done(desk: Callable[..., Desk]) -> None:
    box = '<bpmn:extensionElements><zeebe:executionListeners><zeebe:executionListener eventType="cancel" type="over"/></zeebe:executionListeners></bpmn:extensionElements>'
    at = desk(line(f"<zeebe:taskListeners>{ALL}</zeebe:taskListeners>", box))
    with at.asking(at.owner, "POST", f"/process-instances/{at.case}/cancellation", {}) as answers:
        first = at.take("canceling")
        assert at.task["state"] == "CANCELING" and first["listenerEventType"] == "CANCELING"
        assert at.answer(first, {"denied": True}).status_code == 400
        at.answer(first)
        last = at.take("over")
        assert (at.task["state"], last["kind"], last["listenerEventType"], last["userTask"]) == ("CANCELED", "EXECUTION_LISTENER", "CANCEL", None)
        assert at.owner("POST", f"/process-instances/{at.case}/cancellation", {}).status_code == 409
        at.answer(last)
    assert answers[0].status_code == 204 and at.owner.get(f"/process-instances/{at.case}")["state"] == "TERMINATED"


def test_whose_task_is_cancelled_meanwhile_learns_it(desk: Callable[..., Desk]) -> None:
    at = desk(listening('<zeebe:taskListener eventType="completing" type="completing"/>'))
    with at.asking(at.ann, "POST", f"/user-tasks/{at.task['userTaskKey']}/completion", {}) as answers:
        at.take("completing")
        at.owner("POST", f"/process-instances/{at.case}/cancellation", {})
    assert (answers[0].status_code, answers[0].get_json()["code"]) == (409, "invalid-state")


def test_a_repeated_request_gets_the_same_answer(desk: Callable[..., Desk]) -> None:
    at = desk(listening())
    path = f"/user-tasks/{at.task['userTaskKey']}"
    headers = {"Idempotency-Key": "once"}
    answers: list[TestResponse] = []
    asking = threading.Thread(target=lambda: answers.append(at.owner("PATCH", path, {"changeset": {"priority": 9}}, headers=headers)))
    asking.start()
    at.answer(at.take("updating"), {"denied": True, "deniedReason": "no"})
    asking.join()
    again = at.owner("PATCH", path, {"changeset": {"priority": 9}}, headers=headers)
    assert [a.get_json()["detail"] for a in (*answers, again)] == ["no", "no"]


@pytest.mark.parametrize(
    ("result", "variables"),
    [
        ({"denied": True, "corrections": {"priority": 1}}, {}), ({"corrections": {"priority": 101}}, {}), ({"corrections": {"assignee": "nobody"}}, {}),
        ({"corrections": {"dueDate": "soon"}}, {}), ({"corrections": {"candidateUsers": [""]}}, {}), ({"corrections": {"name": "x"}}, {}),
        ({"type": "adHocSubProcess"}, {}), ({"denied": "yes"}, {}), (None, {"n": 1}),
    ],
)  # fmt: skip
def test_answers_that_a_listener_cannot_give(desk: Callable[..., Desk], monkeypatch: pytest.MonkeyPatch, result: Any, variables: dict[str, Any]) -> None:
    monkeypatch.setattr(api.holding, "LONGEST", 0.0)
    at = desk(listening())
    at.owner("PATCH", f"/user-tasks/{at.task['userTaskKey']}", {"changeset": {"priority": 9}})
    job, before = at.take("updating"), at.task
    refused = at.answer(job, result, **variables)
    assert refused.status_code == 400 and refused.get_json()["th"] != refused.get_json()["en"]
    assert at.task == before and at.answer(job).status_code == 204


def test_a_listener_throws_no_bpmn_error_and_a_job_denies_nothing(desk: Callable[..., Desk]) -> None:
    box = '<zeebe:executionListeners><zeebe:executionListener eventType="start" type="first"/></zeebe:executionListeners>'
    at = desk(line(box))
    job = at.take("first")
    thrown = at.worker("POST", f"/jobs/{job['jobKey']}/error", {"errorCode": "E"})
    assert (thrown.status_code, thrown.get_json()["title"]) == (409, "INVALID_STATE")
    assert at.answer(job, {"denied": True}).status_code == 400
    assert at.answer(job, {"corrections": {"priority": 1}}).status_code == 400
    assert at.answer(job, {"type": "userTask", "denied": False}).status_code == 204


def test_what_waits_for_a_listener_is_listed(desk: Callable[..., Desk]) -> None:
    box = '<zeebe:executionListeners><zeebe:executionListener eventType="start" type="first"/></zeebe:executionListeners>'
    at = desk(line(box))
    (wait,) = at.owner.post("/element-instances/wait-states/search", {"filter": {"processInstanceKey": at.case}})["items"]
    assert (wait["details"]["jobKind"], wait["details"]["listenerEventType"]) == ("EXECUTION_LISTENER", "START")
