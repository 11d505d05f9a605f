"""Accounts over HTTP: found, explained, made with a password for one use, changed, deactivated; and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from api.app import create_app
from api.runtime import Runtime
from engine.adapters.clock import TestClock
from engine.commands.add_client import AddClient
from engine.commands.deactivate_person import DeactivatePerson
from engine.commands.grant_role import GrantRole
from engine.commands.leavers import LastAdministrator
from engine.commands.make_token import MakeToken
from engine.model.actor import SYSTEM
from engine.policy.permissions import RULES
from tests.api.conftest import Caller
from tests.api.people import PASSWORD

Callers = Callable[[str | None], Caller]
ROOT = Path(__file__).parents[2]
OWN = "a quiet river 7"
NEW = {"username": "dan", "name": "Dan", "email": "dan@example.go.th", "groups": ["clerks"]}


def names(found: Any) -> list[str]:
    return [item["username"] for item in found["items"]]


def said(admin: Caller, kind: str) -> list[Any]:
    """The details of the audit log's events of this kind."""
    found = admin.post("/audit-logs/search", {"filter": {"entityDescription": kind}})
    details = [(item["entityKey"], dict(item["details"])) for item in found["items"]]
    return [(key, {name: value for name, value in told.items() if name != "entityKey"}) for key, told in details]


def opened(office: Runtime, username: str, password: str) -> tuple[FlaskClient, dict[str, str], int]:
    """A browser that signed in, its CSRF header, and how that went."""
    browser = create_app(office).test_client()
    answer = browser.post("/v2/session", json={"username": username, "password": password})
    return browser, {"X-CSRF-Token": answer.get_json().get("csrfToken") or ""}, answer.status_code


def test_accounts_are_found_by_name_group_role_and_whether_they_are_active(caller: Callers) -> None:
    admin = caller("admin")
    everybody = names(admin.post("/accounts/search"))
    assert {"ann", "ben", "admin", "worker", "stranger"} <= set(everybody)
    assert names(admin.post("/accounts/search", {"filter": {"groupId": "clerks"}})) == ["ann"]
    assert names(admin.post("/accounts/search", {"filter": {"role": "auditor"}})) == ["auditor"]
    admin.post("/accounts/ben/deactivation")
    assert names(admin.post("/accounts/search", {"filter": {"active": False}})) == ["ben"]
    assert "ben" not in names(admin.post("/users/search")), "tasks are assigned to active people only"
    page = {"limit": 3}
    first = admin.post("/accounts/search", {"page": page})
    second = admin.post("/accounts/search", {"page": page | {"after": first["page"]["endCursor"]}})
    assert names(first) + names(second) == everybody[:6]


def test_an_account_tells_what_it_may_and_why(caller: Callers) -> None:
    admin = caller("admin")
    ann = admin.get("/accounts/ann")
    assert [(g["groupId"], g["kind"]) for g in ann["groups"]] == [("clerks", "unit")]
    assert (ann["roles"], ann["openTasks"], ann["active"], ann["clearance"]) == ([], 0, True, "NORMAL")
    of = {each["permission"]: each["reasons"] for each in ann["permissions"]}
    assert {"kind": "role", "name": "staff"} in of["process-instance:create"]
    assert {"kind": "relation", "name": "candidate"} in of["user-task:claim"]
    assert "people:manage" not in of and "system:run" not in of
    owner = {each["permission"]: each["reasons"] for each in admin.get("/accounts/owner")["permissions"]}
    assert owner["deployment:create"] == [{"kind": "process", "name": "*"}]
    auditor = {each["permission"]: each["reasons"] for each in admin.get("/accounts/auditor")["permissions"]}
    assert auditor["process-instance:contents"] == [{"kind": "role", "name": "auditor"}]


def test_the_roles_and_what_they_give(caller: Callers) -> None:
    roles = {item["role"]: item for item in caller("ann").get("/roles")["items"]}
    assert set(roles) == {"administrator", "process-owner", "staff", "auditor", "client"}
    assert (roles["administrator"]["accounts"], roles["staff"]["accounts"]) == (1, 3)
    assert "people:manage" in roles["administrator"]["permissions"]
    assert "process-instance:contents" not in roles["administrator"]["permissions"], "runs the service, reads no cases"
    assert "deployment:create" in roles["process-owner"]["permissions"]


def test_a_new_person_signs_in_once_and_chooses_a_password(office: Runtime, caller: Callers) -> None:
    admin = caller("admin")
    made = admin.post("/accounts", NEW)
    browser, csrf, status = opened(office, "dan", made["oneTimePassword"])
    assert status == 200
    assert browser.get("/v2/authentication/me").get_json()["passwordChangeRequired"] is True
    refused = browser.post("/v2/user-tasks/search", json={}, headers=csrf)
    assert (refused.status_code, refused.get_json()["code"]) == (403, "password-change-required")
    body = {"currentPassword": made["oneTimePassword"], "newPassword": OWN}
    assert browser.put("/v2/authentication/me/password", json=body, headers=csrf).status_code == 204
    assert browser.get("/v2/authentication/me").get_json()["passwordChangeRequired"] is False
    assert browser.post("/v2/user-tasks/search", json={}, headers=csrf).status_code == 200
    assert opened(office, "dan", made["oneTimePassword"])[2] == 401
    assert "dan" in [key for key, _ in said(admin, "person-added")]


def test_a_password_for_one_use_lasts_a_week(office: Runtime, caller: Callers, clock: TestClock) -> None:
    password = caller("admin").post("/accounts/ann/one-time-password")["oneTimePassword"]
    clock.advance(timedelta(days=7) - timedelta(seconds=1))
    assert opened(office, "ann", password)[2] == 200
    clock.advance(timedelta(seconds=1))
    assert opened(office, "ann", password)[2] == 401


def test_a_password_for_one_use_replaces_the_old_one_and_ends_sessions(office: Runtime, caller: Callers) -> None:
    browser, _, _ = opened(office, "ann", PASSWORD)
    password = caller("admin").post("/accounts/ann/one-time-password")["oneTimePassword"]
    assert browser.get("/v2/authentication/me").status_code == 401
    assert opened(office, "ann", PASSWORD)[2] == 401
    basic = create_app(office).test_client().get("/v2/topology", auth=("ann", password))
    assert (basic.status_code, basic.get_json()["code"]) == (403, "password-change-required")


def test_a_token_goes_on_while_a_password_waits_to_be_changed(office: Runtime, caller: Callers) -> None:
    token = office.bus.run(MakeToken("worker", "t", None), SYSTEM)["token"]
    caller("admin").post("/accounts/worker/one-time-password")
    asked = create_app(office).test_client().get("/v2/topology", headers={"Authorization": f"Bearer {token}"})
    assert asked.status_code == 200


def test_name_and_address_change_and_the_log_tells_no_values(caller: Callers) -> None:
    admin = caller("admin")
    assert admin("PATCH", "/accounts/ann", {"name": "Ann B.", "email": "ann@example.go.th"}).status_code == 204
    assert admin("PATCH", "/accounts/ann", {"name": "Ann B."}).status_code == 204
    ann = admin.get("/accounts/ann")
    assert (ann["name"], ann["email"]) == ("Ann B.", "ann@example.go.th")
    assert said(admin, "person-changed") == [("ann", {"facts": ["email", "name"], "groups": None})]
    assert admin("PATCH", "/accounts/ann", {"email": ""}).status_code == 204
    assert admin.get("/accounts/ann")["email"] is None


def test_groups_and_roles_are_given_and_taken(caller: Callers) -> None:
    admin = caller("admin")
    assert admin("PUT", "/accounts/ann/groups/director").status_code == 204
    assert admin("PUT", "/accounts/ann/groups/director").status_code == 204
    assert {g["groupId"] for g in admin.get("/accounts/ann")["groups"]} == {"clerks", "director"}
    assert admin("DELETE", "/accounts/ann/groups/clerks").status_code == 204
    assert {g["groupId"] for g in admin.get("/accounts/ann")["groups"]} == {"director"}
    assert len(said(admin, "person-changed")) == 2, "the same a second time is nothing"
    owner = {"role": "process-owner", "processDefinitionId": "room-request"}
    assert admin("POST", "/accounts/ann/roles/grant", owner).status_code == 204
    assert admin.get("/accounts/ann")["roles"] == [owner]
    assert admin("POST", "/accounts/ann/roles/revocation", owner).status_code == 204
    assert admin.get("/accounts/ann")["roles"] == []


def test_a_leaver_is_deactivated_and_comes_back_without_keys(office: Runtime, caller: Callers) -> None:
    admin = caller("admin")
    office.bus.run(MakeToken("ann", "t", None), SYSTEM)
    browser, _, _ = opened(office, "ann", PASSWORD)
    assert admin.post("/accounts/ann/deactivation", {"reason": "retires"}) == {"openTasks": 0}
    assert browser.get("/v2/authentication/me").status_code == 401
    assert opened(office, "ann", PASSWORD)[2] == 401
    assert admin.get("/users/ann/tokens")["items"][0]["revokedAt"] is not None
    assert said(admin, "person-deactivated") == [("ann", {"openTasks": 0, "reason": "retires"})]
    admin.post("/accounts/ann/deactivation", {"reason": "retires"})
    assert len(said(admin, "person-deactivated")) == 1
    admin.post("/accounts/ann/activation")
    assert opened(office, "ann", PASSWORD)[2] == 200
    assert admin.get("/users/ann/tokens")["items"][0]["revokedAt"] is not None


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PUT", "/accounts/admin/groups/clerks", None),
        ("POST", "/accounts/admin/roles/grant", {"role": "auditor"}),
        ("POST", "/accounts/admin/roles/revocation", {"role": "administrator"}),
        ("POST", "/accounts/admin/one-time-password", None),
        ("POST", "/accounts/admin/deactivation", {}),
    ],
)
def test_nobody_manages_the_own_account(method: str, path: str, body: Any, caller: Callers) -> None:
    answer = caller("admin")(method, path, body)
    assert (answer.status_code, answer.get_json()["code"]) == (403, "forbidden")
    assert caller("admin").get("/accounts/admin")["roles"] == [{"role": "administrator", "processDefinitionId": None}]


def test_an_administrator_always_stays(office: Runtime, caller: Callers) -> None:
    """Also when the command line asks, or two administrators send each other away at once."""
    revoked = GrantRole("admin", "administrator", revoke=True)
    for command in (revoked, DeactivatePerson("admin")):
        with pytest.raises(LastAdministrator):
            office.bus.run(command, SYSTEM)
    role = {"role": "administrator"}
    caller("admin").post("/accounts/ann/roles/grant", role)
    caller("ann").post("/accounts/admin/roles/revocation", role)
    assert caller("admin")("GET", "/accounts/ann").status_code == 403


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"username": "ann"}, 409, "already-exists"),
        ({"username": "d n"}, 400, "invalid-argument"),
        ({"username": ""}, 400, "invalid-request"),
        ({"name": ""}, 400, "invalid-request"),
        ({"name": 7}, 400, "invalid-request"),
        ({"groups": ["ghosts"]}, 400, "invalid-argument"),
        ({"groups": "clerks"}, 400, "invalid-request"),
        ({"roles": [{"role": "staff"}]}, 400, "invalid-request"),
        ({"roles": [{"role": "process-owner"}]}, 400, "invalid-argument"),
        ({"roles": [{"role": "auditor", "processDefinitionId": "p"}]}, 400, "invalid-argument"),
        ({"clearance": "ALL"}, 400, "invalid-request"),
        ({"withPassword": "yes"}, 400, "invalid-request"),
        ({"password": "mine"}, 400, "invalid-request"),
    ],
)
def test_a_bad_new_account_is_refused(changes: dict[str, Any], status: int, code: str, caller: Callers) -> None:
    admin = caller("admin")
    answer = admin("POST", "/accounts", NEW | changes)
    assert (answer.status_code, answer.get_json()["code"]) == (status, code)
    assert admin("GET", "/accounts/dan").status_code == 404


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/accounts/ghost", None),
        ("PATCH", "/accounts/ghost", {"name": "x"}),
        ("POST", "/accounts/ghost/one-time-password", None),
        ("PUT", "/accounts/ghost/groups/clerks", None),
        ("PUT", "/accounts/ann/groups/ghosts", None),
        ("POST", "/accounts/ghost/roles/grant", {"role": "auditor"}),
        ("POST", "/accounts/ghost/deactivation", {}),
        ("POST", "/accounts/ghost/activation", None),
    ],
)
def test_what_there_is_not_is_not_found(method: str, path: str, body: Any, caller: Callers) -> None:
    assert caller("admin")(method, path, body).status_code == 404


@pytest.mark.parametrize("filter_", [{"role": "staff"}, {"role": 7}, {"groupId": ["clerks"]}, {"active": "yes"}, {"x": 1}])
def test_a_bad_filter_is_refused(filter_: dict[str, Any], caller: Callers) -> None:
    assert caller("admin")("POST", "/accounts/search", {"filter": filter_}).status_code == 400


def test_changes_that_are_wrong_change_nothing(caller: Callers) -> None:
    admin = caller("admin")
    for body in ({"name": ""}, {"name": 7}, {"email": "nowhere"}, {"email": "x" * 257}, {"more": 1}):
        assert admin("PATCH", "/accounts/ann", body).status_code == 400, body
    assert said(admin, "person-changed") == []


def test_every_permission_is_told_in_words() -> None:
    for language in ("th", "en"):
        told = (ROOT / "web" / "src" / "i18n" / f"permissions.{language}.ts").read_text(encoding="utf-8")
        assert [name for name in RULES if name != "system:run" and f"'permission.{name}'" not in told] == []


def test_tokens_and_clients_of_all_accounts_are_found(office: Runtime, caller: Callers) -> None:
    admin = caller("admin")
    token = office.bus.run(MakeToken("ann", "mine", None, frozenset({"job:work", "job:read"})), SYSTEM)
    client = office.bus.run(AddClient("worker", "mail room", None, None), SYSTEM)
    found = admin.post("/api-keys/search", {"sort": [{"field": "name"}]})["items"]
    assert [(each["kind"], each["username"], each["name"]) for each in found] == [
        ("CLIENT", "worker", "mail room"), ("TOKEN", "ann", "mine"),
    ]  # fmt: skip
    assert (found[0]["permissions"], sorted(found[1]["permissions"])) == (None, ["job:read", "job:work"])
    assert [each["apiKeyId"] for each in found] == [client["clientId"], token["tokenId"]]
    admin("DELETE", f"/tokens/{token['tokenId']}")
    valid = admin.post("/api-keys/search", {"filter": {"revokedAt": {"$exists": False}}})["items"]
    assert [each["name"] for each in valid] == ["mail room"]
    assert caller("auditor")("POST", "/api-keys/search", {}).status_code == 403
    assert admin("POST", "/api-keys/search", {"filter": {"permissions": "job:work"}}).status_code == 400
