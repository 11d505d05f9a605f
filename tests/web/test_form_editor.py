"""The form editor in a real browser: fields are added and changed, the form is tried, and the server keeps what was made."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.web.conftest import Enter, Watch, shoot
from tests.web.office import Office
from tests.web.test_accessibility import axe, judge
from tests.web.test_workbench import TASK, choose, draft_of, get

__all__ = ["axe"]
pytestmark = pytest.mark.browser


def form_of(office: Office, key: str, path: str) -> dict[str, Any]:
    """A form of the draft as the server keeps it."""
    answer = office.as_("owner").get(f"/v2/model-drafts/{key}/files/content", params={"path": path})
    found: dict[str, Any] = json.loads(json.loads(answer.text)["content"])
    return found


def test_an_owner_opens_the_form_of_a_task_adds_a_field_and_tries_it(
    office: Office, enter: Enter, watch: Watch, axe: str
) -> None:
    key = draft_of(office, "แบบฟอร์มที่แก้ไข")
    page = enter("owner", f"/workbench/drafts/{key}")
    expect(page.locator(".djs-shape").first).to_be_visible()
    choose(page, TASK)
    page.get_by_role("link", name="เปิดแบบฟอร์มนี้").press("Enter")
    expect(page.locator(".fjs-form-field").first).to_be_visible()
    path = parse_qs(urlsplit(page.url).query)["file"][0]
    before = form_of(office, key, path)
    page.get_by_role("button", name="เพิ่มช่อง").focus()
    page.keyboard.press("Enter")
    page.get_by_role("menuitem", name="ตัวเลข").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("menu")).to_have_count(0)
    panel = page.get_by_role("region", name="ตัวเลข")
    for label, text in (("ชื่อช่อง (ไทย)", "จำนวนผู้เสียหาย"), ("ชื่อข้อมูล", "victims"), ("ค่าต่ำสุด", "๕")):
        panel.get_by_label(label, exact=True).fill(text)
        page.keyboard.press("Tab")
    panel.get_by_text("ต้องกรอก", exact=True).click()
    expect(page.locator(".draft-saving")).to_have_text("บันทึกแล้ว")
    pane = page.get_by_role("region", name="ทดลองแบบฟอร์ม")
    pane.get_by_label(re.compile("^จำนวนผู้เสียหาย")).fill("3")
    found = judge(page, axe, "form editor")
    pane.get_by_role("button", name="ทดลองส่ง").click()
    expect(pane.get_by_text("ยังส่งไม่ได้ โปรดดูที่ช่อง")).to_be_visible()
    expect(pane.get_by_text("victims ต้องไม่น้อยกว่า 5")).to_be_visible()
    shoot(page, "form-editor-th-desk", full=False)
    found += judge(page, axe, "tried")
    after = form_of(office, key, path)
    added = after["components"][-1]
    assert (added["key"], added["label"], added["validate"]) == (
        "victims",
        "จำนวนผู้เสียหาย",
        {"min": 5, "required": True},
    )
    assert after["components"][:-1] == before["components"]
    assert found == []


def test_on_a_telephone_a_field_is_moved_and_that_is_taken_back(
    office: Office, enter: Enter, watch: Watch, axe: str
) -> None:
    key = draft_of(office, "A form to be put in order")
    path = next(file["path"] for file in get(office, key)["files"] if file["kind"] == "FORM")
    before = form_of(office, key, path)
    page = enter("owner", f"/workbench/drafts/{key}?file={path}", language="en", phone=True)
    tree = page.get_by_role("treegrid", name="Fields of the form")
    tree.get_by_role("row").first.click()
    page.get_by_role("button", name="Down", exact=True).click()
    expect(page.locator(".draft-saving")).to_have_text("Saved")
    moved = [each["id"] for each in form_of(office, key, path)["components"]]
    assert moved[:2] == [before["components"][1]["id"], before["components"][0]["id"]]
    found = judge(page, axe, "form editor on a telephone")
    shoot(page, "form-editor-en-phone")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".draft-saving")).to_have_text("Saved")
    assert form_of(office, key, path) == before
    assert found == []
