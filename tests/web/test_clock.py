"""The 72 hours pass: what people then see, what is demanded of them, and what stays on record."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, Request, Route, expect

from tests.web.conftest import Enter, Watch, shoot
from tests.web.filling import fill
from tests.web.office import DPO, STAFF, Office, data_of, moment
from tests.web.walking import TH, find, read_schema, row, schema_of, sign_in

pytestmark = pytest.mark.browser

LATE_REASONS = "ไม่อาจตรวจสอบจำนวนผู้ได้รับผลกระทบได้ในวันหยุดยาว"


def test_a_missed_statutory_deadline_is_seen_everywhere(office: Office, enter: Enter, watch: Watch) -> None:
    """Inbox, task page, case page and history show the miss; without reasons the notice does not go out, with them it does."""
    case = office.case("Task_NotifyOffice")
    office.advance(timedelta(hours=72, minutes=1))
    task = case.task("Task_NotifyOffice")
    page = enter(STAFF)

    find(page, case)
    expect(row(page, case).get_by_role("img", name="กำหนดตามกฎหมาย")).to_be_visible()
    expect(row(page, case)).to_contain_text("เกินกำหนด")
    shoot(page, "300-missed-inbox")
    find(page, case, view="overdue")
    expect(row(page, case)).to_have_count(1)

    page.goto(f"/cases/{case.key}")
    expect(page.get_by_text("เกินกำหนด").first).to_be_visible()
    shoot(page, "301-missed-case")
    expect(page.locator(".timeline")).to_contain_text("พ้นกำหนดเวลา")
    page.get_by_role("tab", name="กำหนดเวลา").click()
    panel = page.get_by_role("tabpanel")
    expect(panel).to_contain_text("พ้นกำหนด")
    expect(panel.get_by_text(re.compile("^แจ้งเตือน"))).to_have_count(4)  # after 24, 48, 60 and 72 hours
    shoot(page, "302-missed-deadlines")

    page.goto(f"/tasks/{task}")
    expect(page.get_by_text("พ้นกำหนดแล้ว")).to_be_visible()
    page.get_by_role("button", name=TH["claim"]).click()
    schema = schema_of(case, task)
    data = data_of("Task_NotifyOffice", office.now())
    fill(page, schema, data)
    shoot(page, "303-late-notice")
    watch.refusals.add(409)
    page.get_by_role("button", name=TH["complete"]).click()
    refusal = page.get_by_role("alert")
    expect(refusal).to_contain_text("จุดควบคุม")
    expect(refusal).to_contain_text("เจ็ดสิบสองชั่วโมง")
    shoot(page, "304-late-notice-refused")
    fill(page, schema, {"late_reasons": LATE_REASONS})
    page.get_by_role("button", name=TH["complete"]).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("งานของฉัน")

    points = {p["controlPointId"]: p["state"] for p in case.get("control-points")}
    assert points["cp-verify-breach-facts-1"] == "FAILED"
    (deadline,) = [d for d in case.get("deadlines") if d["deadlineId"] == "dl-notify"]
    assert (deadline["state"], deadline["lateReasons"]) == ("LATE", LATE_REASONS)
    page.goto(f"/cases/{case.key}")
    page.get_by_role("tab", name="จุดควบคุม").click()
    expect(page.get_by_role("tabpanel").get_by_text("ไม่ผ่าน")).to_have_count(1)
    page.get_by_role("tab", name="กำหนดเวลา").click()
    expect(page.get_by_role("tabpanel")).to_contain_text(LATE_REASONS)
    shoot(page, "305-late-notice-on-record")


def test_a_countdown_goes_by_the_clock_of_the_server(office: Office, enter: Enter) -> None:
    """The browser's machine may be years off; half a day on, half a day less is left."""
    case = office.case()
    page = enter(STAFF)
    find(page, case)
    expect(row(page, case).first).to_contain_text("เหลือ ๒ วัน ๒๓ ชม.")
    page.close()  # nobody works in its session meanwhile, so it ends
    office.advance(timedelta(hours=10))
    page = enter(STAFF)
    find(page, case)
    expect(row(page, case).first).to_contain_text("เหลือ ๒ วัน ๑๓ ชม.")


def test_those_whom_a_deadline_concerns_are_told(office: Office, enter: Enter) -> None:
    """After 60 hours the DPO finds a warning, which leads to the case; once read it counts no more."""
    case = office.case("Task_NotifyOffice")
    office.advance(timedelta(hours=60, minutes=1))
    page = enter(DPO, "/notifications")
    warning = page.get_by_role("listitem").filter(has_text=case.number)
    expect(warning).to_have_count(1)
    expect(warning).to_contain_text("๖๐")
    shoot(page, "320-notifications")
    warning.get_by_role("button", name="อ่านแล้ว").click()
    expect(warning.get_by_text("ยังไม่ได้อ่าน")).to_have_count(0)
    warning.get_by_role("link", name=case.number).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(case.number)
    expect(page.get_by_role("timer")).to_contain_text("เหลือเวลา ๐ วัน ๑๑ ชั่วโมง")


def test_a_corrected_moment_of_awareness_moves_the_deadline(office: Office, enter: Enter) -> None:
    """Known ten hours earlier than entered: ten hours less are left, and the history says who corrected it."""
    case = office.case()
    page = enter(STAFF, f"/cases/{case.key}")
    expect(page.get_by_role("timer")).to_contain_text("๒ วัน ๒๓ ชั่วโมง")
    page.get_by_role("link", name="แก้ไขข้อมูลตั้งต้น").click()
    page.locator(".fjs-form-field textarea").first.wait_for()
    form = office.ask("GET", f"/v2/process-definitions/{case.definition}/form")
    fill(page, read_schema(form), {"aware_at": moment(office.now() - timedelta(hours=10))})
    shoot(page, "321-correction")
    page.get_by_role("button", name="บันทึกการแก้ไข").click()
    expect(page.get_by_role("timer")).to_contain_text(re.compile("๒ วัน ๑[๓๔] ชั่วโมง"))
    expect(page.locator(".timeline")).to_contain_text("แก้ไขข้อมูลตั้งต้น")
    expect(page.locator(".timeline")).to_contain_text("เลื่อนกำหนดเวลา")


def requests_of(page: Page) -> list[Request]:
    """The requests of a page from now on that are not answered yet, without the stream of events, which never ends."""
    under_way: list[Request] = []

    def ended(request: Request) -> None:
        if request in under_way:
            under_way.remove(request)

    def begun(request: Request) -> None:
        if request.resource_type != "eventsource":
            under_way.append(request)

    page.on("request", begun)
    page.on("requestfinished", ended)
    page.on("requestfailed", ended)
    return under_way


def test_who_is_away_too_long_signs_in_again_and_is_where_he_was(office: Office, enter: Enter, watch: Watch) -> None:
    """The session ends after twelve hours; the next request leads to the sign-in page, which leads back."""
    case = office.case()
    first = enter(STAFF, "/nothing-here")
    page = first.context.new_page()
    first.close()
    under_way = requests_of(page)
    page.goto(f"/cases/{case.key}")
    expect(page.get_by_role("heading", level=1)).to_contain_text(case.number)
    asked: list[Route] = []
    # what the page asks by itself must not be answered before the click, which is what is to be led back to
    page.route("**/v2/**", lambda route: asked.append(route) if holds else route.continue_())
    while under_way:  # what was asked before is answered before the session ends
        page.evaluate("new Promise(requestAnimationFrame)")
    holds = True
    watch.refusals.add(401)
    office.advance(timedelta(hours=13))
    page.get_by_role("link", name="งานของฉัน").click()
    expect(page).to_have_url(re.compile(r"//[^/]+/$"))
    holds = False
    for route in asked:
        route.continue_()
    expect(page.get_by_text("หมดเวลาใช้งาน")).to_be_visible()
    shoot(page, "310-session-ended")
    sign_in(page, STAFF)
    expect(page.get_by_role("heading", level=1)).to_have_text("งานของฉัน")
