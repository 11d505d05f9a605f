"""The service around the operations: headers, the front end's files, the description of the API."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import url_for
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from werkzeug.exceptions import NotFound

from api.app import create_app
from api.description import describe
from api.problems import STATUSES
from api.runtime import Runtime
from engine import errors
from engine.policy.permissions import RULES
from tests.api.conftest import Caller
from tests.api.people import PASSWORD

Callers = Callable[[str | None], Caller]


@pytest.fixture
def client(office: Runtime, tmp_path: Path) -> FlaskClient:
    """The service with a front end of three files."""
    site = tmp_path / "site"
    (site / "assets").mkdir(parents=True)
    (site / "index.html").write_text("<title>Krabuan</title>", encoding="utf-8")
    (site / "assets" / "app-1a2b.js").write_text("1", encoding="utf-8")
    (site / "favicon.svg").write_text("<svg/>", encoding="utf-8")
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    return create_app(office, site).test_client()


NOTHING = {"default-src": "'none'", "base-uri": "'none'", "form-action": "'none'", "frame-ancestors": "'none'"}
PAGES = {
    "default-src": "'self'",  # scripts too: no others, none inline, none made from texts
    "style-src": "'self' 'unsafe-inline'",  # of the form and date fields
    "img-src": "'self' data:", "font-src": "'self' data:", "object-src": "'none'", "base-uri": "'none'",
    "form-action": "'self'", "frame-ancestors": "'none'",
}  # fmt: skip


@pytest.mark.parametrize(
    ("path", "status", "policy"),
    [
        ("/", 200, PAGES), ("/tasks/1", 200, PAGES), ("/assets/app-1a2b.js", 200, PAGES), ("/assets/gone.js", 404, PAGES),
        ("/v2/status", 204, NOTHING), ("/v2/topology", 200, NOTHING), ("/v2/nothing", 404, NOTHING),
        ("/v2/audit-logs/1", 403, NOTHING), ("/v2/session", 404, NOTHING), ("/v2/user-tasks/1?x=%ff", 404, NOTHING),
        ("/v2/openapi.json", 200, NOTHING), ("/oauth/token", 404, NOTHING),
        ("/v2/docs", 200, NOTHING | {"style-src": "'unsafe-inline'"}),
    ],
)  # fmt: skip
def test_security_headers_stand_on_every_answer(
    path: str, status: int, policy: dict[str, str], client: FlaskClient
) -> None:
    """The whole policy: whoever weakens it changes it here, too."""
    answer = client.get(path, auth=("ann", PASSWORD), buffered=True)
    headers = answer.headers
    assert answer.status_code == status
    said = [rule.strip().partition(" ") for rule in headers["Content-Security-Policy"].split(";")]
    assert {name: sources for name, _, sources in said} == policy
    assert headers["X-Content-Type-Options"] == "nosniff" and headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "Access-Control-Allow-Origin" not in headers, "no page of another origin reads an answer"
    assert "Server" not in headers and "X-Powered-By" not in headers


def test_over_https_browsers_are_told_to_stay_there(client: FlaskClient) -> None:
    told = client.get("https://localhost/v2/status").headers["Strict-Transport-Security"]
    assert "max-age=31536000" in told and "includeSubDomains" in told
    assert "Strict-Transport-Security" not in client.get("/v2/status").headers


@pytest.mark.parametrize("path", ["/v2/status", "/v2/topology", "/v2/authentication/me", "/v2/nothing"])
def test_answers_are_kept_by_no_cache(path: str, client: FlaskClient) -> None:
    assert client.get(path, auth=("ann", PASSWORD)).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/", "/tasks/123", "/start", "/cases/1", "/signin", "/index.html", "/%2e%2e/x"])
def test_client_side_routes_get_the_start_page(path: str, client: FlaskClient) -> None:
    answer = client.get(path, buffered=True)
    assert (answer.status_code, answer.text) == (200, "<title>Krabuan</title>")
    assert answer.headers["Cache-Control"] == "no-cache"


def test_hashed_files_are_kept_for_ever(client: FlaskClient) -> None:
    answer = client.get("/assets/app-1a2b.js", buffered=True)
    assert "immutable" in answer.headers["Cache-Control"] and "javascript" in answer.content_type
    # an old page must not take the start page for its script
    assert client.get("/assets/gone.js", buffered=True).status_code == 404
    assert client.get("/favicon.svg", buffered=True).headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    ("accepted", "packed"), [("gzip, br", True), ("br", False), ("gzip;q=0", False), ("*", True)], ids=str
)
def test_a_script_is_sent_compressed_to_who_takes_that(
    accepted: str, packed: bool, client: FlaskClient, tmp_path: Path
) -> None:
    (tmp_path / "site" / "assets" / "app-1a2b.js.gz").write_bytes(gzip.compress(b"1"))
    answer = client.get("/assets/app-1a2b.js", headers={"Accept-Encoding": accepted}, buffered=True)
    assert (answer.headers.get("Content-Encoding") == "gzip") is packed
    assert (gzip.decompress(answer.data) if packed else answer.data) == b"1"
    assert answer.headers["Vary"] == "Accept-Encoding" and "immutable" in answer.headers["Cache-Control"]
    assert answer.content_type.startswith("text/javascript")


@pytest.mark.parametrize("path", ["/../secret.txt", "/assets/../../secret.txt", "/%2e%2e/secret.txt", "//secret.txt"])
def test_nothing_outside_the_site_is_served(path: str, client: FlaskClient) -> None:
    assert "secret" not in client.get(path, buffered=True).text.replace("secret.txt", "")


def test_the_api_never_answers_with_a_page(client: FlaskClient) -> None:
    for path in ("/v2", "/v2/", "/v2/nothing", "/v2/assets/x", "/oauth/token"):
        answer = client.get(path, buffered=True)
        assert (answer.status_code, answer.content_type) == (404, "application/problem+json")


def test_the_clock_of_the_engine_is_told(client: FlaskClient) -> None:
    assert client.get("/v2/status", buffered=True).headers["X-Krabuan-Time"] == "2026-04-10T09:00:00.000Z"


def test_status_and_description_need_no_account(client: FlaskClient) -> None:
    assert client.get("/v2/status", buffered=True).status_code == 204
    assert client.get("/v2/openapi.json", buffered=True).get_json()["openapi"].startswith("3.1")
    page = client.get("/v2/docs", buffered=True).text
    assert "/v2/user-tasks/search" in page and "<script" not in page and "http://" not in page


def test_a_database_that_does_not_answer_is_a_503(office: Runtime, client: FlaskClient, tmp_path: Path) -> None:
    office.close()
    (tmp_path / "office.db").write_bytes(b"no database" * 1000)
    assert client.get("/v2/status", buffered=True).status_code in (500, 503)


def test_every_operation_names_a_known_permission() -> None:
    described = describe()
    operations = [
        operation
        for methods in described["paths"].values()
        for method, operation in methods.items()
        if method != "parameters"
    ]
    assert len(operations) > 60
    public = {o["summary"] for o in operations if o["x-permission"] is None}
    assert public == {
        "Answer 204 when the database answers, else 503.",
        "A token that lasts an hour, for the id and the secret of a client: as HTTP Basic, or in the form.",
        "The identity providers that people may sign in with.",
        "The provider ends sessions that it opened (OpenID Connect Back-Channel Logout 1.0).",
        "Where the provider sends the browser: open a session and show the first page, or say at the sign-in why not.",
        "Sign in with name and password; the session is a cookie that scripts cannot read.",
        "The second step, for who has a second factor: a code of the app, or a recovery code.",
        "Send the browser to the provider, which sends it back to `callback`.",
        "The document behind a link. A link that was changed, or whose time is over, leads nowhere.",
        "The feed behind an address, for programs that know nothing else: no session, no cookie. With `If-None-Match`,\n"
        "304 while nothing has changed.",
    }
    assert {o["x-permission"] for o in operations if o["x-permission"]} <= set(RULES)
    assert all(o["summary"] for o in operations)


def test_every_schema_of_the_description_is_one() -> None:
    for schema in describe()["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


def test_every_error_of_the_engine_has_a_status() -> None:
    def below(kind: type[errors.EngineError]) -> list[type[errors.EngineError]]:
        return [kind, *(deeper for child in kind.__subclasses__() for deeper in below(child))]

    def status(kind: type[errors.EngineError]) -> int:
        return next((s for base, s, _ in STATUSES if issubclass(kind, base)), 500)

    statuses = {kind: status(kind) for kind in below(errors.EngineError)}
    assert [kind for kind, found in statuses.items() if found == 500] == [errors.EngineError]
    assert 422 not in statuses.values()
    codes = [kind.code for kind in statuses if kind.__module__ == "engine.errors"]
    assert len(codes) == len(set(codes))


def test_a_mistake_of_ours_tells_only_a_number(office: Runtime, caplog: pytest.LogCaptureFixture) -> None:
    app = create_app(office)

    def broken() -> None:
        raise RuntimeError("the password is swordfish")

    broken.krabuan_public = True  # type: ignore[attr-defined]
    app.add_url_rule("/v2/broken", "broken", broken)
    answer = app.test_client().get("/v2/broken")
    problem = answer.get_json()
    assert answer.status_code == 500 and "swordfish" not in answer.text
    assert problem["reference"] in caplog.text


def test_a_site_that_was_not_built(office: Runtime, tmp_path: Path) -> None:
    client = create_app(office, tmp_path / "nothing").test_client()
    answer = client.get("/", buffered=True)
    assert answer.status_code == NotFound.code
    assert client.get("/v2/status", buffered=True).status_code == 204


def test_no_address_is_built_from_the_name_of_a_view(client: FlaskClient) -> None:
    """What Werkzeug compiles for that costs every start of the service, and nothing here wants it."""
    with client.application.test_request_context(), pytest.raises(RuntimeError):
        url_for("openapi")
