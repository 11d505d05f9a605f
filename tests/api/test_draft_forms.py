"""The forms of a draft over HTTP: shown with their shared parts, and tried out without a case."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.api.conftest import Caller
from tests.api.test_model_drafts import PROCESS, code, made, owner, put

__all__ = ["owner"]
Callers = Callable[[str | None], Caller]
PATH = f"forms/{PROCESS}/trip.form"
PART = {"schemaVersion": 16, "type": "default", "id": "shared.who",
        "components": [{"id": "w", "key": "who", "label": "ผู้เดินทาง", "type": "textfield"}]}  # fmt: skip


def form(*components: dict[str, Any]) -> str:
    """A form file with these components after the first two."""
    first = {"id": "s", "key": "subject", "label": "เรื่อง", "type": "textfield", "validate": {"required": True}}
    amount = {"id": "a", "key": "amount", "label": "วงเงิน", "type": "number", "validate": {"max": "=limit"}}
    return json.dumps(
        {"schemaVersion": 16, "type": "default", "id": "sdk-order.trip", "components": [first, amount, *components]}
    )


@pytest.fixture
def draft(owner: Caller) -> str:
    """A draft with the form."""
    found = made(owner, processDefinitionId=PROCESS)
    assert put(owner, found, PATH, form(), None).status_code == 200
    return found


def trial(who: Caller, draft: str, submission: Any, **more: Any) -> Any:
    return who("POST", f"{draft}/forms/trial", {"path": PATH, "submission": submission, **more})


def test_what_would_be_written(owner: Caller, draft: str) -> None:
    answer = trial(owner, draft, {"subject": "ประชุม", "amount": 0.1}, variables={"limit": 500}).get_json()
    assert answer == {"values": {"subject": "ประชุม", "amount": 0.1}, "errors": [], "hidden": []}


def test_what_is_wrong_is_told_in_both_languages(owner: Caller, draft: str) -> None:
    answer = trial(owner, draft, {"amount": 600, "price": 1}, variables={"limit": 500}).get_json()
    assert answer["values"] == {}
    found = [(each["field"], each["code"]) for each in answer["errors"]]
    assert found == [("subject", "required"), ("amount", "number-too-large"), ("price", "unknown-field")]
    assert answer["errors"][1]["message"] == {"th": "ต้องไม่เกิน 500", "en": "This must be 500 or less."}


def test_hidden_fields_are_named_and_computed_ones_computed_with_the_calendar(owner: Caller, draft: str) -> None:
    content = form(
        {"id": "h", "key": "secret", "label": "ลับ", "type": "textfield", "conditional": {"hide": "=amount > 5"}},
        {"id": "c", "key": "workday", "type": "expression", "expression": '=is working day(date("2026-04-13"))'},
    )
    revision = owner.get(f"{draft}/files/content?path={PATH}")["revision"]
    assert put(owner, draft, PATH, content, revision).status_code == 200
    answer = trial(owner, draft, {"subject": "x", "amount": 6, "secret": "y"}, variables={"limit": 9}).get_json()
    assert (answer["hidden"], answer["values"]) == (["secret"], {"subject": "x", "amount": 6, "workday": False})


def test_shared_parts_of_the_draft_stand_in_the_form_that_is_shown(owner: Caller, draft: str) -> None:
    assert put(owner, draft, "forms/shared/who.form", json.dumps(PART), None).status_code == 200
    part = {"type": "krabuanPart", "id": "p", "formId": "shared.who", "path": "traveller"}
    other = f"forms/{PROCESS}/other.form"
    assert put(owner, draft, other, form(part).replace("sdk-order.trip", "sdk-order.other"), None).status_code == 200
    shown = owner.get(f"{draft}/forms/content?path={other}")
    group = json.loads(shown["schema"])["components"][2]
    assert (shown["formId"], group["type"], group["components"][0]["key"]) == ("sdk-order.other", "group", "who")


def test_a_form_with_faults_says_all_of_them(owner: Caller, draft: str) -> None:
    broken = form({"id": "x", "type": "hologram"}, {"id": "y", "key": "y", "type": "number", "validate": {"max": "=1 +"}})
    assert put(owner, draft, f"forms/{PROCESS}/broken.form", broken.replace(".trip", ".broken"), None).status_code == 200
    for answer in (
        owner("GET", f"{draft}/forms/content?path=forms/{PROCESS}/broken.form"),
        owner("POST", f"{draft}/forms/trial", {"path": f"forms/{PROCESS}/broken.form", "submission": {}}),
    ):
        assert code(answer, 400) == "draft-form-broken"
        assert {fault["rule"] for fault in answer.get_json()["faults"]} == {"form-component-type", "form-feel"}


def test_faults_of_other_files_do_not_stand_in_the_way(owner: Caller, draft: str) -> None:
    assert put(owner, draft, f"forms/{PROCESS}/other.form", "{}", None).status_code == 200
    assert trial(owner, draft, {"subject": "x", "amount": None}).status_code == 200


def test_nothing_is_kept(owner: Caller, draft: str) -> None:
    before = owner.get(draft)
    trial(owner, draft, {"subject": "x", "amount": 1})
    assert owner.get(draft) == before


def test_unknown_files_and_what_is_no_form(owner: Caller, draft: str) -> None:
    assert code(owner("GET", f"{draft}/forms/content?path=nowhere.form"), 404) == "not-found"
    assert code(owner("GET", f"{draft}/forms/content"), 400) == "invalid-argument"
    diagram = next(file["path"] for file in owner.get(draft)["files"] if file["kind"] == "BPMN")
    assert code(owner("GET", f"{draft}/forms/content?path={diagram}"), 400) == "draft-form-broken"


def test_bad_requests_and_strangers(owner: Caller, draft: str, caller: Callers) -> None:
    for wrong in ({}, {"path": PATH}, {"path": PATH, "submission": []}, {"path": "", "submission": {}},
                  {"path": PATH, "submission": {}, "variables": {"": 1}}):  # fmt: skip
        assert code(owner("POST", f"{draft}/forms/trial", wrong), 400) == "invalid-request"
    assert code(trial(owner, draft, {"subject": "[masked]", "amount": 10**400}), 400) == "invalid-argument"
    for stranger in ("other", "ann"):
        assert code(trial(caller(stranger), draft, {}), 404) == "not-found"
        assert code(caller(stranger)("GET", f"{draft}/forms/content?path={PATH}"), 404) == "not-found"
    assert code(owner("POST", "/model-drafts/404/forms/trial", {"path": PATH, "submission": {}}), 404) == "not-found"
