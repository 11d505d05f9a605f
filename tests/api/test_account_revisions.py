"""An account has a revision: who changes another state of it than was seen is told so, and replaces nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.api.conftest import Caller

Callers = Callable[[str | None], Caller]

ANN = "/accounts/ann"


def asked(rev: int) -> dict[str, str]:
    return {"If-Match": f'"{rev}"'}


def refused(answer: Any) -> bool:
    return (answer.status_code, answer.get_json()["code"]) == (409, "stale-revision")


def test_two_administrators_do_not_overwrite_each_other(caller: Callers) -> None:
    admin = caller("admin")
    read = admin("GET", ANN)
    rev = read.get_json()["rev"]
    assert read.headers["ETag"] == f'"{rev}"'
    assert admin("PATCH", ANN, {"name": "Ann B."}, headers=asked(rev)).status_code == 204
    assert refused(admin("PATCH", ANN, {"email": "ann@example.go.th"}, headers=asked(rev)))
    now = admin.get(ANN)
    assert (now["name"], now["email"]) == ("Ann B.", None)
    assert admin("PATCH", ANN, {"email": "ann@example.go.th"}, headers=asked(now["rev"])).status_code == 204
    assert admin.get(ANN)["name"] == "Ann B."


def test_the_clearance_and_leaving_are_of_the_state_that_was_seen(caller: Callers) -> None:
    admin = caller("admin")
    rev = admin.get(ANN)["rev"]
    clear = ("PUT", "/users/ann/clearance", {"clearance": "SECRET"})
    assert admin(*clear, headers=asked(rev)).status_code == 204
    assert refused(admin("PUT", "/users/ann/clearance", {"clearance": "NORMAL"}, headers=asked(rev)))
    assert refused(admin("POST", f"{ANN}/deactivation", {}, headers=asked(rev)))
    assert admin.get(ANN)["clearance"] == "SECRET" and admin.get(ANN)["active"]
    assert admin("POST", f"{ANN}/deactivation", {}, headers=asked(rev + 1)).status_code == 200
    assert refused(admin("POST", f"{ANN}/activation", headers=asked(rev + 1)))
    assert admin("POST", f"{ANN}/activation", headers=asked(rev + 2)).status_code == 204


def test_what_changes_nothing_is_no_new_revision(caller: Callers) -> None:
    admin = caller("admin")
    before = admin.get(ANN)
    admin("PATCH", ANN, {"name": before["name"]})
    admin("PUT", "/users/ann/clearance", {"clearance": before["clearance"]})
    admin.post(f"{ANN}/activation")
    admin("PUT", f"{ANN}/groups/clerks")
    assert admin.get(ANN)["rev"] == before["rev"]


def test_without_a_revision_none_is_checked_and_a_wrong_one_is_told(caller: Callers) -> None:
    admin = caller("admin")
    admin("PATCH", ANN, {"name": "A"})
    admin("PATCH", ANN, {"name": "B"})
    assert admin("PATCH", ANN, {"name": "C"}, headers={"If-Match": "x"}).status_code == 400
    assert admin("PATCH", "/accounts/nobody", {"name": "C"}, headers=asked(0)).status_code == 404
    assert caller("ann")("PATCH", ANN, {"name": "C"}, headers=asked(9)).status_code == 403, "not whether it is so"


def test_people_are_called_by_name_also_after_they_left(caller: Callers) -> None:
    admin, ben = caller("admin"), caller("ben")
    admin.post(f"{ANN}/deactivation")
    asked_for = {"usernames": ["ann", "ben", "nobody"]}
    found = ben.post("/users/names", asked_for)["items"]
    assert [(one["username"], one["active"]) for one in found] == [("ann", False), ("ben", True)]
    assert all(set(one) == {"username", "name", "active"} and one["name"] for one in found)
    assert ben.post("/users/names", {"usernames": []}) == {"items": []}
    for wrong in ({}, {"usernames": "ann"}, {"usernames": [1]}, {"usernames": ["a"] * 201}, {"usernames": [""]}):
        assert ben("POST", "/users/names", wrong).status_code == 400, wrong
