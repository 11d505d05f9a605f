"""Working on a case together in the browser: who is mentioned is told, and what was written does nothing but be read."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.web.conftest import Enter, shoot
from tests.web.office import DPO, STAFF, Office
from tests.web.test_accessibility import axe, judge

pytestmark = pytest.mark.browser
__all__ = ["axe"]  # a fixture
TASK = "Task_NotifyOffice"
SCRIPT = "<img src=x onerror=\"document.title='ran'\"><script>document.title='ran'</script>"


def name_of(office: Office, account: str) -> str:
    filters = {"filter": {"username": account}}
    return str(office.ask("POST", "/v2/users/search", filters)["items"][0]["name"])


def test_somebody_is_mentioned_by_keys_alone_and_told(office: Office, enter: Enter, axe: str) -> None:
    case = office.case(TASK)
    key, name = case.claim(TASK, STAFF), name_of(office, DPO)
    page = enter(STAFF, f"/tasks/{key}")
    page.get_by_label("เพิ่มความเห็น").focus()
    page.keyboard.type(f"เรียน @{name[:6]}")
    expect(page.get_by_role("option")).not_to_have_count(0)
    expect(page.get_by_role("listbox")).to_be_in_viewport(ratio=1)
    shoot(page, "900-mention", full=False)
    assert judge(page, axe, "mention") == []
    while DPO not in (page.locator("[role=option][aria-selected=true]").text_content() or ""):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.type(f"ขอให้ตรวจ {SCRIPT}")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".comment-text .mention")).to_have_text(f"@{name}")
    expect(page.locator(".comment-text")).to_contain_text(SCRIPT)
    (comment,) = case.get("comments")
    assert comment["mentions"] == [DPO] and comment["userTaskKey"] == key
    assert page.title() != "ran" and page.locator(".comment-text img, .comment-text script").count() == 0

    told = enter(DPO, "/notifications", language="en", phone=True)
    expect(told.get_by_text("A comment mentions you").first).to_be_visible()
    shoot(told, "901-mentioned-phone", full=False)
    told.get_by_role("link", name="Open the task").first.click()
    expect(told.locator(".comment-text .mention")).to_have_text(f"@{name}")
    assert told.title() != "ran" and told.locator(".comment-text img").count() == 0
