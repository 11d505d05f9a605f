"""Administrators keep the service going: incidents, jobs, health; holds that end; accounts of the office elsewhere."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from engine.layout import layout
from tests.execution.bench import diagram, flows, node, user
from tests.journeys.conftest import Walk
from tests.journeys.walker import Walker
from tests.web.conftest import Watch
from tests.web.office import Office
from tests.web.permits import begin, deploy, put, set_fee

pytestmark = pytest.mark.browser
WHY = "แก้ไขข้อมูลแล้ว"
CHARGE = "คิดค่าธรรมเนียม"


def open_incidents(office: Office, process: str) -> list[str]:
    """The cases of a process that an incident stops."""
    body = {"filter": {"processDefinitionId": process, "state": "ACTIVE"}}
    return [each["processInstanceKey"] for each in office.ask("POST", "/v2/incidents/search", body)["items"]]


def stopped(office: Office, process: str, count: int, extra: str = "") -> list[str]:
    """So many cases of a process, each of which an incident stops though its cause is mended already."""
    deploy(office, process, extra)
    cases = [begin(office, process) for _ in range(count)]
    assert sorted(open_incidents(office, process)) == sorted(cases)
    for case in cases:
        set_fee(office, case)
    return cases


def give_reason(walker: Walker, action: str) -> None:
    """In the dialog that asks why."""
    walker.write(walker.field("reason.label", walker.dialog()), WHY)
    walker.press(walker.button(action, walker.dialog()))
    expect(walker.dialog()).to_have_count(0)


def to_cause(walker: Walker, process: str) -> Locator:
    """From the list of incidents, narrowed to a process, to its cause; the list of cases that it stops."""
    walker.menu("incidents.title", "menu.administration")
    follow(walker, process)
    return walker.page.get_by_role("list", name=walker.say("incidents.cases")).get_by_role("listitem")


def follow(walker: Walker, process: str) -> None:
    """On the list of incidents: to the one cause in a process."""
    walker.heading("incidents.title")  # the page before may have such a choice, too
    choice = walker.field("incidents.process")
    walker.choose(choice, walker.label_of(choice, process))
    cause = walker.link(CHARGE)
    expect(cause).to_have_count(1)
    walker.press(cause)


def try_all(walker: Walker, done: int, failed: int = 0) -> None:
    """On the page of a cause: all cases again, until so many are done and so many failed."""
    walker.press(walker.page.get_by_role("button", name=f"{walker.say('incidents.retryAll')}: "))
    give_reason(walker, "incidents.retryAll")
    walker.see(walker.say("operations.done", done=done, total=done + failed, failed=failed))


def test_all_cases_of_a_cause_are_tried_again_with_progress(office: Office, walk: Walk) -> None:
    process = "walk-permit-all"
    cases = stopped(office, process, 3)
    walker = walk("admin")
    expect(to_cause(walker, process)).to_have_count(3)
    try_all(walker, 3)
    walker.see(walker.say("incidents.mended"))
    assert open_incidents(office, process) == []
    walker.press(walker.link(walker.say("operations.type.RESOLVE_INCIDENT")))
    done = walker.page.get_by_role("list", name=walker.say("operations.items")).get_by_role("listitem")
    expect(done).to_have_count(3)
    body = {"filter": {"operationType": "RESOLVE_INCIDENT"}, "sort": [{"field": "startDate", "order": "DESC"}]}
    latest = office.ask("POST", "/v2/batch-operations/search", body, "admin")["items"][0]
    assert (latest["state"], latest["reason"], latest["operationsCompletedCount"]) == ("COMPLETED", WHY, len(cases))


def test_one_case_is_tried_again_and_the_other_waits(office: Office, walk: Walk) -> None:
    process = "walk-permit-one"
    mended, other = stopped(office, process, 2)
    walker = walk("admin")
    lines = to_cause(walker, process)
    expect(lines).to_have_count(2)
    line = lines.filter(has=walker.page.locator(f'a[href="/cases/{mended}"]'))
    walker.press(line.get_by_role("button"))
    give_reason(walker, "manage.resolve")
    expect(lines).to_have_count(1)
    assert open_incidents(office, process) == [other]
    office.ask("POST", f"/v2/process-instances/{other}/cancellation", {"reason": "จบการทดสอบแล้ว"})


def test_a_second_person_is_asked_where_the_process_says_so(office: Office, walk: Walk, watch: Watch) -> None:
    """All at once comes to nothing, with the reason; the case by itself asks for the approval."""
    process = "walk-permit-two"
    (case,) = stopped(office, process, 1, '<krabuan:intervention kind="resolve" secondPerson="true"/>')
    watch.refusals.add(409)
    walker = walk("admin")
    line = to_cause(walker, process)
    try_all(walker, 0, failed=1)
    walker.press(line.get_by_role("button"))
    give_reason(walker, "manage.resolve")
    walker.see(walker.say("intervention.sent"))
    body = {"filter": {"processInstanceKey": case}}
    (asked,) = office.ask("POST", "/v2/interventions/search", body, "admin")["items"]
    assert (asked["kind"], asked["state"], asked["reason"]) == ("resolve", "PENDING", WHY)
    office.ask("POST", f"/v2/process-instances/{case}/cancellation", {"reason": "จบการทดสอบแล้ว"})


def test_health_leads_to_what_is_amber_and_turns_green(office: Office, walk: Walk) -> None:
    process = "walk-permit-ill"
    stopped(office, process, 1)
    count = int(health(office, "incidents")["count"])
    walker = walk("admin")
    walker.menu("health.title", "menu.administration")
    line = walker.page.get_by_role("list", name=walker.say("health.title")).get_by_role("listitem")
    line = line.filter(has_text=walker.say("health.check.incidents"))
    expect(line).to_contain_text(walker.say("health.told.incidents", n=count))
    walker.press(line.get_by_role("link"))
    follow(walker, process)
    try_all(walker, 1)
    walker.menu("health.title", "menu.administration")
    expect(line).to_contain_text(walker.say("health.told.incidents", n=count - 1))
    now = health(office, "incidents")
    assert (now["count"], now["level"]) == (count - 1, "GOOD" if count == 1 else "WARN")


def health(office: Office, name: str) -> dict[str, Any]:
    """One line of how the service does."""
    checks: list[dict[str, Any]] = office.ask("GET", "/v2/health", None, "admin")["checks"]
    return next(each for each in checks if each["check"] == name)


def test_a_job_gets_more_tries(office: Office, walk: Walk) -> None:
    kind = "walk-letter"
    box = f'<zeebe:taskDefinition type="{kind}" retries="3"/>'
    body = node("startEvent", "s") + node("serviceTask", "Send", box) + user("Sign") + flows("s Send", "Send Sign")
    put(office, kind, layout(diagram(body, process_id=kind)))
    begin(office, kind)
    walker = walk("admin")
    walker.menu("incidents.title", "menu.administration")
    walker.press(walker.link(walker.say("jobs.link")))
    walker.write("jobs.type", kind)
    walker.page.wait_for_url(re.compile(f"type={kind}"))  # the list before it may look the same
    jobs = walker.page.get_by_role("list", name=walker.say("jobs.title")).get_by_role("listitem")
    expect(jobs).to_have_count(1)
    walker.press(jobs.get_by_role("button"))
    walker.write(walker.field("jobs.count", walker.dialog()), "7")
    walker.press(walker.button("common.save", walker.dialog()))
    expect(jobs).to_contain_text(walker.say("jobs.retries", n=7))
    found: list[dict[str, Any]] = office.ask("POST", "/v2/jobs/search", {"filter": {"type": kind}}, "admin")["items"]
    assert [job["retries"] for job in found] == [7]


def test_a_hold_on_a_case_ends(office: Office, walk: Walk) -> None:
    case = office.case()
    body = {"processInstanceKey": case.key, "reason": "ศาลขอให้เก็บรักษา"}
    office.ask("POST", "/v2/legal-holds", body, "admin")
    walker = walk("admin", "/data-protection")
    line = walker.page.get_by_role("list", name=walker.say("privacy.holdList")).get_by_role("listitem")
    line = line.filter(has_text=case.key)
    walker.press(line.get_by_role("button"))
    give_reason(walker, "privacy.end")
    expect(line).to_contain_text(WHY)
    wanted = {"filter": {"processInstanceKey": case.key}}
    (hold,) = office.ask("POST", "/v2/legal-holds/search", wanted, "admin")["items"]
    assert (hold["state"], hold["endReason"]) == ("ENDED", WHY)


def test_an_account_at_a_push_service_is_added_and_removed(office: Office, walk: Walk) -> None:
    name = "Gotify ของสำนัก"
    walker = walk("admin", "/channels")
    services = walker.page.get_by_role("region", name=walker.say("services.title"))
    walker.press("hosts.add")
    walker.write(walker.field("hosts.pattern", walker.dialog()), "push.example.go.th")
    walker.write(walker.field("reason.label", walker.dialog()), "แจ้งเตือนทางโทรศัพท์")
    walker.press(walker.button("hosts.add", walker.dialog()))
    expect(walker.dialog()).to_have_count(0)
    walker.press("services.add")
    walker.write(walker.field("services.name", walker.dialog()), name)
    walker.write(walker.field("services.address", walker.dialog()), "gotifys://push.example.go.th/{to}")
    walker.press(walker.button("services.add", walker.dialog()))
    expect(services.get_by_text(name)).to_be_visible()
    assert name in str(office.ask("GET", "/v2/push-services", account="admin"))
    walker.press(services.get_by_role("button", name=f"{walker.say('common.remove')}: {name}"))
    walker.press(walker.button("common.remove", walker.dialog()))
    expect(services.get_by_text(name)).to_have_count(0)
    assert name not in str(office.ask("GET", "/v2/push-services", account="admin"))
