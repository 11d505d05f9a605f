"""Signing in: sessions, HTTP Basic, tokens, lock-out, CSRF."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from api.app import create_app
from api.cookies import SESSION
from api.runtime import Runtime
from engine.adapters.clock import TestClock
from engine.commands.make_token import MakeToken
from engine.commands.set_password import SetPassword
from engine.model.actor import SYSTEM
from engine.store.tables import api_token, person, session
from tests.api.conftest import Caller
from tests.api.people import PASSWORD

Callers = Callable[[str | None], Caller]


@pytest.fixture
def browser(office: Runtime) -> FlaskClient:
    """A client that keeps cookies."""
    return create_app(office).test_client()


def sign_in(browser: FlaskClient, username: str = "ann", password: str = PASSWORD) -> Any:
    return browser.post("/v2/session", json={"username": username, "password": password})


def test_a_session_is_a_cookie_that_scripts_cannot_read(browser: FlaskClient, office: Runtime) -> None:
    answer = sign_in(browser)
    assert answer.status_code == 200
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and "Path=/" in cookie
    token = cookie.split(";")[0].removeprefix(f"{SESSION}=")
    with office.database.read() as db:
        row = db.execute(select(session)).one()
    assert token not in row.token_hash and len(row.token_hash) == 64
    me = browser.get("/v2/authentication/me").get_json()
    assert (me["username"], me["groups"], me["roles"]) == ("ann", ["clerks"], ["staff"])
    assert me["csrfToken"] == answer.get_json()["csrfToken"]


def test_the_cookie_is_secure_over_https(browser: FlaskClient) -> None:
    answer = browser.post("https://localhost/v2/session", json={"username": "ann", "password": PASSWORD})
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-") and "Secure" in cookie and "Domain" not in cookie
    assert browser.get("https://localhost/v2/authentication/me").status_code == 200
    # a cookie of the plain name may come from another host of the domain, or from plain HTTP
    planted = cookie.split(";")[0].removeprefix("__Host-")
    other = {"Cookie": planted}
    assert browser.get("https://127.0.0.1/v2/authentication/me", headers=other).status_code == 401


def test_unsafe_requests_by_cookie_need_the_csrf_token(browser: FlaskClient) -> None:
    csrf = sign_in(browser).get_json()["csrfToken"]
    refused = browser.post("/v2/user-tasks/search")
    assert (refused.status_code, refused.get_json()["code"]) == (403, "csrf")
    assert browser.post("/v2/user-tasks/search", headers={"X-CSRF-Token": "wrong"}).status_code == 403
    assert browser.post("/v2/user-tasks/search", headers={"X-CSRF-Token": csrf}).status_code == 200
    assert browser.get("/v2/topology").status_code == 200


def test_signing_out_ends_the_session_on_the_server(browser: FlaskClient) -> None:
    answer = sign_in(browser)
    token = answer.headers["Set-Cookie"].split(";")[0].split("=", 1)[1]
    ended = browser.delete("/v2/session", headers={"X-CSRF-Token": answer.get_json()["csrfToken"]})
    assert (ended.status_code, ended.headers["Clear-Site-Data"]) == (204, '"cache"')
    browser.set_cookie(SESSION, token)
    assert browser.get("/v2/topology").status_code == 401


def test_a_session_expires(browser: FlaskClient, clock: TestClock) -> None:
    sign_in(browser)
    for _ in range(14):
        clock.advance(timedelta(minutes=50))
        assert browser.get("/v2/topology").status_code == 200
    clock.advance(timedelta(minutes=19))
    assert browser.get("/v2/topology").status_code == 200, "somebody worked all the time"
    clock.advance(timedelta(minutes=2))
    assert browser.get("/v2/topology").status_code == 401


def test_a_session_in_which_nobody_works_ends_after_an_hour(browser: FlaskClient, clock: TestClock) -> None:
    sign_in(browser)
    by_itself = {"X-Krabuan-Idle": "1"}
    for _ in range(2):
        clock.advance(timedelta(minutes=29))
        assert browser.get("/v2/topology", headers=by_itself).status_code == 200
    clock.advance(timedelta(minutes=3))
    assert browser.get("/v2/topology", headers=by_itself).status_code == 401
    assert browser.get("/v2/topology").status_code == 401, "what ended stays so"


def test_that_somebody_works_is_written_down_now_and_then(
    browser: FlaskClient, office: Runtime, clock: TestClock
) -> None:
    sign_in(browser)
    kept = []
    for _ in range(7):
        clock.advance(timedelta(minutes=1))
        browser.get("/v2/topology")
        with office.database.read() as db:
            kept.append(db.execute(select(session.c.idle_at)).scalar_one())
    assert len(set(kept)) == 2


def test_a_new_password_ends_sessions_and_basic(browser: FlaskClient, office: Runtime, caller: Callers) -> None:
    sign_in(browser)
    ann = caller("ann")
    ann.get("/topology")
    office.bus.run(SetPassword("ann", "another horse"), SYSTEM)
    assert browser.get("/v2/topology").status_code == 401
    assert ann("GET", "/topology").status_code == 401


def test_wrong_passwords_and_unknown_names_look_alike(browser: FlaskClient) -> None:
    wrong, unknown = sign_in(browser, password="wrong"), sign_in(browser, "nobody")
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.get_json() == unknown.get_json()
    assert "Set-Cookie" not in wrong.headers


def test_wrong_passwords_lock_for_a_minute_then_longer(browser: FlaskClient, clock: TestClock) -> None:
    for _ in range(5):
        assert sign_in(browser, password="wrong").status_code == 401
    assert sign_in(browser).status_code == 401, "the right password does not open a locked account"
    clock.advance(timedelta(seconds=61))
    assert sign_in(browser, password="wrong").status_code == 401
    clock.advance(timedelta(seconds=61))
    assert sign_in(browser).status_code == 401, "the second lock lasts two minutes"
    clock.advance(timedelta(seconds=60))
    assert sign_in(browser).status_code == 200
    for _ in range(4):
        sign_in(browser, password="wrong")
    assert sign_in(browser).status_code == 200, "a good sign-in forgets the failures"


def test_basic_counts_wrong_passwords_too(caller: Callers, office: Runtime) -> None:
    app = create_app(office)
    for _ in range(5):
        app.test_client().get("/v2/topology", auth=("ben", "wrong"))
    assert caller("ben")("GET", "/topology").status_code == 401


def test_basic_pays_for_argon2_once(office: Runtime, monkeypatch: pytest.MonkeyPatch) -> None:
    hasher, calls = office.bus.services.hasher, []
    client = create_app(office).test_client()
    original = type(hasher).verify

    def counting(self: Any, hashed: str, password: str) -> bool:
        calls.append(1)
        return original(self, hashed, password)

    monkeypatch.setattr(type(hasher), "verify", counting)
    for _ in range(5):
        assert client.get("/v2/topology", auth=("ann", PASSWORD)).status_code == 200
    assert len(calls) == 1
    assert client.get("/v2/topology", auth=("ann", PASSWORD + "x")).status_code == 401
    assert len(calls) == 2


def test_an_inactive_account_opens_nothing(caller: Callers, office: Runtime, browser: FlaskClient) -> None:
    sign_in(browser)
    with office.database.write() as db:
        db.execute(person.update().where(person.c.username == "ann").values(active=False))
    assert browser.get("/v2/topology").status_code == 401
    assert caller("ann")("GET", "/topology").status_code == 401


def test_a_bearer_token_until_it_expires(office: Runtime, clock: TestClock) -> None:
    made = office.bus.run(MakeToken("worker", "test", clock.now() + timedelta(days=1)), SYSTEM)
    client = create_app(office).test_client()
    headers = {"Authorization": f"Bearer {made['token']}"}
    assert client.get("/v2/authentication/me", headers=headers).get_json()["username"] == "worker"
    with office.database.read() as db:
        assert made["token"] not in db.execute(select(api_token.c.token_hash)).scalar_one()
    clock.advance(timedelta(days=1))
    assert client.get("/v2/topology", headers=headers).status_code == 401


def test_a_person_makes_and_revokes_tokens_of_ones_own(caller: Callers, office: Runtime) -> None:
    ann, ben, admin = caller("ann"), caller("ben"), caller("admin")
    made = ann.post("/tokens", {"name": "my script"})
    client = create_app(office).test_client()
    headers = {"Authorization": f"Bearer {made['token']}"}
    assert client.get("/v2/topology", headers=headers).status_code == 200
    assert ben("POST", "/tokens", {"name": "theirs", "username": "ann"}).status_code == 403
    assert ben("DELETE", f"/tokens/{made['tokenId']}").status_code == 403
    assert admin("POST", "/tokens", {"name": "theirs", "username": "ann"}).status_code == 403
    assert ann("DELETE", f"/tokens/{made['tokenId']}").status_code == 204
    assert client.get("/v2/topology", headers=headers).status_code == 401


@pytest.mark.parametrize("path", ["/tokens", "/clients"])
def test_an_administrator_makes_keys_of_programs_and_acts_as_no_person(path: str, caller: Callers) -> None:
    admin = caller("admin")
    for name in ("ann", "owner"):
        refused = admin("POST", path, {"name": "theirs", "username": name})
        assert refused.status_code == 403 and refused.get_json()["code"] == "forbidden"
    assert admin("POST", path, {"name": "for the payments", "username": "worker"}).status_code == 201
    assert admin("POST", path, {"name": "my own", "username": "admin"}).status_code == 201


def test_a_wrong_authorization_header_is_not_made_good_by_a_cookie(browser: FlaskClient) -> None:
    sign_in(browser)
    assert browser.get("/v2/topology", headers={"Authorization": "Bearer nothing"}).status_code == 401
    assert browser.get("/v2/topology", headers={"Authorization": "Digest nothing"}).status_code == 401


def test_only_our_own_pages_go_without_the_challenge(caller: Callers) -> None:
    nobody = caller(None)
    assert "Basic" in nobody("GET", "/topology").headers["WWW-Authenticate"]
    own = nobody("GET", "/topology", headers={"X-Requested-With": "XMLHttpRequest"})
    assert "WWW-Authenticate" not in own.headers
