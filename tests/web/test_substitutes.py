"""Absence: entered by the person or the head, work in another's name with both names kept, and handing over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import Enter, Watch, shoot
from tests.web.filling import fill, type_moment
from tests.web.office import STAFF, Case, Office, data_of, moment
from tests.web.walking import TH, find, schema_of

pytestmark = pytest.mark.browser
HEAD, OTHER = "agri_data_group_head1", "strategy_group1"
ABSENT_NAME, OTHER_NAME = "กลุ่มบริหารข้อมูลการเกษตร 1", "กลุ่มยุทธศาสตร์เทคโนโลยีสารสนเทศ 1"


@pytest.fixture(autouse=True)
def everybody_is_back(office: Office) -> Iterator[None]:
    """No substitution outlives its test, nor reaches back into one before."""
    office.advance(timedelta(hours=2))
    yield
    for entry in office.ask("POST", "/v2/substitutions/search", {"filter": {"active": True}}, "admin")["items"]:
        office.ask("POST", f"/v2/substitutions/{entry['substitutionKey']}/end", None, "admin")


def choose(page: Page, label: str, name: str) -> None:
    """Type a part of a name and take who is offered."""
    page.get_by_role("searchbox", name=label).or_(page.get_by_role("textbox", name=label)).fill(name)
    page.get_by_role("option", name=name).first.click()
    expect(page.get_by_role("option", name=name)).to_have_count(0)


def type_week(page: Page, office: Office) -> None:
    """From an hour ago, for a week."""
    now = office.now()
    type_moment(page, page.locator("#absent-from"), moment(now - timedelta(hours=1)))
    type_moment(page, page.locator("#absent-until"), moment(now + timedelta(days=7)))


def absence(office: Office, absent: str = STAFF, substitute: str = OTHER) -> None:
    now = office.now()
    dates = {"startDate": moment(now - timedelta(hours=1)), "endDate": moment(now + timedelta(days=7))}
    office.ask("POST", "/v2/substitutions", {"absent": absent, "substitute": substitute, **dates}, "admin")


def act_for(page: Page, name: str) -> None:
    page.get_by_role("banner").get_by_role("button", name="ปฏิบัติราชการแทน").click()
    page.get_by_role("menuitem", name=name).click()
    expect(page.get_by_role("complementary", name=f"กำลังปฏิบัติราชการแทน {name}")).to_be_visible()


def complete(page: Page, office: Office, case: Case, element: str) -> None:
    """From the inbox of the group: claim the task, fill it in and send it."""
    task = case.task(element)
    find(page, case)
    page.locator(f'tr[data-key="{task}"] a').click()
    page.get_by_role("button", name=TH["claim"]).click()
    expect(page.get_by_role("button", name=TH["complete"])).to_be_visible()
    fill(page, schema_of(case, task), data_of(element, office.now()))
    page.get_by_role("button", name=TH["complete"]).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("งานของฉัน")


def test_the_head_enters_it_for_a_member_and_ends_it(office: Office, enter: Enter, watch: Watch) -> None:
    """On a telephone. Who is acting when it ends works in the own name from then on."""
    head = enter(HEAD, "/substitutes", phone=True)
    choose(head, "ผู้ที่ไม่อยู่", ABSENT_NAME)
    choose(head, "ผู้ปฏิบัติราชการแทน", OTHER_NAME)
    type_week(head, office)
    head.get_by_label("ขอบเขต").select_option(label="งานของกลุ่มเดียว")
    head.get_by_label("กลุ่ม", exact=True).select_option(index=1)
    head.get_by_role("button", name="บันทึก").click()
    entry = head.locator(".interventions > li").filter(has_text=ABSENT_NAME)
    expect(entry).to_contain_text("งานของกลุ่มเดียว")
    shoot(head, "513-head-entered")

    page = enter(OTHER)
    act_for(page, ABSENT_NAME)
    watch.refusals.add(403)
    entry.get_by_role("button", name=re.compile("^สิ้นสุดก่อนกำหนด")).click()
    expect(entry).to_have_count(0)
    page.get_by_role("navigation", name="มุมมองรายการงาน").get_by_role("link", name="งานของกลุ่ม").click()
    expect(page.get_by_role("complementary", name=re.compile("^กำลังปฏิบัติราชการแทน"))).to_have_count(0)
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("งานของฉัน")
    expect(page.get_by_role("banner").get_by_role("button", name="ปฏิบัติราชการแทน")).to_have_count(0)


def test_it_is_remembered_on_reload_and_forgotten_on_leaving(office: Office, enter: Enter, watch: Watch) -> None:
    absence(office)
    page = enter(OTHER)
    act_for(page, ABSENT_NAME)
    page.reload()
    expect(page.get_by_role("complementary", name=re.compile("^กำลังปฏิบัติราชการแทน"))).to_be_visible()
    page.goto("/substitutes")
    expect(page.get_by_text("รายการเหล่านี้เป็นของบัญชีคุณเอง")).to_be_visible()
    page.get_by_role("button", name=re.compile("^บัญชีผู้ใช้")).click()
    watch.refusals.add(401)
    page.get_by_role("menuitem", name="ออกจากระบบ").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("เข้าสู่ระบบ")
    assert page.evaluate("sessionStorage.length") == 0
