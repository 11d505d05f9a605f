"""The benchmark of the first load still measures; what it finds is looked at when it is run as one."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from benchmarks.cold_load import Place, measure_in
from tests.web.conftest import Enter
from tests.web.office import PASSWORD, STAFF, Office

pytestmark = pytest.mark.browser


def test_it_tells_when_the_inbox_is_usable_beside_a_bare_page(office: Office, browser: Browser) -> None:
    office.case("Task_NotifyOffice").claim("Task_NotifyOffice", STAFF)
    found = measure_in(browser, Place(office.base, STAFF, PASSWORD), rounds=1)
    print(found)
    assert found["usableMs"] > 0 and found["referenceMs"] > 0 and found["ratio"] > 0
    assert found["sentBytes"] > 100_000, "nothing of it is in a cache"


def asked_before_it_is_known_who_signs_in(page: Page) -> list[str]:
    """The names of scripts that are asked for before the answer to who is signed in."""
    entries: list[list[str | float]] = page.evaluate(
        "performance.getEntriesByType('resource').map(e => [e.name, e.startTime, e.responseEnd])"
    )
    who = next(float(end) for name, _, end in entries if str(name).endswith("/v2/authentication/me"))
    return [str(name) for name, start, _ in entries if float(start) < who and str(name).endswith(".js")]


def test_the_page_of_an_address_is_fetched_while_it_is_asked_who_is_signed_in(enter: Enter) -> None:
    page = enter(STAFF)
    page.get_by_role("heading", level=1).wait_for()
    assert any("InboxPage" in name for name in asked_before_it_is_known_who_signs_in(page))
