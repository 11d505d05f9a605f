"""Sessions, tokens and clients: listed, for some permissions alone, and ended; tokens by OAuth client credentials."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from api.app import create_app
from api.runtime import Runtime
from engine.adapters.clock import TestClock
from engine.commands.add_client import AddClient
from engine.commands.batch_plans import command_of
from engine.commands.make_token import MakeToken
from engine.commands.registry import handler_of
from engine.commands.tidy_up import TidyUp
from engine.errors import Forbidden, InvalidArgument
from engine.model.actor import SYSTEM
from engine.model.batch import CHOICES
from engine.queries.people import account_of_token
from engine.store.tables import api_client, api_token, person
from tests.api.conftest import Caller
from tests.api.people import PASSWORD

Callers = Callable[[str | None], Caller]


@pytest.fixture
def http(office: Runtime) -> FlaskClient:
    return create_app(office).test_client(use_cookies=False)


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def ask(http: FlaskClient, client: dict[str, str], **form: str) -> TestResponse:
    given = {"client_id": client["clientId"], "client_secret": client["clientSecret"]}
    return http.post("/oauth/token", data={"grant_type": "client_credentials", **given, **form})


def scoped(office: Runtime, username: str, *permissions: str) -> str:
    made = office.bus.run(MakeToken(username, "t", permissions=frozenset(permissions)), SYSTEM)
    return str(made["token"])


# --- scopes ----------------------------------------------------------------------------------------------------------


def test_a_token_opens_what_it_is_for_and_nothing_else(office: Runtime, http: FlaskClient) -> None:
    headers = bearer(scoped(office, "admin", "topology:read", "process-instance:read"))
    assert http.get("/v2/topology", headers=headers).status_code == 200
    assert http.post("/v2/process-instances/search", headers=headers, json={}).status_code == 200
    refused = http.post("/v2/incidents/search", headers=headers, json={})
    assert (refused.status_code, refused.get_json()["permission"]) == (403, "incident:read")
    assert http.get("/v2/events", headers=headers).status_code == 403
    assert http.get("/v2/authentication/me", headers=headers).status_code == 200, "who one is, every token may ask"


def test_the_engine_refuses_beyond_the_scope_whatever_the_api_lets_in(office: Runtime) -> None:
    """The account may; its token is not for it."""
    token_id = office.bus.run(MakeToken("admin", "t", permissions=frozenset({"topology:read"})), SYSTEM)["tokenId"]
    with office.database.read() as db:
        found = account_of_token(db, token_id, office.clock.now())
    assert found is not None
    with pytest.raises(Forbidden):
        office.bus.run(MakeToken("ann", "t"), found.actor())


def test_no_token_makes_one_that_may_more(office: Runtime, http: FlaskClient) -> None:
    headers = bearer(scoped(office, "ann", "token:manage", "topology:read"))
    more = {"name": "t", "permissions": ["topology:read", "user-task:read"]}
    for path in ("/v2/tokens", "/v2/clients"):
        assert http.post(path, headers=headers, json=more).status_code == 403
        assert http.post(path, headers=headers, json={"name": "t", "permissions": ["topology:read"]}).status_code == 201
    same = http.post("/v2/tokens", headers=headers, json={"name": "t"}).get_json()["token"]
    assert http.post("/v2/user-tasks/search", headers=bearer(same), json={}).status_code == 403
    client = http.post("/v2/clients", headers=headers, json={"name": "t"}).get_json()
    assert ask(http, client).get_json()["scope"] == "token:manage topology:read"


def test_a_batch_needs_the_permission_for_each_case_too(office: Runtime, http: FlaskClient) -> None:
    body = {"filter": {}}
    path = "/v2/process-instances/cancellation"
    create, cancel, see = "batch-operation:create", "process-instance:cancel", "process-instance:read"
    for less in ((create,), (create, see), (create, cancel)):
        assert http.post(path, headers=bearer(scoped(office, "admin", *less)), json=body).status_code == 403
    assert http.post(path, headers=bearer(scoped(office, "admin", create, cancel, see)), json=body).status_code == 200


def test_the_permission_of_a_batch_is_that_of_its_command() -> None:
    plan = {"target": 1, "mapping": [], "moves": []}
    for type_, choice in CHOICES.items():
        assert handler_of(type(command_of(type_, plan, 1, 1))).permission == choice.permission


def test_a_permission_that_does_not_exist_is_refused(caller: Callers, office: Runtime) -> None:
    for path in ("/tokens", "/clients"):
        refused = caller("ann")("POST", path, {"name": "t", "permissions": ["everything"]})
        assert (refused.status_code, refused.get_json()["code"]) == (400, "invalid-argument")
    with office.database.read() as db:
        assert db.execute(api_token.select()).all() == [] and db.execute(api_client.select()).all() == []


# --- client credentials ----------------------------------------------------------------------------------------------


def test_a_client_gets_a_token_for_its_secret(http: FlaskClient, caller: Callers, office: Runtime) -> None:
    client = caller("worker").post("/clients", {"name": "mail room", "permissions": ["job:work", "topology:read"]})
    issued = ask(http, client, audience="zeebe-api")
    assert issued.headers["Cache-Control"] == "no-store"
    answer = issued.get_json()
    assert (answer["token_type"], answer["expires_in"], answer["scope"]) == ("Bearer", 3600, "job:work topology:read")
    me = http.get("/v2/authentication/me", headers=bearer(answer["access_token"])).get_json()
    assert (me["username"], me["roles"]) == ("worker", ["client"])
    assert http.get("/v2/topology", headers=bearer(answer["access_token"])).status_code == 200
    with office.database.read() as db:
        kept = str(db.execute(api_client.select()).all()) + str(db.execute(api_token.select()).all())
    assert client["clientSecret"] not in kept and answer["access_token"] not in kept


def test_a_client_proves_itself_by_basic_as_well(http: FlaskClient, office: Runtime) -> None:
    client = office.bus.run(AddClient("worker", "c"), SYSTEM)
    auth = (client["clientId"], client["clientSecret"])
    answer = http.post("/oauth/token", data={"grant_type": "client_credentials"}, auth=auth)
    assert answer.status_code == 200 and "scope" not in answer.get_json()
    wrong = http.post("/oauth/token", data={"grant_type": "client_credentials"}, auth=(auth[0], "wrong"))
    assert (wrong.status_code, wrong.get_json()["error"]) == (401, "invalid_client")
    assert "Basic" in wrong.headers["WWW-Authenticate"]


def test_a_token_of_a_client_ends_after_an_hour_and_is_forgotten(
    http: FlaskClient, office: Runtime, clock: TestClock
) -> None:
    client = office.bus.run(AddClient("worker", "c"), SYSTEM)
    by_hand = office.bus.run(MakeToken("worker", "t", clock.now() + timedelta(minutes=1)), SYSTEM)["tokenId"]
    headers = bearer(ask(http, client).get_json()["access_token"])
    clock.advance(timedelta(minutes=59))
    assert http.get("/v2/topology", headers=headers).status_code == 200
    clock.advance(timedelta(minutes=1))
    assert http.get("/v2/topology", headers=headers).status_code == 401
    office.bus.run(TidyUp(), SYSTEM)
    with office.database.read() as db:
        assert [row.token_hash for row in db.execute(api_token.select())] == [by_hand]


def test_no_token_outlives_its_client(http: FlaskClient, office: Runtime, clock: TestClock) -> None:
    client = office.bus.run(AddClient("worker", "c", expires_at=clock.now() + timedelta(minutes=10)), SYSTEM)
    assert ask(http, client).get_json()["expires_in"] == 600
    clock.advance(timedelta(minutes=10))
    assert ask(http, client).status_code == 401


def test_revoking_a_client_ends_its_tokens(http: FlaskClient, caller: Callers, office: Runtime) -> None:
    client = caller("worker").post("/clients", {"name": "c"})
    other = office.bus.run(AddClient("worker", "other"), SYSTEM)
    tokens = [ask(http, c).get_json()["access_token"] for c in (client, other)]
    assert caller("ben")("DELETE", f"/clients/{client['clientId']}").status_code == 403
    assert caller("worker")("DELETE", f"/clients/{client['clientId']}").status_code == 204
    assert [http.get("/v2/topology", headers=bearer(t)).status_code for t in tokens] == [401, 200]
    assert ask(http, client).status_code == 401
    listed = caller("worker").get("/users/worker/clients")["items"]
    assert {c["name"]: c["revokedAt"] is None for c in listed} == {"c": False, "other": True}


def test_a_closed_account_issues_nothing(http: FlaskClient, office: Runtime) -> None:
    client = office.bus.run(AddClient("worker", "c"), SYSTEM)
    with office.database.write() as db:
        db.execute(person.update().where(person.c.username == "worker").values(active=False))
    assert ask(http, client).status_code == 401


@pytest.mark.parametrize(
    ("form", "status", "error"),
    [
        ({"client_secret": "wrong"}, 401, "invalid_client"),
        ({"client_id": "nobody"}, 401, "invalid_client"),
        ({"client_id": "nul\0"}, 400, "invalid_request"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({"scope": "job:work people:manage"}, 400, "invalid_scope"),
        ({"scope": "x" * 9000}, 400, "invalid_scope"),
    ],
    ids=str,
)
def test_refusals_are_those_of_the_standard(
    http: FlaskClient, office: Runtime, form: dict[str, str], status: int, error: str
) -> None:
    client = office.bus.run(AddClient("worker", "c", frozenset({"job:work"})), SYSTEM)
    refused = ask(http, client, **form)
    assert (refused.status_code, refused.get_json()["error"]) == (status, error)
    assert refused.content_type == "application/json" and refused.get_json()["th"]
    with office.database.read() as db:
        assert db.execute(api_token.select()).all() == []


def test_a_malformed_request_is_refused(http: FlaskClient, office: Runtime) -> None:
    client = office.bus.run(AddClient("worker", "c"), SYSTEM)
    auth = (client["clientId"], client["clientSecret"])
    twice = http.post("/oauth/token", data={"grant_type": ["client_credentials"] * 2}, auth=auth)
    both = http.post("/oauth/token", data={"grant_type": "client_credentials", "client_secret": "x"}, auth=auth)
    nothing = http.post("/oauth/token")
    for answer in (twice, both, nothing):
        assert (answer.status_code, answer.get_json()["error"]) == (400, "invalid_request")
    assert http.post("/oauth/token", data={"grant_type": "x" * 20_000}).status_code == 413


def test_a_scope_is_a_part_of_the_clients(http: FlaskClient, office: Runtime) -> None:
    client = office.bus.run(AddClient("worker", "c", frozenset({"job:work", "topology:read"})), SYSTEM)
    answer = ask(http, client, scope="topology:read").get_json()
    assert answer["scope"] == "topology:read"
    body = {"type": "t", "timeout": 1000, "maxJobsToActivate": 1, "requestTimeout": -1}
    assert http.post("/v2/jobs/activation", headers=bearer(answer["access_token"]), json=body).status_code == 403


def test_a_client_that_would_have_expired_is_refused(office: Runtime, clock: TestClock) -> None:
    with pytest.raises(InvalidArgument):
        office.bus.run(AddClient("worker", "c", expires_at=clock.now()), SYSTEM)


# --- sessions and lists ----------------------------------------------------------------------------------------------


def signed_in(office: Runtime, agent: str) -> tuple[FlaskClient, dict[str, str]]:
    browser = create_app(office).test_client()
    opened = browser.post(
        "/v2/session", json={"username": "ann", "password": PASSWORD}, headers={"User-Agent": agent}
    ).get_json()
    return browser, {"X-CSRF-Token": opened["csrfToken"]}


def of_ann(browser: FlaskClient) -> Any:
    return browser.get("/v2/users/ann/sessions").get_json()["items"]


def test_a_person_sees_and_ends_ones_sessions(office: Runtime) -> None:
    desk, csrf = signed_in(office, "Desk")
    telephone, _ = signed_in(office, "Telephone")
    listed = of_ann(desk)
    assert {s["agent"]: s["current"] for s in listed} == {"Desk": True, "Telephone": False}
    (lost,) = [s["sessionId"] for s in listed if not s["current"]]
    assert desk.delete(f"/v2/sessions/{lost}", headers=csrf).status_code == 204
    assert telephone.get("/v2/topology").status_code == 401
    assert [s["agent"] for s in of_ann(desk)] == ["Desk"]
    assert desk.delete("/v2/users/ann/sessions", headers=csrf).status_code == 204
    assert desk.get("/v2/topology").status_code == 401


def test_a_person_ends_all_sessions_but_the_present_one(office: Runtime) -> None:
    desk, lost = create_app(office).test_client(), create_app(office).test_client()
    for browser in (lost, desk):
        opened = browser.post("/v2/session", json={"username": "ann", "password": PASSWORD})
    csrf = {"X-CSRF-Token": opened.get_json()["csrfToken"]}
    assert desk.delete("/v2/users/ann/sessions?others=maybe", headers=csrf).status_code == 400
    assert desk.delete("/v2/users/ann/sessions?others=true", headers=csrf).status_code == 204
    assert desk.get("/v2/topology").status_code == 200
    assert lost.get("/v2/topology").status_code == 401


def test_nobody_ends_the_sessions_of_others_but_an_administrator(office: Runtime, caller: Callers) -> None:
    desk, _ = signed_in(office, "Desk")
    (mine,) = of_ann(desk)
    for path in (f"/sessions/{mine['sessionId']}", "/users/ann/sessions"):
        assert caller("ben")("DELETE", path).status_code == 403
    assert desk.get("/v2/topology").status_code == 200
    assert caller("admin")("DELETE", "/users/ann/sessions").status_code == 204
    assert desk.get("/v2/topology").status_code == 401


def test_what_does_not_exist_is_not_found(caller: Callers) -> None:
    for path in ("/sessions/none", "/users/nobody/sessions", "/clients/none"):
        assert caller("admin")("DELETE", path).status_code == 404
        assert caller("ben")("DELETE", path).status_code == 403


def test_tokens_are_listed_without_their_secrets(caller: Callers) -> None:
    ann = caller("ann")
    made = ann.post("/tokens", {"name": "script", "permissions": ["user-task:read"]})
    answer = ann("GET", "/users/ann/tokens")
    (listed,) = answer.get_json()["items"]
    assert (listed["tokenId"], listed["name"]) == (made["tokenId"], "script")
    assert listed["permissions"] == ["user-task:read"]
    assert made["token"] not in answer.text
