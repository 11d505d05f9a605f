"""Searches of cases that people keep: one's own alone, so many, each under a name of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import engine.commands.saved_searches as saved
from tests.api.conftest import Caller

Callers = Callable[[str | None], Caller]
PATH = "/authentication/me/saved-searches"
LATE: dict[str, Any] = {"name": "ล่าช้า", "conditions": {"deadline": "missed", "process": "p"}}


def test_kept_by_name_and_given_up(caller: Callers) -> None:
    ann = caller("ann")
    key = ann.post(PATH, {**LATE, "name": "  ล่าช้า "})["savedSearchKey"]
    ann.post(PATH, {"name": "all", "conditions": {}})
    found = ann.get(PATH)["items"]
    assert found == [
        {"savedSearchKey": found[0]["savedSearchKey"], "name": "all", "conditions": {}},
        {"savedSearchKey": key, **LATE},
    ]
    assert ann("DELETE", f"{PATH}/{key}").status_code == 204
    assert [one["name"] for one in ann.get(PATH)["items"]] == ["all"]
    assert ann("DELETE", f"{PATH}/{key}").status_code == 404


def test_nobody_sees_or_deletes_anothers(caller: Callers) -> None:
    key = caller("ann").post(PATH, LATE)["savedSearchKey"]
    assert caller("ben").get(PATH)["items"] == []
    assert caller("ben")("DELETE", f"{PATH}/{key}").status_code == 404
    assert caller("ben").post(PATH, LATE)["savedSearchKey"] != key, "names are each person's own"
    assert caller(None)("GET", PATH).status_code == 401
    assert len(caller("ann").get(PATH)["items"]) == 1


def test_a_name_is_taken_once_and_there_are_only_so_many(caller: Callers, monkeypatch: pytest.MonkeyPatch) -> None:
    ann = caller("ann")
    ann.post(PATH, LATE)
    again = ann("POST", PATH, LATE)
    assert (again.status_code, again.get_json()["code"]) == (409, "saved-search-name-taken")
    monkeypatch.setattr(saved, "MOST", 1)
    more = ann("POST", PATH, {**LATE, "name": "another"})
    assert (more.status_code, more.get_json()["code"]) == (409, "too-many-saved-searches")


def test_renamed_with_its_conditions(caller: Callers) -> None:
    ann = caller("ann")
    key = ann.post(PATH, LATE)["savedSearchKey"]
    ann.post(PATH, {"name": "all", "conditions": {}})
    assert ann("PATCH", f"{PATH}/{key}", {"name": "  เกินกำหนด "}).status_code == 204
    assert {"savedSearchKey": key, **LATE, "name": "เกินกำหนด"} in ann.get(PATH)["items"]
    assert ann("PATCH", f"{PATH}/{key}", {"name": "เกินกำหนด"}).status_code == 204, "its own name is free for it"
    taken = ann("PATCH", f"{PATH}/{key}", {"name": "all"})
    assert (taken.status_code, taken.get_json()["code"]) == (409, "saved-search-name-taken")
    for wrong in ({}, {"name": " "}, {"name": 5}, {"name": "x" * 101}, {"name": "y", "conditions": {}}):
        assert ann("PATCH", f"{PATH}/{key}", wrong).status_code == 400, wrong
    assert caller("ben")("PATCH", f"{PATH}/{key}", {"name": "mine"}).status_code == 404
    assert ann("PATCH", f"{PATH}/1", {"name": "mine"}).status_code == 404


def test_a_repeated_request_saves_once(caller: Callers) -> None:
    ann, once = caller("ann"), {"headers": {"Idempotency-Key": "s1"}}
    assert ann.post(PATH, LATE, **once) == ann.post(PATH, LATE, **once)
    assert len(ann.get(PATH)["items"]) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"name": ""}, {"name": "   "}, {"name": "x" * 101}, {"name": 5}, {"conditions": {"colour": "red"}},
        {"conditions": {"words": ""}}, {"conditions": {"words": "x" * 257}}, {"conditions": {"words": 5}},
        {"conditions": []}, {"more": 1},
    ],
)  # fmt: skip
def test_a_senseless_request_is_refused(caller: Callers, changes: dict[str, Any]) -> None:
    assert caller("ann")("POST", PATH, LATE | changes).status_code == 400
