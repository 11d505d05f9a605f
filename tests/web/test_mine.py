"""My cases: where each stands, whose turn it is; followed live, on a desk and on a telephone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.web.conftest import Enter, shoot
from tests.web.office import STAFF, Case, Office

pytestmark = pytest.mark.browser


def row_of(page: Page, case: Case) -> Locator:
    return page.get_by_role("row").filter(has_text=case.number)


def test_it_follows_what_others_do_on_a_telephone_in_english(office: Office, enter: Enter) -> None:
    case = office.case("Task_NotifyOffice")
    page = enter(STAFF, "/mine?part=STARTED", language="en", phone=True)
    row = row_of(page, case)
    expect(row).to_contain_text("Your turn")
    shoot(page, "901-mine-phone")
    office.ask("POST", f"/v2/process-instances/{case.key}/cancellation", {"reason": "entered twice"})
    expect(row).to_have_count(0)
    page.get_by_role("link", name="Ended").click()
    expect(row).to_contain_text("Cancelled")
    assert case.state == "TERMINATED"
