"""Auditors search over all cases: fill in, narrow, take conditions away, take the list out, go to the case."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import Enter, shoot
from tests.web.office import PROCESS, STAFF, Office
from tests.web.test_accessibility import axe, judge, wider

pytestmark = pytest.mark.browser
__all__ = ["axe"]  # a fixture
NOTE = "เอกสารแนบท้ายยังขาดตราประทับ"


def rows(page: Page) -> list[str]:
    return page.locator(".task-table tbody tr").all_inner_texts()


def test_by_words_of_a_comment_and_the_list_taken_out(office: Office, enter: Enter, axe: str, tmp_path: Path) -> None:
    case, other = office.case("Task_NotifyOffice"), office.case()
    office.ask("POST", f"/v2/process-instances/{case.key}/comments", {"text": f"{case.number} {NOTE}"}, STAFF)
    page = enter("auditor", "/")
    page.get_by_role("button", name="เรื่องและการกำกับ").click()
    page.get_by_role("menuitem", name="ค้นหาเรื่อง", exact=True).click()
    expect(page.get_by_role("heading", name="ค้นหาเรื่อง")).to_be_visible()
    page.get_by_label("คำค้น").fill(f"{case.number} เอกสารแนบ")
    page.get_by_role("search").get_by_label("กระบวนงาน").select_option(PROCESS)
    page.keyboard.press("Tab")
    page.get_by_role("button", name="ค้นหา", exact=True).click()
    expect(page.get_by_text("พบ ๑ เรื่อง")).to_be_visible()
    assert case.number in rows(page)[0] and other.number not in rows(page)[0]
    assert judge(page, axe, "search") == []
    shoot(page, "800-search")
    with page.expect_download() as download:
        page.get_by_role("button", name="ดาวน์โหลดรายการ (CSV)").click()
    download.value.save_as(tmp_path / "cases.csv")
    with (tmp_path / "cases.csv").open(encoding="utf-8-sig", newline="") as file:
        (taken,) = csv.DictReader(file)
    assert (taken["เลขที่เรื่อง"], taken["รหัสเรื่อง"]) == (case.number, case.key)
    logged = office.ask("POST", "/v2/audit-logs/search", {"filter": {"actorId": "auditor"}}, "auditor")["items"]
    entry = [item for item in logged if item["entityDescription"] == "cases-exported"][-1]
    assert NOTE[:8] not in str(entry), "what was looked for may be about a person"
    page.get_by_role("link", name=case.number).click()
    expect(page).to_have_url(f"{office.base}/cases/{case.key}")


def test_by_person_and_data_on_a_phone_in_english_by_keyboard(office: Office, enter: Enter, axe: str) -> None:
    case = office.case("Task_NotifyOffice")
    number = case.number.replace(" ", "%20")
    page = enter("auditor", f"/search?number={number}", language="en", phone=True)
    expect(page.get_by_text("1 found")).to_be_visible()
    page.get_by_label("Person").fill(STAFF)
    page.get_by_role("option").filter(has_text=STAFF).first.click()
    page.get_by_label("Took part by").select_option(label="completing a task")
    page.get_by_label("Name of the data").fill("aware_at")
    page.get_by_label("Comparison").select_option(label="is at least")
    page.get_by_label("Value").fill("2020-01-01")
    page.keyboard.press("Enter")
    conditions = page.get_by_role("list", name="Conditions in use")
    expect(conditions.get_by_role("listitem")).to_have_count(3)
    expect(page.get_by_text("1 found")).to_be_visible()
    assert judge(page, axe, "search on a phone") == []
    assert wider(page, "search on a phone") == []
    shoot(page, "801-search-phone")
    page.goto(page.url.replace("compare=gte", "compare=lt"))
    expect(page.get_by_text("0 found")).to_be_visible()
    expect(page.get_by_text("No case fulfils the conditions")).to_be_visible()
    conditions.get_by_role("button", name="Remove the condition Data of the case").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 found")).to_be_visible()


def test_staff_come_from_the_list_of_cases_and_find_their_own_alone(office: Office, enter: Enter) -> None:
    case = office.case("Task_NotifyOffice")
    stranger = enter("oae_secretary1", "/cases")
    stranger.get_by_role("link", name="ค้นหาโดยละเอียด").click()
    stranger.get_by_label("คำค้น").fill(case.number)
    stranger.keyboard.press("Enter")
    expect(stranger.get_by_text("พบ ๐ เรื่อง")).to_be_visible()
    staff = enter(STAFF, f"/search?words={case.number.replace(' ', '%20')}&state=ACTIVE")
    expect(staff.get_by_text("พบ ๑ เรื่อง")).to_be_visible()
    shoot(staff, "802-search-staff")


def test_a_waiver_is_in_the_register_of_control_points(office: Office, enter: Enter, axe: str) -> None:
    """With its reason, who asked for it and who approved it; and the table tells the same."""
    case = office.case("Task_NotifyOffice")
    task = case.claim("Task_NotifyOffice", STAFF)
    point = office.ask("GET", f"/v2/user-tasks/{task}/control-points", None, STAFF)["items"][0]["controlPointId"]
    request = {"controlPointId": point, "reason": f"{case.number} เอกสารตามมาภายหลัง"}
    asked = office.ask("POST", "/v2/interventions", {"kind": "waive", "key": task, "request": request}, STAFF)
    office.ask("POST", f"/v2/interventions/{asked['interventionKey']}/approval", {}, "owner")
    page = enter("auditor", "/search")
    page.get_by_role("link", name="ผลการตรวจจุดควบคุม").click()
    page.get_by_role("link", name="ได้รับยกเว้น").click()
    row = page.get_by_role("row").filter(has_text=case.number)
    expect(row).to_have_count(1)
    expect(row).to_contain_text("เอกสารตามมาภายหลัง")
    expect(row).to_contain_text("ผู้ขอยกเว้น")
    assert judge(page, axe, "checked") == []
    shoot(page, "810-checked")
    found = office.ask("POST", "/v2/control-points/search", {"filter": {"processInstanceKey": case.key, "state": "WAIVED"}})
    (item,) = found["items"]
    assert (item["recordedBy"], item["detail"]["requestedBy"]) == ("owner", STAFF)
    row.get_by_role("link", name=case.number).click()
    expect(page).to_have_url(f"{office.base}/cases/{case.key}")


def test_the_register_is_narrowed_on_a_phone_in_english_and_taken_out(
    office: Office, enter: Enter, axe: str, tmp_path: Path
) -> None:
    case = office.case("Task_NotifyOffice")
    page = enter("owner", f"/checked?process={PROCESS}&state=PASSED", language="en", phone=True)
    expect(page.get_by_role("row").filter(has_text=case.number).first).to_be_visible()
    assert judge(page, axe, "checked on a phone") == []
    assert wider(page, "checked on a phone") == []
    shoot(page, "811-checked-phone")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the list (CSV)").click()
    download.value.save_as(tmp_path / "points.csv")
    with (tmp_path / "points.csv").open(encoding="utf-8-sig", newline="") as file:
        taken = [line for line in csv.DictReader(file) if line["Case"] == case.number]
    recorded = [point for point in case.get("control-points") if point["state"] == "PASSED"]
    assert {line["Id"] for line in taken} == {point["controlPointId"] for point in recorded}
