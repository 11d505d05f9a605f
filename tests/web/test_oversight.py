"""Those who answer for a process: auditors who read everything and change nothing."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.web.conftest import Enter, shoot
from tests.web.office import Office
from tests.web.walking import TH

pytestmark = pytest.mark.browser


def test_an_auditor_reads_everything_and_changes_nothing(office: Office, enter: Enter) -> None:
    """Path, history, data at a moment, control points, deadlines, and that nobody altered any of it."""
    case = office.case("Task_NotifyOffice")
    page = enter("auditor", "/cases")
    page.get_by_role("searchbox", name="ค้นหาเรื่อง").or_(page.get_by_label("ค้นหาเรื่อง")).first.fill(case.number)
    page.keyboard.press("Enter")
    page.get_by_role("link", name=case.number).click()
    expect(page.get_by_text("ประวัติครบถ้วน ไม่ถูกแก้ไข")).to_be_visible()

    diagram = page.locator(".djs-container")
    expect(diagram.locator('[data-element-id="Task_NotifyOffice"].krabuan-active')).to_be_attached()
    expect(diagram.locator(".djs-connection.krabuan-taken").first).to_be_attached()
    shoot(page, "510-auditor-case")

    timeline = page.locator(".timeline > li")
    expect(timeline.first).to_contain_text("เริ่มเรื่อง")
    shown = timeline.count()
    page.get_by_text("แสดงเหตุการณ์ภายในระบบด้วย").click()
    expect(timeline.nth(shown)).to_be_visible()
    table = page.get_by_role("table")
    timeline.filter(has_text="เริ่มนับกำหนดเวลา").get_by_role("button", name="ดูข้อมูล ณ เวลานี้").click()
    expect(table).to_contain_text("aware_at")
    expect(table).not_to_contain_text("risk_level")
    last = timeline.filter(has_text="ตัดสินตามตารางตัดสินใจ").last
    last.get_by_role("button", name="ดูข้อมูล ณ เวลานี้").click()
    expect(table).to_contain_text("risk_level")
    last.locator("summary").click()
    expect(last.locator("pre")).to_be_visible()
    shoot(page, "511-auditor-history")

    expect(page.get_by_role("link", name="แก้ไขข้อมูลตั้งต้น")).to_have_count(0)
    page.goto(f"/tasks/{case.task('Task_NotifyOffice')}")
    page.locator(".fjs-form-field").first.wait_for()
    for name in (TH["claim"], TH["complete"], "ยกเว้น", "ส่งความเห็น"):
        expect(page.get_by_role("button", name=re.compile(f"^{name}"))).to_have_count(0)
    expect(page.locator(".form-view").get_by_role("textbox").first).to_have_attribute("readonly", "")
    shoot(page, "512-auditor-task")


def test_a_history_that_was_altered_is_seen(office: Office, enter: Enter) -> None:
    """Somebody with access to the database changes what happened: the page of the case says from where on."""
    case = office.case()
    answer = {"valid": False, "events": 30, "head": "", "firstBadSequence": 7}
    page = enter("auditor")
    page.route("**/history/verification", lambda route: route.fulfill(json=answer))
    page.goto(f"/cases/{case.key}")
    expect(page.get_by_text("ประวัติถูกแก้ไขตั้งแต่เหตุการณ์ที่ ๗")).to_be_visible()
    shoot(page, "513-altered")
