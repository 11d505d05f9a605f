"""Auditors: searches of their own, a case at an earlier moment, registers, and what they take away, which is noted."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from krabuan_verify.bundles import verify_bundle
from krabuan_verify.signatures import read_keys
from tests.journeys.conftest import Walk
from tests.journeys.walker import Walker
from tests.web.office import PROCESS, STAFF, Case, Office

pytestmark = pytest.mark.browser
TASK = "Task_NotifyOffice"
SAVED = "/v2/authentication/me/saved-searches"


def noted(office: Office, access: str, thing: str | None = None) -> list[str]:
    """What the audit trail tells of the auditor's accesses of one kind (to one thing), the latest last."""
    wanted = {"actorId": "auditor", "entityDescription": access, **({"entityKey": thing} if thing else {})}
    body = {"filter": wanted, "sort": [{"field": "timestamp", "order": "ASC"}], "page": {"limit": 1000}}
    return [str(entry) for entry in office.ask("POST", "/v2/audit-logs/search", body, "auditor")["items"]]


def saved(office: Office) -> dict[str, dict[str, str]]:
    """The auditor's own searches: conditions by name."""
    items = office.ask("GET", SAVED, None, "auditor")["items"]
    return {item["name"]: item["conditions"] for item in items}


def taken(walker: Walker, key: str, file: Path) -> Path:
    """What the browser saves when the button of this key is pressed."""
    with walker.page.expect_download() as download:
        walker.press(key)
    download.value.save_as(file)
    return file


def tab(walker: Walker, key: str) -> Locator:
    return walker.page.get_by_role("tab", name=walker.say(key), exact=True)


def summary(walker: Walker, key: str) -> Locator:
    """What opens a fold."""
    return walker.page.locator("summary").filter(has_text=walker.say(key))


def outcome(walker: Walker, of: str, key: str) -> Locator:
    """One of the outcomes by which a register is narrowed."""
    among = walker.page.get_by_role("navigation", name=walker.say(of))
    return among.get_by_role("link", name=walker.say(key), exact=True)


def waived(office: Office, why: str) -> Case:
    """A case of which a control point was waived, at the asking of staff and by the owner."""
    case = office.case(TASK)
    task = case.claim(TASK, STAFF)
    point = case.get("control-points")[-1]["controlPointId"]
    body = {"kind": "waive", "key": task, "request": {"controlPointId": point, "reason": why}}
    asked = office.ask("POST", "/v2/interventions", body, STAFF)
    office.ask("POST", f"/v2/interventions/{asked['interventionKey']}/approval", {}, "owner")
    return case


def test_a_case_is_searched_by_person_and_part_and_the_search_kept(office: Office, walk: Walk) -> None:
    case = office.case(TASK)
    walker = walk("auditor", "/search")
    form = walker.page.get_by_role("search", name=walker.say("search.form"))
    walker.find_person("search.person", STAFF)
    walker.press(summary(walker, "search.more"))
    walker.write(walker.field("search.number", form), case.number)
    walker.choose(walker.field("search.part", form), walker.say("search.part.DID"))
    walker.press(walker.button("search.submit", form))
    walker.see(walker.say("search.number.found", n=1))
    walker.write("saved.name", f"งานของ {case.number}")
    walker.press("saved.save")
    walker.page.get_by_role("button", name=f"งานของ {case.number}", exact=True).wait_for()
    assert saved(office)[f"งานของ {case.number}"] == {"number": case.number, "person": STAFF, "part": "DID"}


def test_a_kept_search_is_used_and_given_up(office: Office, walk: Walk) -> None:
    case, name = office.case(TASK), "เรื่องที่ติดตาม"
    office.ask("POST", SAVED, {"name": name, "conditions": {"words": case.number}}, "auditor")
    walker = walk("auditor", "/search")
    walker.press(walker.page.get_by_role("button", name=name, exact=True))
    expect(walker.page.get_by_role("link", name=case.number)).to_be_visible()
    walker.press("saved.delete", name=name)
    expect(walker.page.get_by_role("button", name=name, exact=True)).to_have_count(0)
    assert name not in saved(office)


def test_evidence_with_names_is_verified_and_an_alteration_found(office: Office, walk: Walk, tmp_path: Path) -> None:
    case = office.case(TASK)
    walker = walk("auditor", f"/cases/{case.key}")
    walker.press(tab(walker, "auditing.evidence"))
    walker.press("auditing.verify.start")
    walker.see(walker.say("auditing.verify.proves"))
    walker.tick(walker.page.get_by_role("checkbox", name=walker.say("auditing.bundle.names")))
    walker.see(walker.say("auditing.bundle.named"))
    folder = tmp_path / "case"
    with zipfile.ZipFile(taken(walker, "auditing.bundle.save", tmp_path / "case.zip")) as archive:
        archive.extractall(folder)
    keys = read_keys([folder / "public-key.pem"])
    report = verify_bundle(folder, keys)
    assert (report.findings, report.case) == ([], int(case.key))
    assert "people by names" in noted(office, "evidence-exported", case.key)[-1]
    story = folder / "case.json"
    story.write_text(story.read_text(encoding="utf-8").replace(STAFF, "somebody"), encoding="utf-8")
    assert not verify_bundle(folder, keys).valid


def test_an_event_log_of_what_was_found_is_taken_out(office: Office, walk: Walk, tmp_path: Path) -> None:
    case = office.case(TASK)
    walker = walk("auditor", f"/search?number={case.number.replace(' ', '%20')}")
    walker.press(summary(walker, "auditing.log"))
    walker.choose("auditing.log.format", walker.say("auditing.log.format.ocel"))
    told = json.loads(taken(walker, "auditing.log.save", tmp_path / "cases.json").read_text(encoding="utf-8"))
    assert f"case:{case.key}" in [each["id"] for each in told["objects"]] and STAFF not in str(told)
    assert "1 cases with" in noted(office, "cases-exported", "ocel")[-1]


def test_a_case_is_replayed_to_an_earlier_moment(office: Office, walk: Walk) -> None:
    """Back from the present, event by event; the form of then, with the data of then. That it was read is noted."""
    case = office.case("Task_AssessRisk")
    walker = walk("auditor", f"/cases/{case.key}")
    bar = walker.page.get_by_role("group", name=walker.say("replay.title"))
    form = walker.page.get_by_role("button", name=f"{walker.say('replay.form')}: ")
    done = walker.page.locator(".past-tasks .badge").filter(has_text=walker.say("replay.done"))
    # what is still to come moves the bar, and a press that ends beside it is none
    expect(walker.page.locator(".case-head .badge.good")).to_be_visible()
    expect(walker.page.locator(".case-diagram .djs-shape").first).to_be_visible()
    for _ in range(20):
        walker.press(walker.button("replay.before", bar))
        expect(
            walker.page.locator(".past-tasks").or_(walker.page.get_by_text(walker.say("replay.noTasks")))
        ).to_be_visible()
        if done.count():
            break
    expect(done).to_be_visible()
    walker.press(form.first)
    expect(walker.page.locator(".variables-at .fjs-form-field").first).to_be_visible()
    moment = int(walker.page.url.rpartition("=")[2])
    history = office.ask("GET", f"/v2/process-instances/{case.key}/history?limit=1000")["items"]
    assert history[moment - 1]["type"] == "user-task-completed"
    assert f"variables at {moment}" in str(noted(office, "history-read", case.key))
    walker.press(walker.button("replay.present", bar))
    expect(walker.page).to_have_url(f"{office.base}/cases/{case.key}")


def test_a_decision_is_read_with_the_rules_that_matched_and_taken_out(
    office: Office, walk: Walk, tmp_path: Path
) -> None:
    case = office.case(TASK)
    walker = walk("auditor", f"/cases/{case.key}")
    walker.press(tab(walker, "decisions.title"))
    panel = walker.page.get_by_role("tabpanel")
    walker.press(panel.locator("summary").first)
    table = panel.get_by_role("group", name=walker.say("decisions.table", name=""))
    expect(table.get_by_text(walker.say("decisions.matched")).first).to_be_attached()
    result = panel.locator(".decision-value").first.inner_text()
    walker.press(tab(walker, "auditing.evidence"))
    with zipfile.ZipFile(taken(walker, "auditing.bundle.save", tmp_path / "case.zip")) as archive:
        story = json.loads(archive.read("case.json"))
    assert json.loads(result) in [decided["output"] for decided in story["decisions"]]
    assert len(noted(office, "evidence-exported", case.key)) == 1


def test_waivers_are_found_and_taken_out_as_a_table(office: Office, walk: Walk, tmp_path: Path) -> None:
    case = waived(office, "เอกสารตามมาภายหลัง")
    walker = walk("auditor")
    walker.menu("checked.title", "menu.oversight")
    walker.press(outcome(walker, "checked.result", "control.WAIVED"))
    row = walker.page.get_by_role("row").filter(has_text="เอกสารตามมาภายหลัง")
    expect(row.filter(has_text=case.number)).to_have_count(1)
    table = taken(walker, "search.save", tmp_path / "points.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(table)))
    assert [row for row in rows if case.number in row] and len(rows) > 1
    assert "results of control points; by state" in noted(office, "cases-exported", "csv")[-1]


def test_a_request_leads_from_the_register_to_its_case(office: Office, walk: Walk) -> None:
    case = waived(office, f"{PROCESS}: เอกสารมาไม่ครบ")
    assert noted(office, "history-read", case.key) == []
    walker = walk("auditor")
    walker.menu("asked.title", "menu.oversight")
    walker.press(outcome(walker, "asked.state", "asked.state.APPROVED"))
    walker.choose("asked.kind", walker.say("asked.kind.waive"))
    with walker.page.expect_response(lambda answer: f"{case.key}/history?" in answer.url and answer.ok):
        walker.press(walker.link(case.number))
    walker.press(tab(walker, "control.title"))
    expect(walker.page.get_by_role("tabpanel").get_by_text(walker.say("control.WAIVED")).first).to_be_visible()
    assert noted(office, "history-read", case.key) != []


def test_a_path_that_cases_took_leads_to_one_of_them(office: Office, walk: Walk) -> None:
    case = office.case()
    office.ask("POST", f"/v2/process-instances/{case.key}/cancellation", {"reason": "บันทึกซ้ำกับเรื่องก่อน"})
    walker = walk("auditor", f"/processes/{case.definition}")
    walker.press(walker.page.get_by_role("link", name=walker.say("variants.link")))
    paths = walker.page.get_by_role("radio")
    expect(paths.first).to_be_attached()
    walker.tick(paths.last)
    walker.press(walker.link(case.number))
    expect(walker.page.locator(".case-head")).to_contain_text(walker.say("case.state.TERMINATED"))
    expect(walker.page.locator(".timeline > li").first).to_be_visible()
    assert noted(office, "history-read", case.key) != []


def test_a_report_is_taken_out(office: Office, walk: Walk, tmp_path: Path) -> None:
    office.case(TASK)
    walker = walk("auditor", f"/reports?process={PROCESS}")
    before = len(noted(office, "report-exported"))
    walker.choose("reports.kind", walker.say("reports.kind.FISCAL_YEAR"))
    expect(walker.page.locator(".report-text")).to_be_visible()
    rows = list(
        csv.reader(io.StringIO(taken(walker, "reports.csv", tmp_path / "r.csv").read_text(encoding="utf-8-sig")))
    )
    assert len(rows) > 1
    assert len(noted(office, "report-exported")) == before + 1


def test_the_audit_trail_is_verified_and_taken_out(office: Office, walk: Walk, tmp_path: Path) -> None:
    office.ask("POST", "/v2/accounts", {"username": "traced", "name": "ผู้ถูกบันทึก", "withPassword": False}, "admin")
    office.ask("POST", "/v2/accounts/traced/deactivation", {"reason": "ทดสอบการค้นหา"}, "admin")
    walker = walk("auditor")
    walker.menu("logbook.title", "menu.administration")
    walker.press("logbook.verify")
    expect(walker.page.locator(".log-verdict")).to_be_visible()
    walker.choose("logbook.kind", walker.say("logbook.kind.people"))
    walker.write("logbook.thing", "traced")
    expect(walker.page.get_by_role("row")).to_have_count(3)
    walker.see(walker.say("log.person-deactivated"))
    text = taken(walker, "logbook.save", tmp_path / "log.csv").read_text(encoding="utf-8-sig")
    assert "person-deactivated" in text and "ทดสอบการค้นหา" in text
    assert noted(office, "audit-log-exported") != []
