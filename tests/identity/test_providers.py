"""Signing in with an identity provider: a real one (oidc-provider, certified), over HTTP, on both databases."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.doctor.reach import providers
from api.runtime import open_runtime
from engine.adapters.passwords import Passwords
from engine.commands.add_person import AddPerson
from engine.commands.import_organisation import ImportOrganisation
from engine.model.actor import SYSTEM
from engine.store.migrations import upgrade
from tests.api.people import ORGANISATION, PEOPLE
from tests.identity.elsewhere import Elsewhere, both, sign_in, sign_out_there, to_callback


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Elsewhere]:
    folder = tmp_path_factory.mktemp("elsewhere")
    url = f"sqlite:///{folder / 'krabuan.db'}"
    if request.param == "postgresql":
        cluster = request.getfixturevalue("postgres_cluster")
        url = cluster.url(cluster.create())
    runtime = open_runtime(url, hasher=Passwords(8, 1))
    upgrade(runtime.database)
    runtime.bus.run(ImportOrganisation(ORGANISATION), SYSTEM)
    for person in (*PEOPLE, AddPerson("added", "Added before", groups=("checkers", "director"))):
        runtime.bus.run(person, SYSTEM)
    runtime.close()
    with both(folder, url) as opened:
        yield opened


@pytest.fixture
def browser() -> Iterator[httpx.Client]:
    with httpx.Client(timeout=30) as opened:
        yield opened


def me(browser: httpx.Client, where: Elsewhere) -> Any:
    answer = browser.get(f"{where.ours}/v2/authentication/me")
    return answer.json() if answer.is_success else answer.status_code


def test_the_providers_are_listed_for_everybody(where: Elsewhere) -> None:
    listed = httpx.get(f"{where.ours}/v2/session/providers").json()["items"]
    assert listed == [{"id": "ministry", "th": "บัญชีกระทรวง", "en": "Ministry account"}]


def test_a_first_sign_in_makes_the_account_with_mapped_groups_and_roles(
    where: Elsewhere, browser: httpx.Client
) -> None:
    answer = sign_in(browser, where, "p-1")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    found = me(browser, where)
    assert (found["username"], found["displayName"]) == ("somsri", "สมศรี ตัวอย่าง")
    assert (found["groups"], found["roles"]) == (["clerks"], ["auditor", "staff"])
    assert (found["email"], found["canLogout"]) == ("somsri@example.go.th", True)
    assert not found["secondFactorRequired"], "the provider asks for what it wants"
    assert browser.get(f"{where.ours}/v2/topology").status_code == 200
    with httpx.Client(timeout=30) as again:
        sign_in(again, where, "p-1")
        assert me(again, where)["username"] == "somsri", "the same account the second time"


def test_a_sign_in_changes_the_groups_of_the_mapping_and_no_others(where: Elsewhere, browser: httpx.Client) -> None:
    """Added here without a password, in two groups: one the provider manages and does not confirm, one it does not."""
    sign_in(browser, where, "p-4")
    assert me(browser, where)["groups"] == ["clerks", "director"]


def test_a_logout_there_ends_the_session_here_and_no_other(where: Elsewhere, browser: httpx.Client) -> None:
    sign_in(browser, where, "p-1")
    with httpx.Client(timeout=30) as other:
        sign_in(other, where, "p-1")
        sign_out_there(browser, where)
        assert me(browser, where) == 401
        assert me(other, where)["username"] == "somsri"


def test_an_account_with_a_password_is_not_taken_over(where: Elsewhere, browser: httpx.Client) -> None:
    answer = sign_in(browser, where, "p-2")
    assert answer.headers["Location"] == "/signin?signInProblem=name-taken"
    assert me(browser, where) == 401


def test_a_person_without_a_name_for_here_gets_no_account(where: Elsewhere, browser: httpx.Client) -> None:
    answer = sign_in(browser, where, "p-3")
    assert answer.headers["Location"] == "/signin?signInProblem=invalid-argument"
    assert me(browser, where) == 401


def refused(browser: httpx.Client, where: Elsewhere, url: str) -> bool:
    answer = browser.get(url)
    return answer.headers["Location"] == "/signin?signInProblem=provider-refused" and me(browser, where) == 401


def test_a_code_is_of_use_once(where: Elsewhere, browser: httpx.Client) -> None:
    url = to_callback(browser, where, "p-1")
    attempt = {c.name: c.value or "" for c in browser.cookies.jar if c.name == "krabuan_attempt_ministry"}
    assert browser.get(url).headers["Location"] == "/"
    with httpx.Client(timeout=30, cookies=attempt) as thief:
        assert refused(thief, where, url)


def test_an_answer_that_another_browser_asked_for_is_refused(where: Elsewhere, browser: httpx.Client) -> None:
    """Signing somebody in as another (login CSRF): the address of the attacker's answer, in the victim's browser."""
    url = to_callback(browser, where, "p-1")
    with httpx.Client(timeout=30) as victim:
        assert refused(victim, where, url)
        victim.get(where.begin)
        assert refused(victim, where, url), "nor with an attempt of its own"


@pytest.mark.parametrize(
    "change",
    [("state=", "state=x"), ("code=", "code=x"), ("iss=", "iss=x"), ("code=", "error=denied&code="), ("code=", "none=")],
    ids=str,
)
def test_a_changed_answer_is_refused(where: Elsewhere, browser: httpx.Client, change: tuple[str, str]) -> None:
    url = to_callback(browser, where, "p-1")
    assert refused(browser, where, url.replace(*change, 1))


def test_the_cookie_of_an_attempt_is_for_this_provider_alone(where: Elsewhere, browser: httpx.Client) -> None:
    answer = browser.get(where.begin)
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and cookie.startswith("krabuan_attempt_ministry=")
    query = httpx.URL(answer.headers["Location"]).params
    assert (query["response_type"], query["code_challenge_method"]) == ("code", "S256")
    assert query["nonce"] and query["state"]


def test_a_logout_that_the_provider_did_not_sign_is_refused(where: Elsewhere) -> None:
    for token in ("", "nonsense", "e30.e30.e30"):
        answer = httpx.post(f"{where.begin}/logout", data={"logout_token": token})
        assert (answer.status_code, answer.json()["code"]) == (400, "invalid-argument")


def test_a_provider_that_does_not_exist_is_not_found(where: Elsewhere) -> None:
    for path in ("nobody", "nobody/callback"):
        assert httpx.get(f"{where.ours}/v2/session/providers/{path}").status_code == 404


def test_the_doctor_reaches_it(where: Elsewhere, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And tells when the one that answers is another than the one that is named."""
    monkeypatch.setenv("TEST_OIDC_SECRET", "hush")
    settings = "providers: [{id: ministry, th: ก, en: M, issuer: '%s', clientId: k, clientSecret: {variable: TEST_OIDC_SECRET}}]"
    for issuer, level in ((where.theirs, "good"), (where.theirs.replace("127.0.0.1", "localhost"), "bad")):
        (tmp_path / "identity.yaml").write_text(settings % issuer, encoding="utf-8")
        assert [line.level for line in providers(tmp_path, os.environ)] == [level]
