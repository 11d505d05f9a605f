"""What a second person approves: a waiver from the task to the register; what the owner does to a case by hand."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.web.conftest import Enter, shoot
from tests.web.office import STAFF, Case, Office

pytestmark = pytest.mark.browser
WHY = "ระบบของสำนักงานฯ ขัดข้อง บันทึกเวลาย้อนหลัง"


def ask_for_waiver(page: Page, point: Locator, reason: str) -> None:
    """On the task's page: not without a reason."""
    point.get_by_role("button", name="ขอยกเว้น").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="ขอยกเว้น").click()
    expect(dialog).to_contain_text("โปรดระบุเหตุผล")
    dialog.get_by_label("เหตุผล").fill(reason)
    shoot(page, "500-ask-for-waiver", full=False)
    dialog.get_by_role("button", name="ขอยกเว้น").click()
    expect(dialog).to_have_count(0)


def request_of(page: Page, case: Case) -> Locator:
    """The request about a case in the list of those that wait."""
    return page.locator(".interventions > li").filter(has_text=case.number)


def test_a_waiver_is_asked_for_on_the_task_and_approved_in_the_inbox(office: Office, enter: Enter) -> None:
    """Who does the task asks; the owner finds it in the inbox and approves; both names are on record."""
    case = office.case("Task_NotifyOffice")
    task = case.claim("Task_NotifyOffice", STAFF)
    staff = enter(STAFF, f"/tasks/{task}")
    points = staff.locator(".control-points > li")
    expect(points).to_have_count(3)
    # what is drawn last moves what stands below it: a press that begins on a button would end beside it
    expect(staff.locator(".form-view textarea").last).to_be_visible()
    expect(staff.locator(".djs-element.krabuan-active")).to_have_count(1)
    ask_for_waiver(staff, points.nth(2), WHY)
    expect(points.nth(2)).to_contain_text("ขอยกเว้นแล้ว รออนุมัติ")
    expect(points.nth(2).get_by_role("button", name="ขอยกเว้น")).to_have_count(0)
    shoot(staff, "501-waiver-waits")

    owner = enter("owner", "/")
    owner.get_by_role("navigation", name="มุมมองรายการงาน").get_by_role("link", name=re.compile("^รออนุมัติ")).click()
    waiting = request_of(owner, case)
    expect(waiting).to_contain_text("งานจะส่งได้โดยไม่ต้องผ่านจุดควบคุม")
    expect(waiting).to_contain_text(WHY)
    shoot(owner, "502-to-approve")
    waiting.get_by_role("button", name=re.compile("^อนุมัติ")).click()
    owner.get_by_role("dialog").get_by_role("button", name="อนุมัติ").click()
    expect(waiting).to_have_count(0)
    expect(points.nth(2)).to_contain_text("ได้รับยกเว้น")  # without a reload
    expect(points.nth(2)).to_contain_text(WHY)
    shoot(staff, "503-waived")
    (waived,) = [p for p in case.get("control-points") if p["state"] == "WAIVED"]
    assert (waived["recordedBy"], waived["detail"]["requestedBy"]) == ("owner", STAFF)


def test_a_rejected_waiver_is_told_to_who_asked(office: Office, enter: Enter) -> None:
    case = office.case("Task_NotifyOffice")
    task = case.claim("Task_NotifyOffice", STAFF)
    point = case.get("control-points")[-1]["controlPointId"]
    body = {"kind": "waive", "key": task, "request": {"controlPointId": point, "reason": WHY}}
    office.ask("POST", "/v2/interventions", body, STAFF)
    owner = enter("owner", "/approvals", phone=True)
    request_of(owner, case).get_by_role("button", name=re.compile("^ไม่อนุมัติ")).click()
    owner.get_by_label("เหตุผล").fill("เอกสารมาถึงแล้ว")
    owner.get_by_role("dialog").get_by_role("button", name="ไม่อนุมัติ").click()
    expect(request_of(owner, case)).to_have_count(0)
    staff = enter(STAFF, "/notifications")
    told = staff.locator(".notification").first
    expect(told).to_contain_text("คำขอไม่ได้รับอนุมัติ: ยกเว้นจุดควบคุม")
    expect(told).to_contain_text("เอกสารมาถึงแล้ว")
    told.get_by_role("link", name="เปิดงาน").click()
    expect(staff.locator(".control-points > li").last.get_by_role("button", name="ขอยกเว้น")).to_be_visible()


def test_the_owner_sets_a_timer_anew_and_cancels_a_case(office: Office, enter: Enter) -> None:
    """On the page of the case, each with a reason that its history keeps; staff is offered neither."""
    case = office.case("Task_NotifyOffice")
    page = enter("owner", f"/cases/{case.key}")
    page.get_by_role("button", name=re.compile("^เปลี่ยนเวลา")).first.click()
    dialog = page.get_by_role("dialog")
    dialog.locator(".date-segment[data-type=hour]").press_sequentially("23")
    dialog.get_by_label("เหตุผล").fill("ประชุมเลื่อนออกไป")
    shoot(page, "504-due-time", full=False)
    dialog.get_by_role("button", name="เปลี่ยนเวลา", exact=True).click()
    expect(dialog).to_have_count(0)
    page.get_by_role("button", name="ยกเลิกเรื่อง").click()
    page.get_by_role("dialog").get_by_label("เหตุผล").fill("บันทึกซ้ำกับเรื่องก่อน")
    page.get_by_role("dialog").get_by_role("button", name="ยกเลิกเรื่อง").click()
    expect(page.locator(".case-head")).to_contain_text("ยกเลิก")
    assert case.state == "TERMINATED"
    told = {e["type"]: e["data"] for e in case.get("history?limit=1000")}
    assert told["instance-cancelled"]["reason"] == "บันทึกซ้ำกับเรื่องก่อน"
    changed = told["due-time-changed"]
    assert (changed["reason"], "T16:" in changed["dueAt"]) == ("ประชุมเลื่อนออกไป", True)  # 23 o'clock in Bangkok
    staff = enter(STAFF, f"/cases/{case.key}")
    staff.locator(".timeline > li").first.wait_for()
    expect(staff.get_by_role("heading", name="การจัดการเรื่อง")).to_have_count(0)
