"""The inbox in the browser: by its keys alone, many tasks while others work, news that move nothing."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import Enter, shoot
from tests.web.office import DPO, STAFF, Case, Office

pytestmark = pytest.mark.browser


def many(office: Office, name: str) -> list[Case]:
    """Two cases whose numbers begin alike; each begins with two tasks that nobody has."""
    return [office.case(number=f"{name} {n}/2569") for n in (1, 2)]


def assignees(cases: list[Case]) -> dict[str, Any]:
    """Who has each open task of the cases, by the task's key."""
    return {task["userTaskKey"]: task["assignee"] for case in cases for task in case.tasks()}


def opened(page: Page, name: str) -> list[str]:
    """The inbox, showing the tasks of the cases whose numbers begin so; returns their keys in the order shown."""
    page.goto(f"/?view=groups&q={quote(name)}")
    rows = page.locator("tr[data-key]")
    expect(rows).to_have_count(4)
    return [str(row.get_attribute("data-key")) for row in rows.all()]


def test_many_tasks_are_claimed_and_given_back_by_keys_alone(office: Office, enter: Enter) -> None:
    cases = many(office, "แป้น")
    page = enter(STAFF)
    shown = opened(page, "แป้น")
    keys = page.keyboard
    keys.press("Shift+Slash")
    expect(page.get_by_role("dialog", name="แป้นลัด")).to_be_visible()
    shoot(page, "620-inbox-keys", full=False)
    keys.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    for key in ("KeyJ", "KeyX", "KeyJ", "KeyJ", "KeyX"):
        keys.press(key)
    bar = page.get_by_role("region", name="งานที่เลือก")
    expect(bar).to_contain_text("เลือกไว้ ๒ งาน")
    shoot(page, "621-inbox-selected", full=False)
    reach(page, "รับงาน (๒)")
    keys.press("Enter")
    expect(page.get_by_text("สำเร็จทั้ง ๒ งาน")).to_be_visible()
    shoot(page, "622-inbox-claimed", full=False)
    assert assignees(cases) == dict(zip(shown, [STAFF, None, STAFF, None], strict=True))

    page.goto(f"/?view=mine&q={quote('แป้น')}")
    expect(page.locator("tr[data-key]")).to_have_count(2)
    for key in ("KeyJ", "KeyX"):
        keys.press(key)
    reach(page, "คืนงานให้กลุ่ม (๑)")
    keys.press("Enter")
    expect(page.get_by_text(re.compile("^คืนงาน “.*” แล้ว$"))).to_be_visible()
    assert list(assignees(cases).values()).count(STAFF) == 1


def reach(page: Page, name: str) -> None:
    """Go on with Tab to the button of this name."""
    button = page.get_by_role("button", name=name)
    for _ in range(30):
        if button.evaluate("button => button === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not come to {name}")


def test_many_are_claimed_on_a_telephone_while_others_work(office: Office, enter: Enter) -> None:
    cases = many(office, "Phone")
    page = enter(STAFF, language="en", phone=True)
    first, *others = opened(page, "Phone")
    page.get_by_role("checkbox", name="Select all that are shown").check()
    # while one looks, somebody else gets one of them
    office.ask("POST", f"/v2/user-tasks/{first}/assignment", {"assignee": DPO})
    expect(page.get_by_text("Selected: 3")).to_be_visible()  # what left the list is not selected any more
    expect(page.locator("tr[data-key]").first).to_contain_text("No longer in this list")
    shoot(page, "623-inbox-phone-selected", full=False)
    page.get_by_role("button", name="Claim (3)").click()
    expect(page.get_by_text("Done: all 3")).to_be_visible()
    shoot(page, "624-inbox-phone-claimed", full=False)
    assert assignees(cases) == {first: DPO, **dict.fromkeys(others, STAFF)}


def read(office: Office, key: str) -> bool:
    """Whether STAFF has read a task."""
    found: bool = office.ask("GET", f"/v2/user-tasks/{key}", account=STAFF)["read"]
    return found


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
    assert read(office, key) is False
    with page.expect_response(lambda answer: answer.url.endswith("/mark") and answer.status == 204):
        rows.first.get_by_role("link").click()
    assert read(office, key) is True
    page.go_back()
    expect(page.locator(f'tr[data-key="{key}"]')).not_to_have_class("unread")
    page.get_by_text("More filters").click()
    page.get_by_text("Not read yet", exact=True).click()
    expect(rows).to_have_count(3)
    shoot(page, "648-inbox-unread")
