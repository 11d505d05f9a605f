"""The page of reports: the owner reads how well standard times were kept and takes it out; others see their own."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import Enter, Watch, shoot
from tests.web.office import PROCESS, STAFF, Office, data_of
from tests.web.test_accessibility import axe, judge, wider

pytestmark = pytest.mark.browser
__all__ = ["axe"]  # a fixture
THIS_YEAR = {"kind": "FISCAL_YEAR", "from": "2026-04-10"}
TO_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


@pytest.fixture(scope="module")
def worked(office: Office) -> Office:
    """Three cases went part of their way, one of them slowly; tasks of a fourth are overdue."""
    office.case("Task_NotifyOffice")
    office.case("Task_AssessRisk")
    case = office.case()
    office.advance(timedelta(days=4))
    case.complete("Task_ReceiveReport", STAFF, data_of("Task_ReceiveReport", office.now()))
    office.advance(timedelta(hours=5))
    office.case()
    office.advance(timedelta(days=3))
    return office


def told(office: Office, account: str = "owner", **more: Any) -> dict[str, Any]:
    body = {"processDefinitionId": PROCESS, "period": THIS_YEAR, **more}
    found: dict[str, Any] = office.ask("POST", "/v2/reports/standard-time", body, account)
    return found


def chosen(page: Page) -> None:
    """The report of the breach process is drawn."""
    page.locator(".report-choice select").first.select_option(PROCESS)
    expect(page.locator(".report-text")).to_be_visible()


def test_the_owner_reads_words_charts_and_tables(worked: Office, enter: Enter, axe: str) -> None:
    page = enter("owner", "/reports")
    expect(page.get_by_role("heading", level=1)).to_have_text("รายงานเวลามาตรฐาน")
    chosen(page)
    report = told(worked)
    expect(page.locator(".report-text")).to_have_text(report["text"]["th"])
    share = f"{report['steps']['sharePercent']:.1f}%".translate(TO_THAI)
    expect(page.locator(".report-big").first).to_have_text(share)
    steps = page.get_by_role("region", name="แยกตามขั้นตอน")
    expect(steps.locator("tbody tr")).to_have_count(len(report["bySteps"]))
    expect(steps.locator(".bar-row")).to_have_count(len(report["bySteps"]))
    expect(page.get_by_role("region", name="แยกตามบุคคล")).to_contain_text(report["byPersons"][0]["displayName"])
    shoot(page, "700-report-owner")
    assert judge(page, axe, "report") == []
    page.get_by_label("ช่วงเวลา").select_option("MONTH")
    expect(page.locator(".report-text")).to_contain_text("ในเดือน")
    page.get_by_label("ช่วงเวลา").select_option("RANGE")
    expect(page.get_by_role("button", name="เปิดปฏิทิน")).to_have_count(2)
    expect(page.locator(".report-text")).to_contain_text("ในช่วงวันที่")
    shoot(page, "701-report-range", full=False)


def test_the_report_is_taken_out_as_it_is_shown(worked: Office, enter: Enter) -> None:
    page = enter("owner", f"/reports?process={PROCESS}&kind=FISCAL_YEAR&from=2026-04-10")
    expect(page.locator(".report-text")).to_be_visible()
    with page.expect_download() as taken:
        page.get_by_role("button", name="ดาวน์โหลด CSV").click()
    rows = list(csv.reader(io.StringIO(Path(taken.value.path()).read_text(encoding="utf-8-sig"))))
    assert rows[1][:5] == ["รวม", "", "ขั้นตอน", *(str(told(worked)["steps"][n]) for n in ("counted", "kept"))]
    with page.expect_download() as taken:
        page.get_by_role("button", name="ดาวน์โหลด Excel").click()
    assert taken.value.suggested_filename == f"{PROCESS}-2026-04-10.xlsx"
    assert Path(taken.value.path()).read_bytes()[:2] == b"PK"


def test_staff_see_what_they_did_on_a_telephone_in_english(worked: Office, enter: Enter, axe: str) -> None:
    page = enter(STAFF, "/reports", language="en", phone=True)
    chosen(page)
    report = told(worked, STAFF)
    assert report["scope"] == "OWN"
    expect(page.locator(".report-text")).to_have_text(report["text"]["en"])
    expect(page.get_by_text("Tasks in time")).to_be_visible()
    expect(page.get_by_role("region", name="By person")).to_have_count(0)
    shoot(page, "702-report-own-english-phone")
    assert judge(page, axe, "report") + wider(page, "report") == []


def test_days_in_the_wrong_order_are_refused(worked: Office, enter: Enter, watch: Watch) -> None:
    watch.refusals.add(400)
    page = enter("owner", f"/reports?process={PROCESS}&kind=RANGE&from=2026-04-10&to=2026-04-01")
    expect(page.get_by_role("alert")).to_contain_text("ทำรายงานของช่วงเวลานี้ไม่ได้")
    shoot(page, "703-report-refused", full=False)


def test_the_period_is_chosen_by_keyboard(worked: Office, enter: Enter) -> None:
    page = enter("owner", f"/reports?process={PROCESS}")
    expect(page.locator(".report-text")).to_be_visible()
    page.get_by_label("ช่วงเวลา").focus()
    page.keyboard.press("ArrowDown")  # quarter
    expect(page.locator(".report-text")).to_contain_text("ในไตรมาสที่ ๓ ปีงบประมาณ พ.ศ. ๒๕๖๙")
    page.keyboard.press("Tab")
    expect(page.get_by_label("ไตรมาสที่")).to_be_focused()


def test_a_case_tells_of_each_step_whether_it_was_kept(worked: Office, enter: Enter, axe: str) -> None:
    body = {"filter": {"processDefinitionId": PROCESS, "elementId": "Task_ReceiveReport", "state": "COMPLETED"}}
    done = worked.ask("POST", "/v2/user-tasks/search", body)["items"]
    late = next(task for task in done if task["completionDate"] > task["standardDueDate"])
    page = enter("owner", f"/cases/{late['processInstanceKey']}")
    page.get_by_role("tab", name="เวลามาตรฐาน").click()
    steps = page.get_by_role("table", name="เวลามาตรฐาน")
    expect(steps.get_by_role("row").nth(1)).to_contain_text("เกินเวลามาตรฐาน")
    page.locator(".tabs-list").scroll_into_view_if_needed()
    shoot(page, "704-case-standard-times")
    assert judge(page, axe, "standard times") == []
    page.goto(f"/tasks/{late['userTaskKey']}")
    expect(page.locator(".facts")).to_contain_text("เกินเวลามาตรฐาน")
