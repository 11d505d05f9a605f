"""Who answers for a process: approvals, a case by hand, drafts; and who reads everything."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.conftest import Walk
from tests.journeys.walker import Walker
from tests.web.office import PROCESS, STAFF, Case, Office

pytestmark = pytest.mark.browser
TASK = "Task_NotifyOffice"
WHY = "ระบบของสำนักงานฯ ขัดข้อง บันทึกเวลาย้อนหลัง"


def with_request(office: Office) -> Case:
    """A case of which somebody asks that a control point be waived."""
    case = office.case(TASK)
    point = case.get("control-points")[-1]["controlPointId"]
    body = {"kind": "waive", "key": case.claim(TASK, STAFF), "request": {"controlPointId": point, "reason": WHY}}
    office.ask("POST", "/v2/interventions", body, STAFF)
    return case


def waived(case: Case) -> list[dict[str, Any]]:
    """Its control points that need not be passed."""
    return [point for point in case.get("control-points") if point["state"] == "WAIVED"]


def asked(walker: Walker, case: Case) -> Locator:
    """The request about a case."""
    return walker.page.locator(".interventions > li").filter(has_text=case.number)


def test_a_waiver_is_asked_for(office: Office, walk: Walk) -> None:
    case = office.case(TASK)
    walker = walk(STAFF, f"/tasks/{case.claim(TASK, STAFF)}")
    walker.press(walker.page.get_by_role("button", name=walker.say("control.ask")).last)
    walker.write(walker.field("reason.label", walker.dialog()), WHY)
    walker.press(walker.button("control.ask", walker.dialog()))
    walker.see(walker.say("control.asked"))
    body = {"filter": {"processInstanceKey": case.key}}
    (request,) = office.ask("POST", "/v2/interventions/search", body, "owner")["items"]
    assert (request["kind"], request["reason"]) == ("waive", WHY)


def test_a_waiver_is_approved(office: Office, walk: Walk) -> None:
    case = with_request(office)
    walker = walk("owner", "/approvals")
    walker.press(asked(walker, case).get_by_role("button", name=walker.say("intervention.approve")).first)
    walker.press(walker.button("intervention.approve", walker.dialog()))
    expect(asked(walker, case)).to_have_count(0)
    assert [point["recordedBy"] for point in waived(case)] == ["owner"]


def test_a_waiver_is_rejected(office: Office, walk: Walk) -> None:
    case = with_request(office)
    walker = walk("owner", "/approvals")
    walker.press(asked(walker, case).get_by_role("button", name=walker.say("intervention.reject")).first)
    walker.write(walker.field("reason.label", walker.dialog()), "เอกสารมาถึงแล้ว")
    walker.press(walker.button("intervention.reject", walker.dialog()))
    expect(asked(walker, case)).to_have_count(0)
    assert waived(case) == []


def test_a_case_is_cancelled(office: Office, walk: Walk) -> None:
    case = office.case()
    walker = walk("owner", f"/cases/{case.key}")
    walker.press("manage.cancel")
    walker.write(walker.field("reason.label", walker.dialog()), "บันทึกซ้ำกับเรื่องก่อน")
    walker.press(walker.button("manage.cancel", walker.dialog()))
    expect(walker.page.locator(".case-head")).to_contain_text(walker.say("case.state.TERMINATED"))
    assert case.state == "TERMINATED"


def test_a_draft_is_made_of_a_version(office: Office, walk: Walk) -> None:
    walker = walk("owner", f"/workbench?process={PROCESS}")
    walker.press(walker.page.get_by_role("button", name=walker.say("workbench.beginFrom", version="").strip()).first)
    expect(walker.page.locator(".djs-container")).to_be_visible()
    key = walker.page.url.partition("?")[0].rpartition("/")[2]
    assert office.ask("GET", f"/v2/model-drafts/{key}")["basedOn"]["processDefinitionId"] == PROCESS


def test_a_case_is_found_and_the_list_taken_out(office: Office, walk: Walk, tmp_path: Path) -> None:
    case = office.case()
    walker = walk("auditor")
    walker.menu("search.nav", "menu.oversight")
    walker.write("search.words", case.number)
    walker.press(walker.page.get_by_role("search").get_by_role("button", name=walker.say("search.submit"), exact=True))
    expect(walker.page.get_by_role("link", name=case.number)).to_be_visible()
    with walker.page.expect_download() as download:
        walker.press("search.save")
    download.value.save_as(tmp_path / "cases.csv")
    with (tmp_path / "cases.csv").open(encoding="utf-8-sig", newline="") as file:
        assert case.key in [cell for row in csv.DictReader(file) for cell in row.values()]
    logged = office.ask("POST", "/v2/audit-logs/search", {"filter": {"actorId": "auditor"}}, "auditor")["items"]
    assert "cases-exported" in [entry["entityDescription"] for entry in logged]


def test_a_search_is_kept(office: Office, walk: Walk) -> None:
    case = office.case()
    walker = walk("auditor", f"/search?number={case.number.replace(' ', '%20')}")
    walker.write("saved.name", f"เรื่อง {case.number}")
    walker.press("saved.save")
    walker.page.get_by_role("button", name=f"เรื่อง {case.number}", exact=True).wait_for()
    kept = office.ask("GET", "/v2/authentication/me/saved-searches", None, "auditor")["items"]
    assert {"number": case.number} in [each["conditions"] for each in kept]


def test_a_case_is_taken_out_as_evidence(office: Office, walk: Walk, tmp_path: Path) -> None:
    case = office.case(TASK)
    walker = walk("auditor", f"/cases/{case.key}")
    walker.press(walker.page.get_by_role("tab", name=walker.say("auditing.evidence"), exact=True))
    with walker.page.expect_download() as download:
        walker.press("auditing.bundle.save")
    assert download.value.path().read_bytes()[:2] == b"PK"
    logged = office.ask("POST", "/v2/audit-logs/search", {"filter": {"actorId": "auditor"}}, "auditor")["items"]
    assert "evidence-exported" in [entry["entityDescription"] for entry in logged]
