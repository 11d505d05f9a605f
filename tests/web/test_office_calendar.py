"""The office's calendar in a real browser: read by everybody, changed by an administrator, followed while it moves dates."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.web.conftest import Enter, Watch, shoot
from tests.web.filling import type_moment
from tests.web.office import STAFF, Office
from tests.web.test_accessibility import axe, judge

__all__ = ["axe"]
pytestmark = pytest.mark.browser
ORDER = "มติคณะรัฐมนตรี วันที่ ๘ เมษายน ๒๕๖๙"


def day(page: Page, number: str) -> Locator:
    """The cell of a day in the month that is shown."""
    return page.locator("td.day").filter(has=page.locator(f'.day-number:text-is("{number}")'))


def say_why(dialog: Locator) -> None:
    dialog.get_by_label("ที่มา").fill(ORDER)
    dialog.get_by_label("เหตุผล").fill("ประกาศเพิ่มเติม")


def test_everybody_reads_it_in_both_languages(enter: Enter, axe: str) -> None:
    page = enter(STAFF, "/")
    page.get_by_role("button", name="บัญชีผู้ใช้").click()
    page.get_by_role("menuitem", name="ปฏิทินทำการ").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("ปฏิทินทำการ")
    expect(day(page, "๑๓")).to_contain_text("หยุด")  # Songkran: the clock stands in April 2569
    found = judge(page, axe, "calendar")
    shoot(page, "720-calendar")
    expect(page.get_by_role("button", name="เพิ่มวันในปฏิทิน")).to_have_count(0)
    page.get_by_role("button", name="ดูทั้งปี").click()
    expect(page.get_by_role("table")).to_have_count(12)
    found += judge(page, axe, "calendar, year")
    shoot(page, "721-calendar-year")
    phone = enter(STAFF, "/office-calendar", language="en", phone=True)
    expect(day(phone, "13")).to_contain_text("Closed")
    found += judge(phone, axe, "calendar, telephone")
    shoot(phone, "722-calendar-telephone")
    assert found == []


def test_days_are_entered_refused_and_withdrawn_and_the_page_follows(
    office: Office, enter: Enter, watch: Watch, axe: str
) -> None:
    page = enter("admin", "/office-calendar?month=2027-02")
    page.get_by_role("button", name="เพิ่มวันในปฏิทิน").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("เป็นวัน").select_option(label="ทำการบางเวลา")
    type_moment(page, dialog.get_by_role("group", name="วันแรก"), "2027-02-02")
    type_moment(page, dialog.get_by_role("group", name="ถึงวันที่"), "2027-02-03")
    dialog.get_by_label("ชื่อวัน", exact=True).fill("ปิดอาคารช่วงบ่าย")
    say_why(dialog)
    found = judge(page, axe, "new days")
    shoot(page, "723-calendar-new", full=False)
    dialog.get_by_role("button", name="บันทึก").click()
    for number in ("๒", "๓"):
        expect(day(page, number)).to_contain_text("ปิดอาคารช่วงบ่าย")
    changes = page.get_by_role("region", name="การแก้ไขล่าสุด")
    expect(changes.get_by_text("ตรวจครบ").first).to_be_visible()  # without a reload

    watch.refusals.add(409)
    page.get_by_role("button", name="เพิ่มวันในปฏิทิน").click()
    type_moment(page, dialog.get_by_role("group", name="วันแรก"), "2027-02-03")
    dialog.get_by_label("ชื่อวัน", exact=True).fill("อีกรายการ")
    say_why(dialog)
    dialog.get_by_role("button", name="บันทึก").click()
    expect(dialog.get_by_role("alert")).to_contain_text("ปฏิทินมีรายการสำหรับช่วงเวลานี้อยู่แล้ว")
    dialog.get_by_role("button", name="ยกเลิก").click()

    page.get_by_role("button", name="ถอนรายการ: วันอังคารที่ ๒").click()
    say_why(dialog)
    dialog.get_by_role("button", name="ถอนรายการ").click()
    expect(day(page, "๒")).not_to_contain_text("ปิดอาคารช่วงบ่าย")
    expect(changes.get_by_text("ถอนวัน").first).to_be_visible()
    shoot(page, "724-calendar-changed")
    assert found == []


def test_the_hours_of_a_unit_are_set_from_a_day_on(enter: Enter, axe: str) -> None:
    page = enter("admin", "/office-calendar?month=2027-03", language="en")
    page.get_by_label("Calendar of").select_option(index=1)
    expect(page.get_by_text("As those of the organisation")).to_be_visible()
    page.get_by_role("button", name="Set office hours").click()
    dialog = page.get_by_role("dialog")
    type_moment(page, dialog.get_by_role("group", name="They hold from"), "2027-03-01", "en")
    dialog.get_by_role("button", name="Remove: Friday 13:00").click()
    dialog.get_by_label("Source").fill("Order 7/2570")
    dialog.get_by_label("Reason").fill("the unit counts on Friday afternoons")
    found = judge(page, axe, "hours")
    shoot(page, "725-calendar-hours", full=False)
    dialog.get_by_role("button", name="Save").click()
    hours = page.get_by_role("region", name="Office hours")
    expect(hours.get_by_text("from 1 Mar 2027 on")).to_be_visible()
    found += judge(page, axe, "hours of a unit")
    shoot(page, "726-calendar-unit")
    hours.get_by_role("button", name="Withdraw").click()
    dialog.get_by_label("Source").fill("Order 8/2570")
    dialog.get_by_label("Reason").fill("the counting has ended")
    dialog.get_by_role("button", name="Withdraw").click()
    expect(page.get_by_text("As those of the organisation")).to_be_visible()
    assert found == []
