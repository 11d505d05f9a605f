"""Two versions of a process compared over HTTP: deployed, in a draft, or as a draft once was."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from api.runtime import Runtime
from tests.api.conftest import Caller
from tests.api.test_model_drafts import NARROW, ORDER, OTHER, PROCESS, code, deploy, made, owner, put

__all__ = ["owner"]
Callers = Callable[[str | None], Caller]
FILE = f"processes/{PROCESS}/order.bpmn"
RENAMED = ORDER.replace("ตรวจคำสั่งซื้อ", "ตรวจใบสั่งซื้อ")
OPEN = ORDER.replace('candidateGroups="clerks"', 'candidateGroups="clerks,visitors"')
DEPLOYED = {"processDefinitionId": PROCESS}


def compared(who: Caller, before: dict[str, Any], after: dict[str, Any], **more: Any) -> Any:
    return who.post("/model-comparisons", {"before": before, "after": after, **more})


def said(who: Caller, before: dict[str, Any], after: dict[str, Any]) -> list[tuple[str, str, str]]:
    """(id, code, severity) of every change."""
    return [(c["id"], c["code"], c["severity"]) for c in compared(who, before, after)["changes"]]


def draft_key(draft: str) -> str:
    return draft.rpartition("/")[2]


@pytest.fixture
def draft(owner: Caller) -> str:
    """A draft of version 1 in which more people may check an order."""
    made_ = made(owner, processDefinitionId=PROCESS)
    revision = next(file["revision"] for file in owner.get(made_)["files"] if file["path"] == FILE)
    assert put(owner, made_, FILE, OPEN, revision).status_code == 200
    return made_


def test_two_deployed_versions_for_everybody_who_is_signed_in(owner: Caller, office: Runtime, caller: Callers) -> None:
    deploy(office, **{FILE: RENAMED})
    found = compared(caller("ann"), {**DEPLOYED, "version": 1}, DEPLOYED)
    (change,) = found["changes"]
    assert change["message"] == {
        "th": "ชื่อ: “ตรวจคำสั่งซื้อ” เป็น “ตรวจใบสั่งซื้อ”", "en": "Name: “ตรวจคำสั่งซื้อ” to “ตรวจใบสั่งซื้อ”"
    }  # fmt: skip
    assert (change["part"], change["processDefinitionId"], change["id"]) == ("ELEMENT", PROCESS, "Task_Check")
    assert (change["kind"], change["severity"], change["title"]["en"]) == ("CHANGED", "INFO", "Task “ตรวจใบสั่งซื้อ”")
    assert (found["moreChanges"], found["unreadable"], found["diagrams"]) == (0, [], [])


def test_a_draft_with_what_it_began_with(owner: Caller, draft: str) -> None:
    key = draft_key(draft)
    warned = [("Task_Check", "candidate-group-added", "WARNING")]
    assert said(owner, DEPLOYED, {"draftKey": key}) == warned
    assert said(owner, {"draftKey": key}, DEPLOYED) == [("Task_Check", "candidate-group-removed", "INFO")]
    first = owner.get(draft)["revision"] - 1
    assert said(owner, {"draftKey": key, "revision": first}, {"draftKey": key}) == warned


def test_the_diagrams_come_along_when_asked_for(owner: Caller, draft: str) -> None:
    found = compared(owner, DEPLOYED, {"draftKey": draft_key(draft)}, diagrams=True)
    assert found["diagrams"] == [{"path": FILE, "before": ORDER, "after": OPEN}]


def test_a_diagram_that_cannot_be_read_is_named(owner: Caller, draft: str) -> None:
    assert put(owner, draft, FILE, "<half", owner.get(draft)["revision"]).status_code == 200
    found = compared(owner, DEPLOYED, {"draftKey": draft_key(draft)}, diagrams=True)
    assert (found["changes"], found["unreadable"]) == ([], [FILE])
    assert owner.get(draft)["state"] == "OPEN"


def test_a_draft_of_others_is_not_found(draft: str, caller: Callers) -> None:
    body = {"before": DEPLOYED, "after": {"draftKey": draft_key(draft)}}
    assert said(caller(NARROW.username), DEPLOYED, body["after"])
    for stranger in (OTHER.username, "ann", "auditor"):
        assert code(caller(stranger)("POST", "/model-comparisons", body), 404) == "not-found"


@pytest.mark.parametrize(
    ("wrong", "status", "problem"),
    [
        ({}, 400, "invalid-argument"),
        ({**DEPLOYED, "draftKey": "1"}, 400, "invalid-argument"),
        ({**DEPLOYED, "revision": 1}, 400, "invalid-argument"),
        ({"draftKey": "1", "version": 1}, 400, "invalid-argument"),
        ({"draftKey": "x"}, 400, "invalid-argument"),
        ({**DEPLOYED, "version": 0}, 400, "invalid-request"),
        ({**DEPLOYED, "version": "1"}, 400, "invalid-request"),
        ({**DEPLOYED, "colour": 1}, 400, "invalid-request"),
        ({"processDefinitionId": ""}, 400, "invalid-request"),
        ({"processDefinitionId": "nothing"}, 404, "not-found"),
        ({**DEPLOYED, "version": 9}, 404, "not-found"),
        ({"draftKey": "404"}, 404, "not-found"),
    ],
)
def test_a_side_is_one_version_or_one_draft(owner: Caller, wrong: dict[str, Any], status: int, problem: str) -> None:
    for body in ({"before": wrong, "after": DEPLOYED}, {"before": DEPLOYED, "after": wrong}):
        assert code(owner("POST", "/model-comparisons", body), status) == problem


def test_a_revision_that_a_draft_has_not_had_is_not_found(owner: Caller, draft: str) -> None:
    body = {"before": DEPLOYED, "after": {"draftKey": draft_key(draft), "revision": 99}}
    assert code(owner("POST", "/model-comparisons", body), 404) == "not-found"


def test_both_sides_are_needed(owner: Caller, caller: Callers) -> None:
    assert code(owner("POST", "/model-comparisons", {"before": DEPLOYED}), 400) == "invalid-request"
    assert code(caller(None)("POST", "/model-comparisons", {"before": DEPLOYED, "after": DEPLOYED}), 401)
