"""My cases: where each stands, whose turn it is; followed live, on a desk and on a telephone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.web.conftest import Enter, shoot
from tests.web.office import STAFF, Case, Office

pytestmark = pytest.mark.browser


def row_of(page: Page, case: Case) -> Locator:
    return page.get_by_role("row").filter(has_text=case.number)


def test_a_case_that_one_started_is_found_and_its_task_is_done_from_there(office: Office, enter: Enter) -> None:
    """By keyboard: the search finds it, its step opens, and the task is claimed."""
    case = office.case("Task_NotifyOffice")
    page = enter(STAFF, "/mine")
    search = page.get_by_role("searchbox", name="ค้นหาเรื่องของฉัน")
    search.fill(case.number)
    search.press("Enter")
    row = row_of(page, case)
    expect(row).to_contain_text("ถึงคิวคุณ")
    shoot(page, "900-mine")
    row.get_by_role("link", name=re.compile("^เปิดงาน")).first.press("Enter")
    page.get_by_role("button", name="รับงานนี้").press("Enter")
    expect(page.get_by_role("button", name="คืนงาน")).to_be_visible()
    assert STAFF in {task["assignee"] for task in case.tasks()}


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
