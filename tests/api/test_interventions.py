"""Interventions over HTTP: refused at once, asked for, found by who approves, approved, rejected, withdrawn."""

from __future__ import annotations

from collections.abc import Callable

from api.app import create_app
from api.runtime import Runtime
from engine.commands.checking import Resource
from engine.commands.deploy import Deploy
from engine.model.actor import SYSTEM
from tests.api.conftest import Caller
from tests.api.people import PASSWORD
from tests.api.world import DIAGRAM, PROCESS, World

Callers = Callable[[str | None], Caller]
WHY = {"reason": "entered twice"}


def started(runtime: Runtime, calling: Callers) -> str:
    """A case of a version that demands a second person for its cancellation."""
    box = b'<krabuan:intervention xmlns:krabuan="https://krabuan.org/schema/1.0" kind="cancel" secondPerson="true"/>'
    xml = DIAGRAM.read_bytes()
    at = xml.index(b">", xml.index(b"<bpmn:process ")) + 1
    xml = xml[:at] + b"<bpmn:extensionElements>" + box + b"</bpmn:extensionElements>" + xml[at:]
    runtime.bus.run(Deploy((Resource("order.bpmn", xml),)), SYSTEM)
    body = {"processDefinitionId": PROCESS, "variables": {"orderId": "second"}}
    return str(calling("narrow").post("/process-instances", body)["processInstanceKey"])


def test_a_cancellation_that_needs_a_second_person(at_work: tuple[Runtime, World], calling: Callers) -> None:
    narrow, owner, key = calling("narrow"), calling("owner"), started(at_work[0], calling)
    at_once = narrow("POST", f"/process-instances/{key}/cancellation", WHY)
    assert (at_once.status_code, at_once.get_json()["code"]) == (409, "second-person-needed")
    silent = narrow("POST", f"/process-instances/{key}/cancellation")
    assert (silent.status_code, silent.get_json()["code"]) == (400, "reason-needed")
    asked = narrow.post(at_once.get_json()["request"].removeprefix("/v2"), {"kind": "cancel", "key": key, "request": WHY})
    one = f"/interventions/{asked['interventionKey']}"
    mine = {"filter": {"toDecide": True, "processInstanceKey": key}}
    assert narrow.post("/interventions/search", mine)["items"] == []
    (found,) = owner.post("/interventions/search", mine)["items"]
    assert (found["reason"], found["requestedBy"], found["state"]) == ("entered twice", "narrow", "PENDING")
    told = owner.post("/notifications/search", {})["items"]
    assert [n["processInstanceKey"] for n in told if n["about"] == "intervention"] == [key]
    assert narrow("POST", f"{one}/approval").get_json()["code"] == "second-person-needed"
    owner.post(f"{one}/approval", {"note": "agreed"})
    assert owner.get(f"/process-instances/{key}")["state"] == "TERMINATED"
    shown = narrow.get(one)
    assert (shown["state"], shown["decidedBy"], shown["note"]) == ("APPROVED", "owner", "agreed")
    assert owner("POST", f"{one}/approval").status_code == 409


def test_rejected_and_withdrawn(at_work: tuple[Runtime, World], calling: Callers) -> None:
    key, body = at_work[1].waiting, {"kind": "cancel", "key": str(at_work[1].waiting), "request": WHY}
    first, second = (calling("narrow").post("/interventions", body)["interventionKey"] for _ in range(2))
    assert calling("admin")("POST", f"/interventions/{first}/rejection", {}).status_code == 400
    calling("admin").post(f"/interventions/{first}/rejection", {"note": "not a double"})
    assert calling("admin")("POST", f"/interventions/{second}/withdrawal").status_code == 403
    calling("narrow").post(f"/interventions/{second}/withdrawal")
    states = [i["state"] for i in calling("narrow").post("/interventions/search")["items"]]
    assert sorted(states) == ["PENDING", "REJECTED", "WITHDRAWN"]  # one was there before
    assert calling("narrow").get(f"/process-instances/{key}")["state"] == "ACTIVE"


def checked(runtime: Runtime, calling: Callers) -> str:
    """A task of ann's with a control point."""
    point = b'<krabuan:controlPoint xmlns:krabuan="https://krabuan.org/schema/1.0" id="cp"><krabuan:text lang="th">\xe0\xb8\x84\xe0\xb8\xa3\xe0\xb8\x9a</krabuan:text>'
    point += b'<krabuan:text lang="en">whole</krabuan:text><krabuan:binding type="condition" expression="=x = 1"/></krabuan:controlPoint>'
    xml = DIAGRAM.read_bytes()
    at = xml.index(b"<bpmn:extensionElements>", xml.index(b"<bpmn:userTask ")) + len(b"<bpmn:extensionElements>")
    runtime.bus.run(Deploy((Resource("order.bpmn", xml[:at] + point + xml[at:]),)), SYSTEM)
    body = {"processDefinitionId": PROCESS, "variables": {"orderId": "checked"}}
    case = calling("narrow").post("/process-instances", body)["processInstanceKey"]
    (task,) = calling("owner").post("/user-tasks/search", {"filter": {"processInstanceKey": case}})["items"]
    calling("ann").post(f"/user-tasks/{task['userTaskKey']}/assignment", {"assignee": "ann"})
    return str(task["userTaskKey"])


def test_a_waiver_is_asked_for_by_who_does_the_task(at_work: tuple[Runtime, World], calling: Callers) -> None:
    ann, narrow, task = calling("ann"), calling("narrow"), checked(at_work[0], calling)
    at_once = narrow("POST", f"/user-tasks/{task}/control-points/cp/waiver", {"reason": "it burnt"})
    assert (at_once.status_code, at_once.get_json()["code"]) == (409, "second-person-needed")
    body = {"kind": "waive", "key": task, "request": {"controlPointId": "cp", "reason": "it burnt"}}
    key = ann.post(at_once.get_json()["request"].removeprefix("/v2"), body)["interventionKey"]
    assert ann("POST", "/interventions", body).get_json()["code"] == "already-exists"
    mine = {"filter": {"toDecide": True, "elementInstanceKey": task}}
    assert ann.post("/interventions/search", mine)["items"] == []
    (found,) = narrow.post("/interventions/search", mine)["items"]
    assert (found["interventionKey"], found["about"]["en"], found["requestedBy"]) == (key, "whole", "ann")
    assert found["processName"]["th"] and found["request"]["control_point_id"] == "cp"
    told = narrow.post("/notifications/search", {})["items"]
    assert [n["userTaskKey"] for n in told if n["about"] == "intervention"] == [task]
    narrow.post(f"/interventions/{key}/approval", {})
    (point,) = ann.get(f"/user-tasks/{task}/control-points")["items"]
    assert (point["state"], point["recordedBy"]) == ("WAIVED", "narrow")
    assert point["detail"] == {"reason": "it burnt", "requestedBy": "ann"}


def test_who_does_the_task_finds_no_waiver_to_decide_on(at_work: tuple[Runtime, World], calling: Callers) -> None:
    task, owner = checked(at_work[0], calling), calling("owner")
    body = {"kind": "waive", "key": task, "request": {"controlPointId": "cp", "reason": "it burnt"}}
    key = calling("admin").post("/interventions", body)["interventionKey"]
    mine = {"filter": {"toDecide": True, "elementInstanceKey": task}}
    assert [i["interventionKey"] for i in owner.post("/interventions/search", mine)["items"]] == [key]
    owner.post(f"/user-tasks/{task}/assignment", {"assignee": "owner"})
    assert owner.post("/interventions/search", mine)["items"] == []
    assert owner("POST", f"/interventions/{key}/approval").get_json()["code"] == "second-person-needed"


def test_what_cannot_be_asked_for(at_work: tuple[Runtime, World], calling: Callers) -> None:
    good = {"kind": "cancel", "key": str(at_work[1].waiting), "request": WHY}
    for wrong in ({"kind": "dance"}, {"key": "x"}, {"request": {"why": "x"}}, {"request": {}}, {"kind": "migrate"}, {"kind": "waive"}):
        assert calling("narrow")("POST", "/interventions", good | wrong).status_code == 400, wrong
    assert calling("narrow")("POST", "/interventions", good | {"key": "1"}).status_code == 404
    assert calling("narrow")("POST", "/interventions/search", {"filter": {"toDecide": False}}).status_code == 400
    assert calling("other")("POST", "/interventions", good).status_code == 404


def test_who_is_signed_in_to_the_pages_gives_a_reason(at_work: tuple[Runtime, World]) -> None:
    runtime, world = at_work
    browser = create_app(runtime).test_client()
    signed_in = browser.post("/v2/session", json={"username": "owner", "password": PASSWORD})
    headers = {"X-CSRF-Token": signed_in.get_json()["csrfToken"]}
    path = f"/v2/process-instances/{world.waiting}/cancellation"
    refused = browser.post(path, json={}, headers=headers)
    assert (refused.status_code, refused.get_json()["code"]) == (400, "reason-needed")
    assert browser.post(path, json={"reason": "entered twice"}, headers=headers).status_code == 204
