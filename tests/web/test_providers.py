"""Signing in through a real identity provider, in a browser: the button, the groups, and the logout over there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from api.runtime import open_runtime
from engine.adapters.passwords import Passwords
from engine.commands.import_organisation import ImportOrganisation
from engine.model.actor import SYSTEM
from engine.store.migrations import upgrade
from tests.api.people import ORGANISATION, PEOPLE
from tests.identity.elsewhere import Elsewhere, both
from tests.web.used import used


@pytest.fixture(scope="module")
def where(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Elsewhere]:
    folder: Path = tmp_path_factory.mktemp("elsewhere")
    url = f"sqlite:///{folder / 'krabuan.db'}"
    runtime = open_runtime(url, hasher=Passwords(8, 1))
    upgrade(runtime.database)
    runtime.bus.run(ImportOrganisation(ORGANISATION), SYSTEM)
    for person in PEOPLE:
        runtime.bus.run(person, SYSTEM)
    runtime.close()
    with both(folder, url) as opened:
        yield opened


@pytest.fixture
def page(browser: Browser, where: Elsewhere) -> Iterator[Page]:
    """A browser of nobody, at our sign-in page. What the provider's pages ask of other hosts is not answered."""
    context = browser.new_context(base_url=where.ours, locale="th-TH", timezone_id="Asia/Bangkok")
    used(context)

    def only_here(route: Any) -> None:
        here = route.request.url.startswith((where.ours, where.theirs))
        route.continue_() if here else route.abort()

    context.route("**/*", only_here)
    opened = context.new_page()
    opened.goto("/")
    yield opened
    context.close()


def go_through(page: Page, login: str) -> None:
    """Sign in at the provider and agree to what it asks."""
    page.get_by_role("link", name="บัญชีกระทรวง").click()
    page.get_by_placeholder("Enter any login").fill(login)
    page.get_by_placeholder("and password").fill("any")
    page.get_by_role("button", name="Sign-in").click()
    page.get_by_role("button", name="Continue").click()


def test_a_person_signs_in_there_and_a_logout_there_ends_the_session_here(page: Page, where: Elsewhere) -> None:
    go_through(page, "p-1")
    expect(page.get_by_text("สมศรี ตัวอย่าง").first).to_be_visible()
    me = page.request.get("/v2/authentication/me").json()
    assert (me["username"], me["groups"], me["roles"]) == ("somsri", ["clerks"], ["auditor", "staff"])

    other = page.context.new_page()
    other.goto(f"{where.theirs}/session/end")
    other.get_by_role("button", name="Yes").click()
    expect(other.get_by_text("Sign-out Success")).to_be_visible()

    assert page.request.get("/v2/authentication/me").status == 401
    page.goto("/")
    expect(page.get_by_role("link", name="บัญชีกระทรวง")).to_be_visible()


def test_a_refusal_is_told_at_the_sign_in(page: Page, where: Elsewhere) -> None:
    go_through(page, "p-2")
    expect(page.get_by_role("alert")).to_contain_text("มีบัญชีอื่นใช้ชื่อผู้ใช้นี้อยู่แล้ว")
    assert page.url == f"{where.ours}/signin", "the address keeps nothing of it"
