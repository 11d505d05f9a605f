"""What people and programs prove themselves with stands in no log and in no byte of the database, whatever happens."""

from __future__ import annotations

import base64
import io
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyotp
import pytest
from flask.testing import FlaskClient
from sqlalchemy import text

from api.app import create_app
from api.logs import JsonLines
from api.runtime import Runtime
from engine.adapters.clock import TestClock
from tests.api.people import PASSWORD
from tests.api.world import World

WRONG, NEW = "a wrong pass phrase 71", "another long pass phrase 93"
WRITTEN = "what nobody else may read"
GUESSED = "guessed-bearer-token-4711"
Logged = Callable[[], str]


@pytest.fixture
def logged() -> Iterator[Logged]:
    """Everything that any part of the process logs, down to the least important, as the service and plainly."""
    out, root = io.StringIO(), logging.getLogger()
    handlers = [logging.StreamHandler(out), logging.StreamHandler(out)]
    handlers[0].setFormatter(JsonLines())
    before = root.level
    root.setLevel(logging.DEBUG)
    for handler in handlers:
        root.addHandler(handler)
    yield out.getvalue
    for handler in handlers:
        root.removeHandler(handler)
    root.setLevel(before)


class Journey:
    """One browser and one program; `secrets` are what they proved themselves with so far, by what each is."""

    def __init__(self, runtime: Runtime, clock: TestClock) -> None:
        self.app = create_app(runtime)
        self.browser: FlaskClient = self.app.test_client()
        self._clock = clock
        self.secrets: dict[str, str] = {"password": PASSWORD, "wrong": WRONG, "new": NEW, "guessed": GUESSED}
        self.csrf = ""

    def ask(self, method: str, path: str, expected: int, **options: Any) -> Any:
        headers = {"X-CSRF-Token": self.csrf, **options.pop("headers", {})}
        answer = self.browser.open(path, method=method, headers=headers, **options)
        assert answer.status_code == expected, answer.text
        return answer.get_json() if answer.is_json else None

    def sign_in(self) -> None:
        """Wrong, and then right."""
        self.ask("POST", "/v2/session", 401, json={"username": "ann", "password": WRONG})
        opened = self.ask("POST", "/v2/session", 200, json={"username": "ann", "password": PASSWORD})
        self.csrf = opened["csrfToken"]
        cookie = self.browser.get_cookie("krabuan_session")
        assert cookie is not None
        self.secrets["session"] = cookie.value

    def enrol(self) -> None:
        """A second factor, with its recovery codes."""
        mine = "/v2/authentication/me/second-factor"
        begun = self.ask("POST", mine, 201, json={"password": PASSWORD})
        self.secrets["second factor"] = begun["secret"]
        code = pyotp.TOTP(begun["secret"]).at(self._clock.now())
        codes = self.ask("PUT", mine, 200, json={"code": code})["recoveryCodes"]
        self.secrets |= {f"recovery code {number}": code for number, code in enumerate(codes)}
        self.ask("PUT", mine, 409, json={"code": code})

    def program(self) -> None:
        """A token and a client, used well, wrongly, and without the permission."""
        token = self.ask("POST", "/v2/tokens", 201, json={"name": "t"})["token"]
        client = self.ask("POST", "/v2/clients", 201, json={"name": "c"})
        given = {"client_id": client["clientId"], "client_secret": client["clientSecret"]}
        grant = {"grant_type": "client_credentials"}
        issued = self.ask("POST", "/oauth/token", 200, data=grant | given)["access_token"]
        self.secrets |= {"token": token, "client": client["clientSecret"], "issued": issued}
        basic = base64.b64encode(f"{client['clientId']}:{WRONG}".encode()).decode()
        self.secrets["basic"] = basic
        program = self.app.test_client(use_cookies=False)
        program.post("/oauth/token", data=grant, headers={"Authorization": f"Basic {basic}"})
        for bearer, expected in ((token, 403), (issued, 403), (GUESSED, 401), (f"{token}x", 401)):
            headers = {"Authorization": f"Bearer {bearer}"}
            assert program.post("/v2/audit-logs/search", json={}, headers=headers).status_code == expected

    def change_password(self) -> None:
        """Wrongly, and then rightly."""
        path = "/v2/authentication/me/password"
        self.ask("PUT", path, 400, json={"currentPassword": WRONG, "newPassword": NEW})
        self.ask("PUT", path, 204, json={"currentPassword": PASSWORD, "newPassword": NEW})

    def link(self, world: World) -> str:
        """A link that opens a document without signing in."""
        made = self.ask("POST", f"/v2/documents/{world.document}/links", 201, json={})
        self.secrets["link"] = made["url"].rpartition("/")[2]
        self.ask("GET", f"/v2/document-links/{self.secrets['link']}", 200)
        return f"/v2/document-links/{self.secrets['link']}"


    def feed(self) -> str:
        """The address of a calendar feed."""
        made = self.ask("POST", "/v2/authentication/me/calendar-feed", 201, json={})
        path: str = made["url"].removeprefix("http://localhost")
        self.secrets["feed"] = path.rpartition("/")[2].removesuffix(".ics")
        self.ask("GET", path, 200)
        return path


def test_no_secret_is_logged_or_kept(
    at_work: tuple[Runtime, World], tmp_path: Path, logged: Logged
) -> None:
    runtime, world = at_work
    clock = runtime.clock
    assert isinstance(clock, TestClock)
    journey = Journey(runtime, clock)
    journey.sign_in()
    journey.link(world)
    journey.feed()
    journey.program()
    journey.enrol()
    journey.change_password()
    assert len(journey.secrets) > 15 and all(len(secret) >= 8 for secret in journey.secrets.values())
    said = logged()
    assert "wrong-password" in said, "something was logged at all"
    kept = b"".join(path.read_bytes() for path in tmp_path.glob("world.db*"))
    assert b"second_factor" in kept
    assert [what for what, secret in journey.secrets.items() if secret in said] == []
    assert [what for what, secret in journey.secrets.items() if secret.encode() in kept] == []


@pytest.mark.parametrize("gone", ["session", "api_token", "comment"])
def test_a_failing_database_tells_no_secret(
    gone: str, at_work: tuple[Runtime, World], logged: Logged
) -> None:
    """What the statement that failed was given is not in the log: neither secrets nor what people wrote."""
    runtime, world = at_work
    clock = runtime.clock
    assert isinstance(clock, TestClock)
    journey = Journey(runtime, clock)
    journey.sign_in()
    with runtime.database.write() as db:
        db.execute(text(f"ALTER TABLE {gone} RENAME TO taken_away"))
    headers = {"X-CSRF-Token": journey.csrf}
    if gone == "session":
        failed = journey.browser.get("/v2/topology")
    elif gone == "api_token":
        failed = journey.browser.get("/v2/topology", headers={"Authorization": f"Bearer {GUESSED}"})
    else:
        case = f"/v2/process-instances/{world.waiting}/comments"
        failed = journey.browser.post(case, json={"text": WRITTEN}, headers=headers)
    assert failed.status_code in (500, 503)
    said = logged()
    assert "taken_away" not in said and gone in said, "the failure itself is logged"
    hashed = journey.secrets | {"written": WRITTEN}
    assert [what for what, secret in hashed.items() if secret in said] == []
    assert "parameters: (" not in said


@pytest.mark.parametrize(("secret", "table"), [("link", "document"), ("feed", "calendar_feed")])
def test_a_link_stands_in_no_log_when_it_fails(
    secret: str, table: str, at_work: tuple[Runtime, World], logged: Logged
) -> None:
    """Whoever has the address has the document, or the due dates: it is a secret as a password is."""
    runtime, world = at_work
    clock = runtime.clock
    assert isinstance(clock, TestClock)
    journey = Journey(runtime, clock)
    journey.sign_in()
    path = journey.link(world) if secret == "link" else journey.feed()
    with runtime.database.write() as db:
        db.execute(text(f"ALTER TABLE {table} RENAME TO taken_away"))
    assert journey.browser.get(path).status_code in (500, 503)
    assert path.rpartition("/")[0] + "/..." in logged() and journey.secrets[secret] not in logged()
