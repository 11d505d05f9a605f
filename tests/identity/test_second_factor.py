"""A second factor over HTTP: enrolled, asked for at the sign-in, needed by roles; programs use tokens instead."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pyotp
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from api.app import create_app
from api.limits import Limits, Rate, Rates
from api.runtime import Runtime
from engine.adapters.clock import TestClock
from engine.commands.make_token import MakeToken
from engine.commands.sign_in_externally import SignInExternally
from engine.model.actor import SYSTEM
from tests.api.conformance import check_answer
from tests.api.people import PASSWORD

MINE = "/authentication/me/second-factor"
NONE: frozenset[str] = frozenset()


class Browser:
    """Keeps cookies, sends the CSRF token, and knows the secret that was shown to it."""

    def __init__(self, client: FlaskClient, clock: TestClock) -> None:
        self.client, self._clock = client, clock
        self.csrf, self.secret = "", ""

    def __call__(self, method: str, path: str, json: Any = None, **options: Any) -> TestResponse:
        headers = {"X-CSRF-Token": self.csrf, **options.pop("headers", {})}
        answer = self.client.open(f"/v2{path}", method=method, json=json, headers=headers, **options)
        check_answer(method, path, answer)
        return answer

    def sign_in(self, username: str = "ann", password: str = PASSWORD) -> Any:
        return self._told(self("POST", "/session", {"username": username, "password": password}))

    def give(self, code: str) -> Any:
        return self._told(self("POST", "/session/code", {"code": code}))

    def _told(self, answer: TestResponse) -> Any:
        told = answer.get_json()
        self.csrf = told.get("csrfToken") or ""
        return told

    def code(self, steps: int = 0) -> str:
        shown: str = pyotp.TOTP(self.secret).at(self._clock.now() + timedelta(seconds=30 * steps))
        return shown

    def enrol(self) -> list[str]:
        """The recovery codes."""
        begun = self("POST", MINE, {"password": PASSWORD})
        assert begun.status_code == 201, begun.text
        self.secret = begun.get_json()["secret"]
        codes: list[str] = self("PUT", MINE, {"code": self.code()}).get_json()["recoveryCodes"]
        self._clock.advance(timedelta(seconds=30))
        return codes

    def cookie(self, name: str) -> Any:
        return self.client.get_cookie(name)


@pytest.fixture
def browser(office: Runtime, clock: TestClock) -> Browser:
    return Browser(create_app(office).test_client(), clock)


@pytest.fixture
def strict(office: Runtime, clock: TestClock) -> Browser:
    """Where administrators and staff must have a second factor."""
    app = create_app(office, second_factor=frozenset({"administrator", "staff"}))
    return Browser(app.test_client(), clock)


def code_of(answer: TestResponse) -> tuple[int, str]:
    return answer.status_code, answer.get_json()["code"]


def test_enrolling_shows_the_secret_once_and_a_qr_code(browser: Browser) -> None:
    browser.sign_in()
    assert browser("GET", MINE).get_json() == {"state": "off", "since": None, "recoveryCodesLeft": 0}
    begun = browser("POST", MINE, {"password": PASSWORD}).get_json()
    assert begun["address"].startswith("otpauth://totp/Krabuan:ann?") and begun["secret"] in begun["address"]
    assert begun["qrCode"].startswith("data:image/svg+xml")
    state = browser("GET", MINE).get_json()
    assert state["state"] == "begun" and begun["secret"] not in repr(state)
    browser.secret = begun["secret"]
    assert len(browser("PUT", MINE, {"code": browser.code()}).get_json()["recoveryCodes"]) == 10
    assert browser("GET", MINE).get_json()["state"] == "on"


def test_the_sign_in_has_two_steps(browser: Browser) -> None:
    browser.sign_in()
    browser.enrol()
    browser("DELETE", "/session")
    asked = browser.sign_in()
    assert asked == {"username": "ann", "csrfToken": None, "codeNeeded": True}
    assert browser.cookie("krabuan_session") is None
    assert browser("GET", "/authentication/me").status_code == 401, "the first step opens nothing"
    step = browser.cookie("krabuan_step")
    assert step.http_only and step.value
    wrong = browser("POST", "/session/code", {"code": "000000"})
    assert code_of(wrong) == (401, "wrong-code")
    assert browser.give(browser.code())["codeNeeded"] is False
    assert browser("GET", "/authentication/me").get_json()["username"] == "ann"
    assert browser.cookie("krabuan_step") is None
    assert code_of(browser("POST", "/session/code", {"code": browser.code()})) == (401, "sign-in-again")


def test_a_recovery_code_opens_the_account(browser: Browser) -> None:
    browser.sign_in()
    codes = browser.enrol()
    browser.sign_in()
    assert browser.give(codes[0])["username"] == "ann"
    assert browser("GET", MINE).get_json()["recoveryCodesLeft"] == 9


def test_new_recovery_codes_and_switching_off(browser: Browser, clock: TestClock) -> None:
    browser.sign_in()
    browser.enrol()
    for path in (f"{MINE}/recovery-codes", f"{MINE}/removal"):
        wrong_code = browser("POST", path, {"password": PASSWORD, "code": "000000"})
        assert code_of(wrong_code) == (400, "wrong-code")
        wrong_password = browser("POST", path, {"password": "wrong", "code": browser.code()})
        assert code_of(wrong_password) == (400, "wrong-current-password")
    clock.advance(timedelta(minutes=2))
    renewed = browser("POST", f"{MINE}/recovery-codes", {"password": PASSWORD, "code": browser.code()})
    assert len(renewed.get_json()["recoveryCodes"]) == 10
    again = browser("POST", f"{MINE}/removal", {"password": PASSWORD, "code": browser.code()})
    assert code_of(again) == (400, "wrong-code"), "that code was taken"
    assert browser("POST", f"{MINE}/removal", {"password": PASSWORD, "code": browser.code(1)}).status_code == 204
    assert browser("GET", MINE).get_json()["state"] == "off"


def test_basic_is_refused_and_a_token_is_not(browser: Browser, office: Runtime) -> None:
    browser.sign_in()
    browser.enrol()
    programs = create_app(office).test_client(use_cookies=False)
    refused = programs.get("/v2/topology", auth=("ann", PASSWORD))
    assert code_of(refused) == (401, "basic-refused")
    assert code_of(programs.get("/v2/topology", auth=("ann", "wrong"))) == (401, "wrong-password")
    made = browser("POST", "/tokens", {"name": "a script"}).get_json()
    assert programs.get("/v2/topology", headers={"Authorization": f"Bearer {made['token']}"}).status_code == 200


def test_who_must_have_one_can_only_enrol(strict: Browser) -> None:
    strict.sign_in()
    assert strict("GET", "/authentication/me").get_json()["secondFactorRequired"] is True
    for method, path in (("GET", "/topology"), ("POST", "/user-tasks/search"), ("POST", "/tokens")):
        refused = strict(method, path, {} if method == "POST" else None)
        assert code_of(refused) == (403, "second-factor-required")
        assert refused.get_json()["enrolAt"] == f"/v2{MINE}"
    strict.enrol()
    assert strict("GET", "/topology").status_code == 200
    assert strict("GET", "/authentication/me").get_json()["secondFactorRequired"] is False


def test_who_must_have_one_may_sign_out(strict: Browser) -> None:
    strict.sign_in()
    assert strict("DELETE", "/session").status_code == 204


@pytest.mark.parametrize("way", ["basic", "token"])
def test_a_required_second_factor_cannot_be_gone_around(strict: Browser, office: Runtime, way: str) -> None:
    made = office.bus.run(MakeToken("admin", "an old one"), SYSTEM)
    given = {"Authorization": f"Bearer {made['token']}"}
    how: dict[str, Any] = {"auth": ("admin", PASSWORD)} if way == "basic" else {"headers": given}
    answer = strict("GET", "/topology", **how)
    assert code_of(answer) == (403, "second-factor-required")


def test_other_roles_are_not_asked(strict: Browser) -> None:
    strict.sign_in("auditor")
    assert strict("GET", "/topology").status_code == 200


def test_people_of_an_identity_provider_are_not_asked(strict: Browser, office: Runtime) -> None:
    groups = frozenset({"clerks"})
    command = SignInExternally("https://id.example", "p-1", "new", "New", None, groups, groups, NONE, NONE)
    opened = office.bus.run(command, SYSTEM)
    strict.client.set_cookie("krabuan_session", opened["token"])
    assert strict("GET", "/authentication/me").get_json()["roles"] == ["staff"]
    assert strict("GET", "/topology").status_code == 200
    made = office.bus.run(MakeToken("new", "hers"), SYSTEM)
    strict.client.delete_cookie("krabuan_session")
    assert strict("GET", "/topology", headers={"Authorization": f"Bearer {made['token']}"}).status_code == 200


def test_an_administrator_resets_it(browser: Browser, office: Runtime, clock: TestClock) -> None:
    browser.sign_in()
    browser.enrol()
    admin = Browser(create_app(office).test_client(), clock)
    admin.sign_in("admin")
    assert admin("DELETE", "/users/ann/second-factor").status_code == 204
    assert browser("GET", "/topology").status_code == 401, "the sessions of the lost telephone end"
    assert browser.sign_in()["codeNeeded"] is False
    assert code_of(admin("DELETE", "/users/ann/second-factor")) == (409, "no-second-factor")
    assert code_of(admin("DELETE", "/users/nobody/second-factor")) == (404, "not-found")
    admin.enrol()
    assert code_of(admin("DELETE", "/users/admin/second-factor")) == (403, "forbidden")
    ann = browser("DELETE", "/users/admin/second-factor")
    assert code_of(ann) == (403, "forbidden")


def test_an_address_that_guesses_codes_waits(office: Runtime, clock: TestClock) -> None:
    slow = Limits(Rates(None, None, Rate(0.001, 3)), lambda: 0.0)
    client = create_app(office, limits=slow).test_client()
    statuses = [client.post("/v2/session/code", json={"code": "000000"}).status_code for _ in range(5)]
    assert statuses == [401, 401, 401, 503, 503]


@pytest.mark.parametrize("body", [{}, {"code": ""}, {"code": "1" * 65}, {"code": None}, {"code": 123456}, {"x": "1"}])
def test_what_is_no_code_is_refused(browser: Browser, body: Any) -> None:
    assert code_of(browser("POST", "/session/code", body)) == (400, "invalid-request")


def test_a_service_without_a_key_says_so(office: Runtime, clock: TestClock) -> None:
    office.bus.services = replace(office.bus.services, vault=None)
    browser = Browser(create_app(office).test_client(), clock)
    browser.sign_in()
    assert code_of(browser("POST", MINE, {"password": PASSWORD})) == (409, "no-vault")
