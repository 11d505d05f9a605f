"""The inbox as one likes one's own: what is put off, what was not read, filters, saved views, news that move nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import Enter, shoot
from tests.web.office import STAFF, Office
from tests.web.serving import served
from tests.web.test_accessibility import axe, judge
from tests.web.test_inbox import many, opened

pytestmark = pytest.mark.browser
__all__ = ["axe"]  # a fixture
_DAYS = timedelta(days=8)
VIEWS = "/v2/authentication/me/inbox-views"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office of its own: what is put off comes back when another test moves the clock."""
    with served(tmp_path_factory.mktemp("inbox")) as opened:
        yield opened


def seen(office: Office, keys: list[str]) -> list[dict[str, Any]]:
    """The tasks as the person of these tests has them."""
    return [office.ask("GET", f"/v2/user-tasks/{key}", account=STAFF) for key in keys]


def view(page: Page, name: str) -> Any:
    return page.get_by_role("navigation", name=re.compile("มุมมองรายการงาน|Views of the task list")).get_by_role("link", name=name)


def test_what_cannot_be_done_yet_is_put_off_by_keys_and_taken_up_again(office: Office, enter: Enter, axe: str) -> None:
    many(office, "พัก")
    page = enter(STAFF)
    first, *others = opened(page, "พัก")
    expect(page.locator(f'tr[data-key="{first}"]')).to_have_class("unread")
    for key in ("KeyJ", "KeyS"):
        page.keyboard.press(key)
    dialog = page.get_by_role("dialog", name="พักไว้ (๑)")
    expect(dialog).to_be_focused()
    page.keyboard.press("Tab")
    expect(dialog.get_by_label("พักไว้ถึง")).to_be_focused()
    for key in ("ArrowDown", "ArrowDown"):
        page.keyboard.press(key)
    expect(dialog.get_by_label("พักไว้ถึง")).to_have_value("week")
    assert judge(page, axe, "inbox-snooze") == []
    shoot(page, "640-inbox-snooze", full=False)
    for key in ("Tab", "Enter"):
        page.keyboard.press(key)
    expect(page.get_by_text(re.compile("^พักงาน “.*” ไว้แล้ว$"))).to_be_visible()
    expect(page.locator(f'tr[data-key="{first}"]')).to_have_class("gone")
    shoot(page, "641-inbox-snoozed-row")
    assert [bool(task["snoozedUntil"]) for task in seen(office, [first, *others])] == [True, False, False, False]

    view(page, "พักไว้").click()
    row = page.locator("tr[data-key]")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("พักไว้ถึง")
    expect(view(page, "พักไว้")).to_contain_text("๑ งาน")
    shoot(page, "642-inbox-snoozed-list")
    row.get_by_role("button", name=re.compile("^เลิกพัก")).locator("visible=true").click()
    expect(page.get_by_text(re.compile("^เลิกพักงาน “.*” แล้ว$"))).to_be_visible()
    assert seen(office, [first])[0]["snoozedUntil"] is None
    page.goto(f"/?view=groups&q={quote('พัก')}")
    expect(row).to_have_count(4)


def test_many_are_put_off_on_a_telephone_and_come_back_by_themselves(office: Office, enter: Enter, axe: str) -> None:
    many(office, "Later")
    page = enter(STAFF, language="en", phone=True)
    keys = opened(page, "Later")
    shoot(page, "643-inbox-cards")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing is cut off"
    page.get_by_role("checkbox", name="Select all that are shown").check()
    page.get_by_role("button", name="Put off (4)").click()
    page.get_by_role("dialog").get_by_role("button", name="Put off").click()
    expect(page.get_by_text("Done: all 4")).to_be_visible()
    assert all(task["snoozedUntil"] for task in seen(office, keys))
    page.goto(f"/?view=groups&q={quote('Later')}")
    expect(page.get_by_text("No task matches the search")).to_be_visible()
    view(page, "Put off").click()
    expect(page.locator("tr[data-key]")).to_have_count(4)
    assert judge(page, axe, "inbox-cards") == []
    shoot(page, "644-inbox-put-off-cards")
    page.close()  # the session ends meanwhile
    office.advance(_DAYS)
    body = {"filter": {"view": "groups", "text": "Later"}}
    back = office.ask("POST", "/v2/user-tasks/search", body, STAFF)["items"]
    assert sorted(task["userTaskKey"] for task in back) == sorted(keys)


def test_a_view_of_ones_own_is_saved_opened_and_deleted(office: Office, enter: Enter, axe: str) -> None:
    many(office, "มุมมอง")
    office.case(number="อื่น 1/2569")
    page = enter(STAFF)
    page.goto("/?view=groups")
    page.get_by_text("ตัวกรองเพิ่มเติม").click()
    page.get_by_role("textbox", name="เลขที่เรื่อง").fill("มุมมอง*")
    page.get_by_role("button", name="ใช้ตัวกรอง เลขที่เรื่อง").click()
    rows = page.locator("tr[data-key]")
    expect(rows).to_have_count(4)
    page.get_by_role("button", name="การแสดงผล").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("จัดกลุ่มตาม").select_option("case")
    dialog.get_by_text("วันที่ได้รับ").click()
    shoot(page, "645-inbox-display", full=False)
    dialog.get_by_role("button", name="ใช้").click()
    expect(page.get_by_role("rowheader")).to_have_count(2)
    page.get_by_role("button", name="บันทึกเป็นมุมมองของฉัน").click()
    page.get_by_label("ชื่อมุมมอง").fill("เรื่องมุมมอง")
    page.get_by_role("button", name="บันทึก", exact=True).click()
    expect(view(page, "เรื่องมุมมอง")).to_have_attribute("aria-current", "page")
    assert judge(page, axe, "inbox-saved") == []
    shoot(page, "646-inbox-saved")
    [kept] = office.ask("GET", VIEWS, account=STAFF)["items"]
    assert (kept["filter"], kept["grouping"], kept["columns"]) == (
        {"businessId": "มุมมอง*"}, "case", ["process", "assignee", "due", "created"],
    )  # fmt: skip

    view(page, "งานของกลุ่ม").click()
    page.goto("/")
    view(page, "เรื่องมุมมอง").click()
    expect(rows).to_have_count(4)
    expect(page.get_by_role("rowheader")).to_have_count(2)
    page.get_by_role("button", name="ลบมุมมอง “เรื่องมุมมอง”").click()
    page.get_by_role("dialog").get_by_role("button", name="ลบ").click()
    expect(view(page, "เรื่องมุมมอง")).to_have_count(0)
    assert office.ask("GET", VIEWS, account=STAFF)["items"] == []


def test_news_are_announced_and_what_one_opens_is_read(office: Office, enter: Enter) -> None:
    office.case(number="News 1/2569")
    page = enter(STAFF, f"/?view=groups&q={quote('News')}", language="en")
    rows = page.locator("tr[data-key]")
    expect(rows).to_have_count(2)
    before = [row.get_attribute("data-key") for row in rows.all()]
    office.case(number="News 2/2569")
    show = page.get_by_role("button", name="Show new tasks")
    expect(page.get_by_text("New tasks: 2")).to_be_visible()
    assert [row.get_attribute("data-key") for row in rows.all()] == before
    shoot(page, "647-inbox-news")
    show.click()
    expect(rows).to_have_count(4)
    key = str(rows.first.get_attribute("data-key"))
    assert seen(office, [key])[0]["read"] is False
    with page.expect_response(lambda answer: answer.url.endswith("/mark") and answer.status == 204):
        rows.first.get_by_role("link").click()
    assert seen(office, [key])[0]["read"] is True
    page.go_back()
    expect(page.locator(f'tr[data-key="{key}"]')).not_to_have_class("unread")
    page.get_by_text("More filters").click()
    page.get_by_text("Not read yet", exact=True).click()
    expect(rows).to_have_count(3)
    shoot(page, "648-inbox-unread")
