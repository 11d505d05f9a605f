"""Staff: what they do with a task, from the inbox to the next step."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Walk
from tests.journeys.walker import Walker
from tests.web.conftest import Watch
from tests.web.filling import fields_of, place
from tests.web.office import DPO, PROCESS, STAFF, Case, Office, data_of, moment, scenario_of
from tests.web.walking import read_schema, schema_of

pytestmark = pytest.mark.browser
STEP = "Task_StudyLaw"
COLLEAGUE = "agri_data_group2"


def assignee(case: Case, element: str = STEP) -> str | None:
    """Who has the open task of an element."""
    return next(task["assignee"] for task in case.tasks() if task["elementId"] == element)


def opened(walk: Walk, case: Case, element: str = STEP, account: str = STAFF) -> Walker:
    """A person who came to a task from the inbox, having searched for the case."""
    task = case.task(element)
    walker = walk(account, f"/?view=groups&q={quote(case.number)}")
    walker.press(walker.page.locator(f'[data-key="{task}"]').get_by_role("link").first)
    walker.page.get_by_role("heading", level=1).wait_for()
    return walker


def claimed(walk: Walk, case: Case, element: str = STEP, account: str = STAFF) -> Walker:
    """A person whose task it is, on its page."""
    case.claim(element, account)
    return walk(account, f"/tasks/{case.task(element)}")


def test_a_task_is_claimed_filled_in_and_completed(office: Office, walk: Walk) -> None:
    case = office.case()
    task = case.task(STEP)
    walker = opened(walk, case)
    walker.press("task.claim")
    walker.button("task.complete").wait_for()
    walker.fill_in(schema_of(case, task), data_of(STEP, office.now()))
    walker.shoot(full=True)
    walker.press("task.complete")
    walker.heading("inbox.title")
    assert STEP not in [each["elementId"] for each in case.tasks()]


def test_a_task_is_given_back_to_the_group(office: Office, walk: Walk) -> None:
    case = office.case()
    walker = claimed(walk, case)
    walker.press("task.unclaim")
    walker.button("task.claim").wait_for()
    assert assignee(case) is None


def test_a_draft_is_found_again(office: Office, walk: Walk) -> None:
    case = office.case()
    task = case.task(STEP)
    schema, data = schema_of(case, task), data_of(STEP, office.now())
    walker = claimed(walk, case)
    walker.fill_in(schema, data)
    walker.menu("app.inbox", "menu.work")
    walker.heading("inbox.title")
    walker.go(f"/tasks/{task}")
    expect(place(walker.page, fields_of(schema)["study_note"])).to_have_value(data["study_note"])
    kept = office.ask("GET", f"/v2/user-tasks/{task}/draft", account=STAFF)["variables"]
    assert {key: kept[key] for key in data} == data


def test_of_two_drafts_one_is_chosen(office: Office, walk: Walk, watch: Watch) -> None:
    """One is saved elsewhere while one types: nothing is replaced before it is asked for."""
    watch.refusals.add(409)
    case = office.case()
    walker = claimed(walk, case)
    task = case.task(STEP)
    field = place(walker.page, fields_of(schema_of(case, task))["study_note"])
    field.wait_for()
    draft = f"/v2/user-tasks/{task}/draft"
    office.ask("PUT", draft, {"variables": {"study_note": "จากเครื่องอื่น"}}, STAFF)
    walker.write(field, "จากเครื่องนี้")
    choice = walker.page.get_by_role("region", name=walker.say("draft.choice"))
    expect(choice).to_contain_text("จากเครื่องอื่น")
    assert office.ask("GET", draft, account=STAFF)["variables"]["study_note"] == "จากเครื่องอื่น"
    walker.shoot()
    walker.press(walker.button("draft.takeHere", choice))
    expect(field).to_have_value("จากเครื่องนี้")
    expect(walker.page.locator(".draft-status")).to_contain_text(walker.say("task.draft.saved", time=""))
    assert office.ask("GET", draft, account=STAFF)["variables"]["study_note"] == "จากเครื่องนี้"


def test_what_was_filled_in_before_is_read(office: Office, walk: Walk) -> None:
    case = office.case("Task_AssessRisk")
    task = case.task("Task_AssessRisk")
    walker = walk(STAFF, f"/tasks/{task}")
    walker.press("task.claim")
    walker.button("task.complete").wait_for()
    earlier = walker.page.get_by_role("region", name=walker.say("earlier.title"))
    walker.press(earlier.get_by_role("button", name=walker.say("earlier.show")).first)
    form = earlier.locator(".form-view")
    expect(form).to_be_visible()
    assert form.locator(":is(input, textarea):not([disabled]):not([readonly])").count() == 0
    steps = office.ask("GET", f"/v2/user-tasks/{task}/course")["next"]
    expect(walker.page.locator(".next-steps > li")).to_have_count(len(steps))
    walker.shoot(full=True)
    assert assignee(case, "Task_AssessRisk") == STAFF


def test_a_comment_reaches_the_case(office: Office, walk: Walk) -> None:
    case = office.case()
    walker = claimed(walk, case)
    walker.write("comments.add", "ได้รับเอกสารครบแล้ว")
    walker.press("comments.send")
    expect(walker.page.locator(".comment-text")).to_have_text("ได้รับเอกสารครบแล้ว")
    assert [said["text"] for said in case.get("comments")] == ["ได้รับเอกสารครบแล้ว"]


def test_a_colleague_is_asked_for_help(office: Office, walk: Walk) -> None:
    case = office.case()
    walker = claimed(walk, case)
    walker.press("task.help.ask")
    asked = walker.dialog()
    walker.find_person("task.help.who", COLLEAGUE)
    walker.write(walker.field("task.help.note", asked), "ขอความเห็นข้อกฎหมาย")
    walker.press(walker.button("task.help.send", asked))
    walker.see(walker.say("task.help.sent"))
    assert assignee(case) == COLLEAGUE


def test_a_case_is_started(office: Office, walk: Walk) -> None:
    walker = walk(STAFF)
    walker.menu("app.start", "menu.work")
    walker.heading("start.title")
    definition = office.case().definition
    walker.press(walker.page.locator(f'a[href="/start/{definition}"]').first)
    number = office.new_number()
    walker.write("start.businessId", number)
    schema = office.ask("GET", f"/v2/process-definitions/{definition}/form", account=STAFF)
    data = {**scenario_of("risk")["start"]["data"], "aware_at": moment(office.now())}
    walker.fill_in(read_schema(schema), data)
    walker.shoot(full=True)
    walker.press("start.submit")
    walker.see(walker.say("start.done"))
    found = office.ask("POST", "/v2/process-instances/search", {"filter": {"businessId": number}}, DPO)["items"]
    assert [each["processDefinitionId"] for each in found] == [PROCESS]


def test_a_task_is_put_off_for_a_week(office: Office, walk: Walk) -> None:
    case = office.case()
    task = case.claim(STEP, STAFF)
    walker = walk(STAFF, f"/?view=mine&q={quote(case.number)}")
    row = walker.page.locator(f'[data-key="{task}"]')
    off = row.get_by_role("button", name=walker.say("inbox.snoozeTask", name="")).locator("visible=true")
    walker.press(off.first)
    until = walker.field("inbox.snooze.until", walker.dialog())
    walker.choose(until, walker.label_of(until, "week"))
    with walker.page.expect_response(lambda answer: answer.url.endswith("/mark") and answer.status == 204):
        walker.press(walker.button("inbox.snooze.now", walker.dialog()))
    assert office.ask("GET", f"/v2/user-tasks/{task}", account=STAFF)["snoozedUntil"] is not None


def test_a_view_of_the_inbox_is_saved(office: Office, walk: Walk) -> None:
    walker = walk(COLLEAGUE, f"/?view=groups&process={PROCESS}")
    walker.press("inbox.saved.save")
    walker.write("inbox.saved.name", "เรื่องละเมิดข้อมูล")
    walker.press("common.save")
    expect(walker.link("เรื่องละเมิดข้อมูล")).to_be_visible()
    (kept,) = office.ask("GET", "/v2/authentication/me/inbox-views", account=COLLEAGUE)["items"]
    assert kept["name"] == "เรื่องละเมิดข้อมูล"


def test_a_process_becomes_a_favourite(office: Office, walk: Walk) -> None:
    walker = walk(COLLEAGUE, "/start")
    entry = walker.page.locator("li").filter(has=walker.page.locator(f'a[href="/start/{office.case().definition}"]'))
    walker.press(entry.get_by_role("button", name=walker.say("catalogue.favourite", name="").strip("“” ")[:4]).first)
    wanted = {"filter": {"favourite": True}}
    expect(walker.page.get_by_role("navigation", name=walker.say("catalogue.favourites"))).to_be_visible()
    kept = office.ask("POST", "/v2/process-catalogue/search", wanted, COLLEAGUE)["items"]
    assert [each["processDefinitionId"] for each in kept] == [PROCESS]


def test_what_waits_in_a_case_of_mine_is_claimed(office: Office, walk: Walk) -> None:
    case = office.case("Task_NotifyOffice")
    walker = walk(STAFF)
    walker.menu("mine.title", "menu.work")
    walker.write(walker.page.get_by_role("searchbox", name=walker.say("mine.search")), case.number)
    walker.page.keyboard.press("Enter")
    row = walker.page.get_by_role("row").filter(has_text=case.number)
    expect(walker.page.get_by_role("row").filter(has_text="ทดสอบ")).to_have_count(1)
    walker.press(row.get_by_role("link", name=walker.say("mine.open", name="").strip()).first)
    walker.press("task.claim")
    walker.button("task.unclaim").wait_for()
    assert STAFF in {task["assignee"] for task in case.tasks()}
