"""Search over all cases: by conditions that narrow and are taken away, and what staff find; auditors' in tests/journeys."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.web.conftest import Enter, shoot
from tests.web.office import STAFF, Office
from tests.web.test_accessibility import axe, judge, wider

pytestmark = pytest.mark.browser
__all__ = ["axe"]  # a fixture


def test_by_person_and_data_on_a_phone_in_english_by_keyboard(office: Office, enter: Enter, axe: str) -> None:
    case = office.case("Task_NotifyOffice")
    number = case.number.replace(" ", "%20")
    page = enter("auditor", f"/search?number={number}", language="en", phone=True)
    expect(page.get_by_text("1 found")).to_be_visible()
    page.get_by_label("Person").fill(STAFF)
    page.get_by_role("option").filter(has_text=STAFF).first.click()
    page.get_by_label("Took part by").select_option(label="completing a task")
    page.get_by_label("Name of the data").fill("aware_at")
    page.get_by_label("Comparison").select_option(label="is at least")
    page.get_by_label("Value").fill("2020-01-01")
    page.keyboard.press("Enter")
    conditions = page.get_by_role("list", name="Conditions in use")
    expect(conditions.get_by_role("listitem")).to_have_count(3)
    expect(page.get_by_text("1 found")).to_be_visible()
    assert judge(page, axe, "search on a phone") == []
    assert wider(page, "search on a phone") == []
    shoot(page, "801-search-phone")
    page.goto(page.url.replace("compare=gte", "compare=lt"))
    expect(page.get_by_text("0 found")).to_be_visible()
    expect(page.get_by_text("No case fulfils the conditions")).to_be_visible()
    conditions.get_by_role("button", name="Remove the condition Data of the case").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 found")).to_be_visible()


def test_staff_come_from_the_list_of_cases_and_find_their_own_alone(office: Office, enter: Enter) -> None:
    case = office.case("Task_NotifyOffice")
    stranger = enter("oae_secretary1", "/cases")
    stranger.get_by_role("link", name="ค้นหาโดยละเอียด").click()
    stranger.get_by_label("คำค้น").fill(case.number)
    stranger.keyboard.press("Enter")
    expect(stranger.get_by_text("พบ ๐ เรื่อง")).to_be_visible()
    staff = enter(STAFF, f"/search?words={case.number.replace(' ', '%20')}&state=ACTIVE")
    expect(staff.get_by_text("พบ ๑ เรื่อง")).to_be_visible()
    shoot(staff, "802-search-staff")
