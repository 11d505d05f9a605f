"""Staff: an inbox as one likes one's own."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.conftest import Walk
from tests.journeys.walker import Walker
from tests.web.office import PROCESS, STAFF, Case, Office, moment

pytestmark = pytest.mark.browser
VIEWS = "/v2/authentication/me/inbox-views"
PLANNER = "related_divisions1"


def two_cases(office: Office) -> tuple[str, list[Case]]:
    """How their numbers begin, and the two; each begins with two tasks that nobody has."""
    begins = f"คู่ {office.new_number()}"
    return begins, [office.case(number=f"{begins} {part}") for part in "กข"]


def shown(walker: Walker, cases: list[Case]) -> list[str]:
    """The keys of the tasks in the list, in its order, once it is there."""
    rows = walker.page.locator("[data-key]")
    expect(rows).to_have_count(2 * len(cases))
    return [str(row.get_attribute("data-key")) for row in rows.all()]


def row_of(walker: Walker, key: str) -> Locator:
    return walker.page.locator(f'[data-key="{key}"]')


def assignees(cases: list[Case]) -> dict[str, Any]:
    """Who has each open task of the cases, by the task's key."""
    return {task["userTaskKey"]: task["assignee"] for case in cases for task in case.tasks()}


def views(walker: Walker) -> Locator:
    return walker.page.get_by_role("navigation", name=walker.say("inbox.views"))


def test_several_tasks_are_claimed_at_once(office: Office, walk: Walk) -> None:
    begins, cases = two_cases(office)
    walker = walk(STAFF, f"/?view=groups&q={quote(begins)}")
    first, second, *others = shown(walker, cases)
    for key in (first, second):
        walker.tick(row_of(walker, key).get_by_role("checkbox").first)
    walker.press("inbox.do.claim", n=2)
    walker.see(walker.say("inbox.bulkAll", n=2))
    assert assignees(cases) == {first: STAFF, second: STAFF, **dict.fromkeys(others)}
    for key in others:
        walker.tick(row_of(walker, key).get_by_role("checkbox").first)
    walker.press("inbox.do.read", n=2)
    for key in others:
        expect(row_of(walker, key)).not_to_have_class(re.compile("unread"))
    assert all(office.ask("GET", f"/v2/user-tasks/{key}", account=STAFF)["read"] for key in others)
    for case in cases:
        office.ask("POST", f"/v2/process-instances/{case.key}/cancellation", {"reason": "ซ้ำ"})


def test_what_is_due_is_found_by_filters(office: Office, walk: Walk) -> None:
    case = office.case(number=f"ตามกำหนด {office.new_number()}")
    walker = walk(STAFF, f"/?view=groups&q={quote(case.number)}")
    keys = shown(walker, [case])
    filters = walker.page.get_by_role("region", name=walker.say("inbox.filters"), exact=True)
    if walker.look.window == "phone":  # folded, so that tasks stand on the first screen
        walker.press(filters.get_by_text(walker.say("inbox.filters"), exact=True))
    process, due = walker.field("inbox.process", filters), walker.field("inbox.due", filters)
    walker.choose(process, walker.label_of(process, PROCESS))
    walker.choose(due, walker.say("inbox.due.today"))
    walker.see(walker.say("inbox.emptyFilter"))
    walker.choose(due, walker.say("inbox.due.week"))
    assert shown(walker, [case]) == keys
    claim = row_of(walker, keys[0]).get_by_role("button", name=re.compile(walker.say("inbox.claimTask", name="")))
    walker.press(claim.locator("visible=true").first)
    walker.press(views(walker).get_by_role("link", name=walker.say("inbox.mine")))
    expect(row_of(walker, keys[0])).to_be_visible()  # the filters hold from one list to the next
    assert assignees([case]) == {keys[0]: STAFF, keys[1]: None}


def test_a_saved_view_is_changed_and_deleted(office: Office, walk: Walk) -> None:
    case = office.case(number=f"มุมมอง {office.new_number()}")
    content = {"view": "groups", "filter": {"businessId": f"{case.number}*"}, "sort": "due", "grouping": "none"}
    columns = ["process", "case", "assignee", "due"]
    office.ask("POST", VIEWS, {"name": "เรื่องของฉัน", "columns": columns, **content}, PLANNER)
    walker = walk(PLANNER)
    walker.press(views(walker).get_by_role("link", name="เรื่องของฉัน"))
    shown(walker, [case])
    walker.press("inbox.display")
    walker.choose(walker.field("inbox.grouping", walker.dialog()), walker.say("inbox.grouping.case"))
    walker.press(walker.button("inbox.display.use", walker.dialog()))
    walker.press("inbox.saved.keep", name="เรื่องของฉัน")
    expect(walker.button("inbox.saved.keep", name="เรื่องของฉัน")).to_have_count(0)
    (kept,) = office.ask("GET", VIEWS, account=PLANNER)["items"]
    assert kept["grouping"] == "case"
    walker.press("inbox.saved.delete", name="เรื่องของฉัน")
    walker.press(walker.button("inbox.saved.deleteNow", walker.dialog()))
    expect(views(walker).get_by_role("link", name="เรื่องของฉัน")).to_have_count(0)
    assert office.ask("GET", VIEWS, account=PLANNER)["items"] == []


def test_what_was_put_off_is_taken_up_again(office: Office, walk: Walk) -> None:
    case = office.case()
    task = case.claim("Task_StudyLaw", STAFF)
    until = moment(office.now() + timedelta(days=7))
    office.ask("PATCH", f"/v2/user-tasks/{task}/mark", {"snoozedUntil": until}, STAFF)
    walker = walk(STAFF)
    walker.press(views(walker).get_by_role("link", name=walker.say("inbox.snoozed")))
    wake = row_of(walker, task).get_by_role("button", name=re.compile(walker.say("inbox.wakeTask", name="")))
    walker.press(wake.locator("visible=true").first)
    walker.see(walker.say("inbox.gone"))
    assert office.ask("GET", f"/v2/user-tasks/{task}", account=STAFF)["snoozedUntil"] is None
