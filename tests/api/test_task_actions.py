"""Help with tasks, and co-signatures, over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from api.runtime import Runtime
from engine.commands.checking import Resource
from engine.commands.deploy import Deploy
from engine.model.actor import SYSTEM
from tests.api.conftest import Caller
from tests.api.world import World

Callers = Callable[[str | None], Caller]
DATA = {"amount": 1.50, "for": "ค่าเดินทาง"}


@pytest.fixture
def path(at_work: tuple[Runtime, World], calling: Callers) -> str:
    """The path of a task that ann has claimed."""
    found = f"/user-tasks/{at_work[1].task}"
    calling("ann").post(f"{found}/assignment", {"assignee": "ann"})
    return found


def listed(caller: Caller, view: str, path: str) -> bool:
    """Whether a list of the inbox has the task."""
    items = caller.post("/user-tasks/search", {"filter": {"view": view}})["items"]
    return path.rpartition("/")[2] in [item["userTaskKey"] for item in items]


def test_another_helps(path: str, calling: Callers) -> None:
    ann, cat = calling("ann"), calling("cat")
    ann.post(f"{path}/delegation", {"to": "cat", "note": "please check"})
    task = cat.get(path)
    assert (task["assignee"], task["owner"], task["delegationState"]) == ("cat", "ann", "PENDING")
    assert listed(cat, "mine", path) and listed(ann, "delegated", path) and not listed(cat, "delegated", path)
    (told,) = cat.post("/notifications/search", {"filter": {"about": "delegation"}})["items"]
    assert (told["userTaskKey"], told["body"]) == (path.rpartition("/")[2], "please check")
    again = cat("POST", f"{path}/delegation", {"to": "ben"})
    assert (again.status_code, again.get_json()["code"], again.get_json()["owner"]) == (409, "task-delegated", "ann")
    cat.post(f"{path}/resolution", {"variables": DATA, "note": "all right"})
    assert (ann.get(path)["assignee"], ann.get(f"{path}/draft")["variables"]) == ("ann", DATA)
    assert ann("POST", f"{path}/completion", {"variables": DATA}).status_code == 204
    assert ann.get(path)["delegationState"] == "RESOLVED"


def test_another_signs(path: str, calling: Callers) -> None:
    ann, cat = calling("ann"), calling("cat")
    assert ann.get(f"{path}/co-signatures") == {"items": [], "digest": None, "variables": None, "mayISign": False}
    ann.post(f"{path}/co-signatures", {"users": ["cat"], "groups": ["checkers"], "variables": DATA})
    laid = cat.get(f"{path}/co-signatures")
    assert (laid["variables"], laid["mayISign"]) == (DATA, True)
    assert listed(cat, "toSign", path) and listed(calling("ben"), "toSign", path) and not listed(ann, "toSign", path)
    early = ann("POST", f"{path}/completion", {"variables": DATA})
    assert (early.status_code, early.get_json()["code"]) == (409, "signatures-missing")
    assert early.get_json()["signatures"] == [
        {"kind": "user", "name": "cat", "state": "PENDING"}, {"kind": "group", "name": "checkers", "state": "PENDING"},
    ]  # fmt: skip
    for name in ("cat", "ben"):
        calling(name).post(f"{path}/co-signature", {"agree": True, "digest": laid["digest"]})
    shown = ann.get(f"{path}/co-signatures")["items"]
    assert [(s["name"], s["state"], s["signedBy"]) for s in shown] == [("cat", "AGREED", "cat"), ("checkers", "AGREED", "ben")]
    assert ann("POST", f"{path}/completion", {"variables": DATA | {"amount": 2}}).get_json()["code"] == "signatures-missing"
    assert ann("POST", f"{path}/completion", {"variables": DATA}).status_code == 204


def test_a_refusal_says_why(path: str, calling: Callers) -> None:
    ann, cat = calling("ann"), calling("cat")
    ann.post(f"{path}/co-signatures", {"users": ["cat"]})
    digest = cat.get(f"{path}/co-signatures")["digest"]
    silent = cat("POST", f"{path}/co-signature", {"agree": False, "digest": digest})
    assert (silent.status_code, silent.get_json()["code"]) == (400, "reason-needed")
    cat.post(f"{path}/co-signature", {"agree": False, "digest": digest, "reason": "the amount is wrong"})
    (item,) = ann.get(f"{path}/co-signatures")["items"]
    assert (item["state"], item["reason"]) == ("REFUSED", "the amount is wrong")


@pytest.mark.parametrize(
    ("action", "body"),
    [
        ("delegation", {}), ("delegation", {"to": ""}), ("delegation", {"to": "nobody"}), ("delegation", {"to": "ann"}),
        ("delegation", {"to": "cat", "note": "x" * 4001}), ("delegation", {"to": "cat", "why": "x"}),
        ("resolution", {"variables": []}), ("co-signatures", {"users": "cat"}), ("co-signatures", {"users": ["nobody"]}),
        ("co-signatures", {"groups": ["nobody"]}), ("co-signatures", {"users": ["x"] * 21}), ("co-signature", {}),
        ("co-signature", {"agree": "yes", "digest": "0" * 64}), ("co-signature", {"agree": True, "digest": "0"}),
    ],
)  # fmt: skip
def test_bad_bodies_change_nothing(path: str, calling: Callers, action: str, body: dict[str, Any]) -> None:
    before = calling("ann").get(path)
    answer = calling("ann")("POST", f"{path}/{action}", body)
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
    assert {"code", "th", "en"} <= answer.get_json().keys()
    assert calling("ann").get(path) == before


def test_what_is_to_be_found_nowhere(calling: Callers) -> None:
    for action, body in (
        ("delegation", {"to": "cat"}), ("resolution", {}), ("co-signatures", {}),
        ("co-signature", {"agree": True, "digest": "0" * 64}),
    ):  # fmt: skip
        assert calling("ann")("POST", f"/user-tasks/1/{action}", body).status_code == 404
    assert calling("ann")("GET", "/user-tasks/1/co-signatures").status_code == 404


LOOP = b"""<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:krabuan="https://krabuan.org/schema/1.0" targetNamespace="t">
  <bpmn:process id="loop" isExecutable="true">
    <bpmn:startEvent id="s"/>
    <bpmn:userTask id="draft" name="Draft"><bpmn:extensionElements><zeebe:userTask/><krabuan:recall/>
      <zeebe:assignmentDefinition candidateGroups="clerks"/></bpmn:extensionElements></bpmn:userTask>
    <bpmn:userTask id="check" name="Check"><bpmn:extensionElements><zeebe:userTask/><krabuan:return to="draft"/>
      <zeebe:assignmentDefinition candidateGroups="checkers"/></bpmn:extensionElements></bpmn:userTask>
    <bpmn:endEvent id="e"/>
    <bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="draft"/>
    <bpmn:sequenceFlow id="f2" sourceRef="draft" targetRef="check"/>
    <bpmn:sequenceFlow id="f3" sourceRef="check" targetRef="e"/>
  </bpmn:process>
</bpmn:definitions>"""
WHY = {"reason": "the receipts are missing"}


@pytest.fixture
def drafted(at_work: tuple[Runtime, World], calling: Callers) -> str:
    """The path of a draft that ann completed and that waits to be checked."""
    at_work[0].bus.run(Deploy((Resource("loop.bpmn", LOOP),)), SYSTEM)
    ann = calling("ann")
    ann.post("/process-instances", {"processDefinitionId": "loop"})
    path = f"/user-tasks/{waiting(ann)['userTaskKey']}"
    ann.post(f"{path}/assignment", {"assignee": "ann"})
    ann.post(f"{path}/completion", {})
    return path


def waiting(caller: Caller) -> Any:
    wanted = {"processDefinitionId": "loop", "state": "CREATED"}
    (task,) = caller.post("/user-tasks/search", {"filter": wanted})["items"]
    return task


def test_sent_back(drafted: str, calling: Callers) -> None:
    ben = calling("ben")
    path = f"/user-tasks/{waiting(ben)['userTaskKey']}"
    assert ben.get(f"{path}/actions") == {
        "returnTo": [{"elementId": "draft", "name": {"th": "Draft", "en": "Draft"}}], "recall": False, "coSign": False,
    }  # fmt: skip
    body = {"to": "draft", **WHY}
    assert ben("POST", f"{path}/return", body).status_code == 403
    ben.post(f"{path}/assignment", {"assignee": "ben"})
    elsewhere = ben("POST", f"{path}/return", body | {"to": "check"})
    assert (elsewhere.status_code, elsewhere.get_json()["code"]) == (409, "not-to-be-returned")
    assert ben("POST", f"{path}/return", {"to": "draft"}).status_code == 400
    assert ben("POST", f"{path}/return", body | {"reason": "no"}).get_json()["code"] == "reason-needed"
    ben.post(f"{path}/return", body)
    task = waiting(calling("ann"))
    assert (task["elementId"], task["assignee"]) == ("draft", "ann")


def test_taken_back(drafted: str, calling: Callers) -> None:
    ann = calling("ann")
    assert ann.get(f"{drafted}/actions")["recall"]
    assert ann("POST", f"{drafted}/recall", {}).status_code == 400
    assert calling("ben")("POST", f"{drafted}/recall", WHY).status_code == 403
    ann.post(f"{drafted}/recall", WHY)
    assert waiting(ann)["elementId"] == "draft"
    again = ann("POST", f"{drafted}/recall", WHY)
    assert (again.status_code, again.get_json()["code"]) == (409, "not-to-be-recalled")
