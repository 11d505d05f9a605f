"""The 72 hours pass: what people then see, what is demanded of them, and what stays on record."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.web.conftest import Enter, Watch, shoot
from tests.web.filling import fill
from tests.web.office import STAFF, Office, data_of
from tests.web.walking import TH, find, row, schema_of

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
    expect(panel.get_by_text("แจ้งเตือน")).to_have_count(4)  # after 24, 48, 60 and 72 hours
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
    office.advance(timedelta(hours=10))
    page.reload()
    expect(row(page, case).first).to_contain_text("เหลือ ๒ วัน ๑๓ ชม.")


def test_who_is_away_too_long_signs_in_again_and_is_where_he_was(office: Office, enter: Enter, watch: Watch) -> None:
    """The session ends after twelve hours; the next request leads to the sign-in page, which leads back."""
    case = office.case()
    page = enter(STAFF, f"/cases/{case.key}")
    expect(page.get_by_role("heading", level=1)).to_contain_text(case.number)
    office.advance(timedelta(hours=13))
    watch.refusals.add(401)
    page.get_by_role("link", name="งานของฉัน").click()
    expect(page.get_by_text("หมดเวลาใช้งาน")).to_be_visible()
    shoot(page, "310-session-ended")
    page.get_by_label(TH["username"]).fill(STAFF)
    page.get_by_label(TH["password"]).fill("demo-password")
    page.get_by_role("button", name=TH["in"]).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("งานของฉัน")
