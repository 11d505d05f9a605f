"""What auditors take out: event logs of what was found, evidence of one case; and a history verified in plain words."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import Enter, shoot
from tests.web.office import STAFF, Office
from tests.web.test_accessibility import axe, judge, wider

pytestmark = pytest.mark.browser
__all__ = ["axe"]  # a fixture


def saved(page: Page, button: str, file: Path) -> Path:
    """What the browser saves when the button is pressed by keyboard."""
    with page.expect_download() as download:
        page.get_by_role("button", name=button).focus()
        page.keyboard.press("Enter")
    download.value.save_as(file)
    return file


def told(office: Office, event: str) -> list[str]:
    """What the audit log tells of the accesses of one type, the latest last."""
    found = office.ask("POST", "/v2/audit-logs/search", {"filter": {"actorId": "auditor"}}, "auditor")["items"]
    return [str(item) for item in found if item["entityDescription"] == event]


def test_an_auditor_verifies_a_history_and_takes_the_case_out_with_names(
    office: Office, enter: Enter, axe: str, tmp_path: Path
) -> None:
    case = office.case("Task_NotifyOffice")
    office.ask("POST", f"/v2/process-instances/{case.key}/comments", {"text": "ตรวจแล้วครบถ้วน"}, STAFF)
    page = enter("auditor", f"/cases/{case.key}")
    page.get_by_role("tab", name="หลักฐาน").click()
    page.get_by_role("button", name="ตรวจสอบประวัติของเรื่องนี้").click()
    expect(page.get_by_text("ไม่พบการแก้ไข")).to_be_visible()
    expect(page.get_by_role("heading", name="ไม่ได้พิสูจน์อะไร")).to_be_visible()
    page.get_by_text("ระบุชื่อบุคคลและแนบเอกสาร").click()
    expect(page.get_by_text("ชุดนี้เปิดเผยชื่อบุคคล")).to_be_visible()
    assert judge(page, axe, "evidence") == []
    shoot(page, "820-evidence")
    with zipfile.ZipFile(saved(page, "ดาวน์โหลดชุดหลักฐาน", tmp_path / "case.zip")) as archive:
        manifest, story = (json.loads(archive.read(name)) for name in ("manifest.json", "case.json"))
        assert archive.read("summary.pdf").startswith(b"%PDF-")
        (shown,) = [name for name in archive.namelist() if name.endswith("summary.pdf")]
        archive.extract(shown, Path("test-results/web"))
    assert manifest["case"]["businessId"] == case.number and manifest["people"] == "names"
    assert STAFF in {party["actor"] for party in story["parties"]}
    assert story["comments"][0]["text"] == "ตรวจแล้วครบถ้วน"
    assert "people by names" in told(office, "evidence-exported")[-1]


def test_staff_take_their_case_out_by_pseudonyms_on_a_phone_in_english(
    office: Office, enter: Enter, axe: str, tmp_path: Path
) -> None:
    case = office.case("Task_NotifyOffice")
    page = enter(STAFF, f"/cases/{case.key}", language="en", phone=True)
    page.get_by_role("tab", name="Evidence").click()
    expect(page.get_by_text("People by pseudonyms")).to_be_visible()
    expect(page.get_by_role("checkbox", name="With names and documents")).to_have_count(0)
    assert judge(page, axe, "evidence on a phone") == []
    assert wider(page, "evidence on a phone") == []
    shoot(page, "821-evidence-phone")
    with zipfile.ZipFile(saved(page, "Download the evidence", tmp_path / "case.zip")) as archive:
        story = archive.read("case.json").decode()
    assert STAFF not in story and case.number not in story


def test_what_was_found_goes_out_as_an_event_log(office: Office, enter: Enter, axe: str, tmp_path: Path) -> None:
    case = office.case("Task_NotifyOffice")
    page = enter("auditor", f"/search?number={case.number.replace(' ', '%20')}")
    expect(page.get_by_text("พบ ๑ เรื่อง")).to_be_visible()
    page.get_by_text("บันทึกเหตุการณ์สำหรับวิเคราะห์กระบวนงาน").click()
    assert judge(page, axe, "event log") == []
    shoot(page, "822-event-log")
    log = ElementTree.parse(saved(page, "ดาวน์โหลดบันทึกเหตุการณ์", tmp_path / "cases.xes")).getroot()
    (trace,) = [one for one in log if one.tag.endswith("trace")]
    keys = [one.get("value") for one in trace if one.get("key") == "concept:name"]
    assert keys == [case.key]
    page.get_by_label("รูปแบบ").select_option(label="มาตรฐาน OCEL ๒.๐ (JSON)")
    page.get_by_text("ระบุชื่อบัญชีผู้ใช้แทนนามแฝง").click()
    objects = json.loads(saved(page, "ดาวน์โหลดบันทึกเหตุการณ์", tmp_path / "cases.json").read_bytes())["objects"]
    assert f"person:{STAFF}" in {one["id"] for one in objects}
    assert [kind in entry for kind, entry in zip(("xes", "ocel"), told(office, "cases-exported")[-2:], strict=True)] == [True] * 2


def test_a_decision_is_shown_on_the_table_that_decided_it(office: Office, enter: Enter, axe: str) -> None:
    case = office.case("Task_NotifyOffice")
    found = office.ask("POST", "/v2/decision-instances/search", {"filter": {"processInstanceKey": case.key}})["items"]
    key = found[0]["decisionEvaluationInstanceKey"]
    decided = office.ask("GET", f"/v2/decision-instances/{key}")
    page = enter("auditor", f"/cases/{case.key}")
    page.get_by_role("tab", name="การตัดสินใจ").click()
    page.locator("summary").filter(has_text=found[0]["decisionDefinitionName"].split("|")[0].strip()).first.click()
    table = page.get_by_role("table")
    expect(table.get_by_text("✓ ตรง")).to_have_count(len(decided["matchedRules"]))
    number = decided["matchedRules"][0]["ruleIndex"]
    expect(table.locator("tbody tr").nth(number - 1)).to_contain_text("✓ ตรง")
    assert judge(page, axe, "decisions") == []
    shoot(page, "823-decision")


def test_the_paths_that_cases_took_with_the_cases_behind_them(office: Office, enter: Enter, axe: str) -> None:
    """A case that is cancelled is one more of the path that it took; the table tells the same as the API."""
    case = office.case("Task_NotifyOffice")
    office.ask("POST", f"/v2/process-instances/{case.key}/cancellation", {"reason": "แจ้งซ้ำกับเรื่องก่อน"}, "owner")
    period = {"kind": "MONTH", "from": f"{office.now():%Y-%m-%d}"}
    body = {"processDefinitionKey": case.definition, "period": period}
    found = office.ask("POST", "/v2/reports/variants", body, "owner")
    (mine,) = [one for one in found["items"] if case.key in one["processInstanceKeys"]]
    at = f"/processes/{case.definition}/heat?kind=MONTH&from={office.now():%Y-%m-%d}"
    page = enter("owner", at, language="en", phone=True)
    page.get_by_role("link", name="Paths that cases really took").click()
    page.locator(f'input[type="radio"] >> nth={found["items"].index(mine)}').check()
    expect(page.get_by_role("link", name=case.number)).to_be_visible()
    expect(page.locator(".djs-connection.krabuan-taken").first).to_be_attached()
    assert judge(page, axe, "variants on a phone") == []
    assert wider(page, "variants on a phone") == []
    shoot(page, "824-variants-phone")
    wide = enter("auditor", page.url.removeprefix(office.base))
    expect(wide.get_by_role("link", name=case.number)).to_be_visible()
    assert judge(wide, axe, "variants") == []
    shoot(wide, "825-variants")


def test_a_waiver_that_was_refused_is_in_the_register(office: Office, enter: Enter, axe: str) -> None:
    case = office.case("Task_NotifyOffice")
    task = case.claim("Task_NotifyOffice", STAFF)
    point = office.ask("GET", f"/v2/user-tasks/{task}/control-points", None, STAFF)["items"][0]["controlPointId"]
    request = {"controlPointId": point, "reason": f"{case.number} รอเอกสารจากต่างจังหวัด"}
    asked = office.ask("POST", "/v2/interventions", {"kind": "waive", "key": task, "request": request}, STAFF)
    office.ask("POST", f"/v2/interventions/{asked['interventionKey']}/rejection", {"note": "ยังมีเวลาพอ"}, "owner")
    page = enter("auditor", "/")
    page.get_by_role("button", name="เรื่องและการกำกับ").click()
    page.get_by_role("menuitem", name="ทะเบียนคำขอแทรกแซงและยกเว้น").click()
    page.get_by_role("link", name="ไม่อนุมัติ").click()
    row = page.get_by_role("row").filter(has_text=case.number)
    expect(row).to_have_count(1)
    expect(row).to_contain_text("รอเอกสารจากต่างจังหวัด")
    expect(row).to_contain_text("ยังมีเวลาพอ")
    assert judge(page, axe, "interventions") == []
    shoot(page, "826-interventions")
    row.get_by_role("link", name=case.number).click()
    expect(page).to_have_url(f"{office.base}/cases/{case.key}")


def test_a_search_is_kept_on_the_server_and_chosen_again_elsewhere(office: Office, enter: Enter, axe: str) -> None:
    case = office.case("Task_NotifyOffice")
    page = enter("auditor", f"/search?number={case.number.replace(' ', '%20')}&state=ACTIVE")
    page.get_by_label("ชื่อการค้นหานี้").fill(f"เรื่อง {case.number}")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=f"เรื่อง {case.number}", exact=True)).to_be_visible()
    (kept,) = office.ask("GET", "/v2/authentication/me/saved-searches", None, "auditor")["items"]
    assert kept["conditions"] == {"number": case.number, "state": "ACTIVE"}
    assert judge(page, axe, "saved searches") == []
    shoot(page, "827-saved-searches")
    phone = enter("auditor", "/search", language="en", phone=True)
    phone.get_by_role("button", name=f"เรื่อง {case.number}", exact=True).click()
    expect(phone.get_by_text("1 found")).to_be_visible()
    assert wider(phone, "saved searches on a phone") == []
    phone.get_by_role("button", name="Delete the saved search").focus()
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("button", name="Delete the saved search")).to_have_count(0)
    assert office.ask("GET", "/v2/authentication/me/saved-searches", None, "auditor")["items"] == []
