"""One's calendar in a real browser: its address is made, read by a program, replaced, revoked."""

from __future__ import annotations

import httpx
import pytest
from icalendar import Calendar
from playwright.sync_api import expect

from tests.web.conftest import Enter, Watch, shoot
from tests.web.office import STAFF, Office
from tests.web.test_accessibility import axe, judge

__all__ = ["axe"]
pytestmark = pytest.mark.browser


def test_a_calendar_is_made_copied_read_and_revoked(office: Office, enter: Enter, watch: Watch, axe: str) -> None:
    case = office.case("Task_ReceiveReport")
    page = enter(STAFF, "/account")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    feed = page.get_by_role("region", name="ปฏิทินของฉัน")
    feed.get_by_role("button", name="สร้างที่อยู่ปฏิทิน").click()
    address = feed.locator("code").inner_text()
    feed.get_by_role("button", name="คัดลอก").click()
    expect(page.get_by_text("คัดลอกแล้ว")).to_be_attached()
    assert page.evaluate("navigator.clipboard.readText()") == address
    found = judge(page, axe, "calendar address")
    shoot(page, "710-calendar-address")
    read = Calendar.from_ical(httpx.get(address).content)
    mine = [event for event in read.events if case.number in event["DESCRIPTION"]]
    assert any(event["SUMMARY"].startswith("กำหนดตามกฎหมาย") for event in mine)
    assert str(mine[0]["URL"]).startswith(office.base)

    page.reload()
    expect(feed.get_by_text("ใช้อยู่")).to_be_visible()
    expect(page.locator("main")).not_to_contain_text(address)
    feed.get_by_text("กำหนดเวลาตามกฎหมาย").click()
    expect(page.get_by_text("บันทึกแล้ว")).to_be_attached()
    texts = [str(event["SUMMARY"]) for event in Calendar.from_ical(httpx.get(address).content).events]
    assert not any(text.startswith("กำหนดตามกฎหมาย") for text in texts)
    feed.get_by_role("button", name="สร้างที่อยู่ใหม่").click()
    expect(feed.locator("code")).not_to_have_text(address)
    assert httpx.get(address).status_code == 404
    again = feed.locator("code").inner_text()
    feed.get_by_role("button", name="เลิกใช้").click()
    expect(feed.get_by_role("button", name="สร้างที่อยู่ปฏิทิน")).to_be_visible()
    assert httpx.get(again).status_code == 404
    assert found == []


def test_what_another_window_revoked_is_told(office: Office, enter: Enter, watch: Watch, axe: str) -> None:
    office.ask("POST", "/v2/authentication/me/calendar-feed", {}, STAFF)
    page = enter(STAFF, "/account", language="en", phone=True)
    feed = page.get_by_role("region", name="My calendar")
    expect(feed.get_by_text("In use")).to_be_visible()
    found = judge(page, axe, "calendar, English, telephone")
    feed.scroll_into_view_if_needed()
    shoot(page, "711-calendar-telephone")
    office.ask("DELETE", "/v2/authentication/me/calendar-feed", account=STAFF)
    watch.refusals.add(404)
    feed.get_by_role("button", name="Stop using it").click()
    expect(page.get_by_text("There is no such thing")).to_be_attached()
    assert found == []
