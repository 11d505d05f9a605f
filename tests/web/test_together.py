"""The page of a task in the browser: what one types is not lost when the task is taken away; control points; on paper."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import RESULTS, Enter, shoot, wear
from tests.web.filling import fill
from tests.web.office import DPO, STAFF, Case, Office, data_of, present
from tests.web.test_accessibility import axe, judge, wider
from tests.web.walking import schema_of

pytestmark = pytest.mark.browser
__all__ = ["axe"]  # a fixture
TASK, TYPED = "Task_NotifyOffice", "แจ้งเบื้องต้นทางโทรศัพท์แล้ว"


def name_of(office: Office, account: str) -> str:
    filters = {"filter": {"username": account}}
    return str(office.ask("POST", "/v2/users/search", filters)["items"][0]["name"])


def test_another_takes_the_task_while_one_types(office: Office, enter: Enter, axe: str) -> None:
    key = office.case(TASK).claim(TASK, STAFF)
    page = enter(STAFF, f"/tasks/{key}")
    page.locator(".form-view textarea:not([disabled]):not([readonly])").last.fill(TYPED)
    expect(page.locator(".draft-status")).to_contain_text("บันทึกร่าง")
    office.ask("POST", f"/v2/user-tasks/{key}/assignment", {"assignee": DPO}, "owner")
    notice = page.get_by_role("alert").filter(has_text="แล้ว")
    expect(notice).to_contain_text(f"งานนี้เป็นของ {name_of(office, DPO)} แล้ว")
    expect(page.locator(".form-view textarea").last).to_have_value(TYPED)
    expect(page.get_by_role("button", name="ส่งงาน", exact=True)).to_have_count(0)
    assert judge(page, axe, "taken") == []
    shoot(page, "904-taken")
    page.reload()
    expect(page.get_by_role("region", name="สิ่งที่คุณกรอกไว้")).to_contain_text(TYPED)
    # given back and claimed again, the form goes on with what was typed
    office.ask("DELETE", f"/v2/user-tasks/{key}/assignee", account="owner")
    page.get_by_role("button", name="รับงานนี้").press("Enter")
    expect(page.locator(".form-view textarea:not([disabled]):not([readonly])").last).to_have_value(TYPED)
    assert office.ask("GET", f"/v2/user-tasks/{key}")["assignee"] == STAFF


def test_the_task_on_paper(office: Office, enter: Enter, tmp_path: Path) -> None:
    """From a dark screen, long texts whole, nothing of the page around it."""
    case = office.case(TASK)
    key = case.claim(TASK, STAFF)
    page = enter(STAFF, f"/tasks/{key}")
    wear(page, "dark")
    page.reload()
    long = "\n".join(f"บรรทัดที่ {number} ของสาระที่แจ้ง" for number in range(1, 16))
    page.locator(".form-view textarea:not([disabled]):not([readonly])").last.fill(long)
    expect(page.locator(".draft-status")).to_contain_text("บันทึกร่าง")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 672, "height": 960})  # what A4 leaves between its margins
    for hidden in ("header", ".comments", ".draft-status"):
        expect(page.locator(hidden).first).to_be_hidden()
    assert page.get_by_role("button").count() == 0
    expect(page.locator(".print-head")).to_contain_text(case.number)
    area = page.locator(".form-view textarea").last
    assert area.evaluate("area => area.scrollHeight - area.clientHeight") <= 1
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") in (
        "rgb(255, 255, 255)",
        "rgba(0, 0, 0, 0)",
    )
    shoot(page, "910-on-paper")
    page.pdf(path=tmp_path / "task.pdf", prefer_css_page_size=True)
    shutil.copy(tmp_path / "task.pdf", RESULTS / "910-on-paper.pdf")
    assert office.ask("GET", f"/v2/user-tasks/{key}/draft", account=STAFF)["variables"]["notice_content"] == long


def test_what_is_missing_is_counted_as_one_types(office: Office, enter: Enter) -> None:
    """On a telephone."""
    case = office.case(TASK)
    key = case.claim(TASK, STAFF)
    page = enter(STAFF, f"/tasks/{key}", phone=True)
    mandatory = [p for p in office.ask("GET", f"/v2/user-tasks/{key}/control-points")["items"] if p["mandatory"]]
    count = page.get_by_text("จุดควบคุมที่ต้องผ่าน:")
    data = present(data_of(TASK, office.now()), office.now())
    expect(count).to_be_visible()
    before = count.inner_text()
    fill(page, schema_of(case, key), data)
    holds = office.ask("POST", f"/v2/user-tasks/{key}/control-points/judgement", {"variables": data}, STAFF)["items"]
    assert all(one["satisfied"] for one in holds) and {p["controlPointId"] for p in mandatory} <= {
        one["controlPointId"] for one in holds
    }
    all_of_them = str(len(mandatory)).translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
    expect(count).to_have_text(f"จุดควบคุมที่ต้องผ่าน: ครบ {all_of_them} จาก {all_of_them}")
    assert before != count.inner_text() and wider(page, "control points") == []
    shoot(page, "911-control-points-phone")
    page.get_by_role("button", name="ส่งงาน", exact=True).press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("งานของฉัน")
    assert office.ask("GET", f"/v2/user-tasks/{key}")["state"] == "COMPLETED"
