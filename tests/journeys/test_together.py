"""Staff with one another: a mention, two at one task, help, signatures, a case sent back, a task taken back, a substitute."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Walk
from tests.journeys.walker import Walker
from tests.web.office import DPO, EXECUTIVE, STAFF, Case, Office, data_of
from tests.web.permits import begin, deploy_steps

pytestmark = pytest.mark.browser
TASK, COLLEAGUE, GROUP = "Task_NotifyOffice", "agri_data_group2", "agri_data_group"
WHY = "แก้ไขวันที่ให้ตรงกับหลักฐาน"
SCRIPT = "<img src=x onerror=\"document.title='ran'\"><script>document.title='ran'</script>"
PERFORMED = f'<zeebe:assignmentDefinition candidateGroups="{GROUP}"/>'
ABSENT, SUBSTITUTE = "general_admin1", "infosys_group2"


def mine(office: Office, account: str = STAFF) -> tuple[Case, str]:
    """A case and the key of its task, which this person has claimed."""
    case = office.case(TASK)
    return case, case.claim(TASK, account)


def task_of(office: Office, key: str) -> dict[str, Any]:
    found: dict[str, Any] = office.ask("GET", f"/v2/user-tasks/{key}")
    return found


def typed(office: Office, key: str) -> dict[str, Any]:
    """The form of the task is filled in, and what was filled in is saved as a draft of STAFF."""
    data = data_of(TASK, office.now())
    office.ask("PUT", f"/v2/user-tasks/{key}/draft", {"variables": data}, STAFF)
    return data


def name_of(office: Office, account: str) -> str:
    found = office.ask("POST", "/v2/users/search", {"filter": {"username": account}})["items"]
    return str(found[0]["name"])


def answer(walker: Walker, key: str, field: str, text: str) -> None:
    """Press the button of this key; in the dialog that it opens, fill in a field and press the button of the same name."""
    walker.press(key)
    walker.write(walker.field(field, walker.dialog()), text)
    walker.press(walker.button(key, walker.dialog()))
    expect(walker.dialog()).to_have_count(0)


def test_a_colleague_is_mentioned_and_finds_it(office: Office, walk: Walk) -> None:
    case, key = mine(office)
    name = name_of(office, DPO)
    walker = walk(STAFF, f"/tasks/{key}")
    walker.write("comments.add", f"@{name[:6]}")
    walker.press(walker.page.get_by_role("option").filter(has_text=DPO))
    expect(walker.field("comments.add")).to_have_value(f"@{name} ")
    walker.page.keyboard.insert_text(SCRIPT)
    walker.press("comments.send")
    reads(walker, name)
    (comment,) = case.get("comments")
    assert (comment["mentions"], comment["userTaskKey"]) == ([DPO], key)
    told = walk(DPO, "/notifications")
    told.press(told.page.get_by_role("listitem").filter(has_text=case.number).get_by_role("link").first)
    reads(told, name)


def reads(walker: Walker, name: str) -> None:
    """The comment that mentions somebody is there; the script in it is text."""
    comment = walker.page.locator(".comment-text")
    expect(comment.locator(".mention")).to_have_text(f"@{name}")
    expect(comment).to_contain_text(SCRIPT)
    assert walker.page.title() != "ran" and comment.locator("img, script").count() == 0


def test_two_at_one_task_know_of_each_other(office: Office, walk: Walk) -> None:
    _, key = mine(office)
    walker, other = walk(STAFF, f"/tasks/{key}"), walk(COLLEAGUE, f"/tasks/{key}")
    walker.see(walker.say("presence.also", names=name_of(office, COLLEAGUE)))
    other.see(other.say("presence.also", names=name_of(office, STAFF)))
    walker.press("task.unclaim")
    other.press("task.claim")
    other.button("task.unclaim").wait_for()
    walker.see(walker.say("task.assignedTo", name=name_of(office, COLLEAGUE)))
    # who gave it back oneself is not told that somebody took it away
    expect(walker.page.get_by_text(walker.say("taken.theirs", name=name_of(office, COLLEAGUE)))).to_have_count(0)
    assert task_of(office, key)["assignee"] == COLLEAGUE


def test_help_is_given(office: Office, walk: Walk) -> None:
    _, key = mine(office)
    data = typed(office, key)
    office.ask("POST", f"/v2/user-tasks/{key}/delegation", {"to": COLLEAGUE, "note": "ช่วยตรวจ"}, STAFF)
    helper = walk(COLLEAGUE, f"/tasks/{key}")
    helper.see(helper.say("task.help.youHelp", name=name_of(office, STAFF)))
    answer(helper, "task.help.giveBack", "task.help.opinion", "ครบถ้วน")
    helper.heading("inbox.title")
    assert (task_of(office, key)["assignee"], task_of(office, key)["delegationState"]) == (STAFF, "RESOLVED")
    assert office.ask("GET", f"/v2/user-tasks/{key}/draft", account=STAFF)["variables"].items() >= data.items()


def test_a_task_comes_back_from_who_was_to_help(office: Office, walk: Walk) -> None:
    _, key = mine(office)
    office.ask("POST", f"/v2/user-tasks/{key}/delegation", {"to": COLLEAGUE, "note": "ช่วยตรวจ"}, STAFF)
    walker = walk(STAFF, f"/tasks/{key}")
    walker.press("task.help.takeBack")
    walker.button("task.complete").wait_for()
    assert task_of(office, key)["assignee"] == STAFF


def test_a_signature_is_asked_for_and_given(office: Office, walk: Walk) -> None:
    _, key = mine(office)
    typed(office, key)
    walker = walk(STAFF, f"/tasks/{key}")
    walker.press("task.sign.ask")
    walker.find_person("task.sign.who", EXECUTIVE)
    walker.press(walker.button("task.sign.send", walker.dialog()))
    walker.see(walker.say("task.sign.PENDING"))
    signer = walk(EXECUTIVE, "/?view=toSign")
    signer.press(signer.page.locator(f'a[href="/tasks/{key}"]').first)
    signer.press("task.sign.agree")
    signatures = walker.page.get_by_role("region", name=walker.say("task.sign.title"), exact=True)
    expect(signatures).to_contain_text(walker.say("task.sign.AGREED"))  # without a reload
    walker.press("task.complete")
    walker.heading("inbox.title")
    assert task_of(office, key)["state"] == "COMPLETED"


def test_a_signature_is_refused(office: Office, walk: Walk) -> None:
    _, key = mine(office)
    asked = {"users": [EXECUTIVE], "groups": [], "variables": typed(office, key)}
    office.ask("POST", f"/v2/user-tasks/{key}/co-signatures", asked, STAFF)
    signer = walk(EXECUTIVE, f"/tasks/{key}")
    signer.write("task.sign.remark", "ยังขาดเลขที่หนังสือ")
    signer.press("task.sign.refuse")
    expect(signer.button("task.sign.refuse")).to_have_count(0)
    signer.see(signer.say("task.sign.REFUSED"))
    (signature,) = office.ask("GET", f"/v2/user-tasks/{key}/co-signatures")["items"]
    assert (signature["state"], signature["reason"]) == ("REFUSED", "ยังขาดเลขที่หนังสือ")


@pytest.fixture
def reviewed(office: Office) -> Case:
    """A case of two tasks of STAFF's group: the first can be taken back, the second sends the case back to it."""
    back = '<krabuan:return to="Check"/>'
    deploy_steps(office, "permit-review", "Check", "Sign", f"{PERFORMED}<krabuan:recall/>", later=PERFORMED + back)
    return Case(office, begin(office, "permit-review"), "")


def test_a_case_is_sent_back_for_correction(office: Office, walk: Walk, reviewed: Case) -> None:
    reviewed.complete("Check", COLLEAGUE, {})
    walker = walk(STAFF, f"/tasks/{reviewed.claim('Sign', STAFF)}")
    answer(walker, "task.return", "task.reason", WHY)
    walker.heading("inbox.title")
    assert [(task["elementId"], task["assignee"]) for task in reviewed.tasks()] == [("Check", COLLEAGUE)]


def test_a_task_is_taken_back(office: Office, walk: Walk, reviewed: Case) -> None:
    key = reviewed.claim("Check", STAFF)
    walker = walk(STAFF, f"/tasks/{key}")
    walker.press("task.complete")
    walker.heading("inbox.title")
    views = walker.page.get_by_role("navigation", name=walker.say("inbox.views"))
    views.locator(".unread-count").first.wait_for()  # the counts, once there, push the views aside
    walker.press(views.get_by_role("link", name=walker.say("inbox.done")))
    walker.press(walker.page.locator(f'a[href="/tasks/{key}"]').first)
    answer(walker, "task.recall", "task.reason", WHY)
    walker.heading("inbox.title")
    assert [(task["elementId"], task["assignee"]) for task in reviewed.tasks()] == [("Check", STAFF)]


@pytest.fixture
def absence(office: Office) -> Iterator[None]:
    """ABSENT is away for a week, and SUBSTITUTE stands in; not beyond the test."""
    now = office.now()
    dates = {"startDate": now.isoformat(), "endDate": (now + timedelta(days=7)).isoformat()}
    made = office.ask("POST", "/v2/substitutions", {"absent": ABSENT, "substitute": SUBSTITUTE, **dates}, "admin")
    yield
    office.ask("POST", f"/v2/substitutions/{made['substitutionKey']}/end", None, "admin")


@pytest.mark.usefixtures("absence")
def test_a_substitute_works_in_the_others_name(office: Office, walk: Walk) -> None:
    deploy_steps(office, "permit-stand-in", "Check", "Sign", PERFORMED.replace(GROUP, "general_admin"))
    case = Case(office, begin(office, "permit-stand-in"), "")
    key, name = case.task("Check"), name_of(office, ABSENT)
    walker = walk(SUBSTITUTE)
    banner = walker.page.get_by_role("banner")
    walker.press(walker.button("acting.switch", banner))
    walker.press(walker.page.get_by_role("menuitem", name=walker.say("acting.for", name=name)))
    walker.see(walker.say("acting.banner", name=name))
    walker.go(f"/tasks/{key}")
    walker.press("task.claim")
    walker.press("task.complete")
    walker.heading("inbox.title")
    walker.go(f"/cases/{case.key}")
    walker.see(walker.say("common.onBehalfOf", actor=name_of(office, SUBSTITUTE), person=name))
    walker.press("acting.oneself")
    expect(walker.page.get_by_text(walker.say("acting.banner", name=name))).to_have_count(0)
    done = task_of(office, key)
    assert (done["completedBy"], done["completedThrough"]) == (ABSENT, SUBSTITUTE)
