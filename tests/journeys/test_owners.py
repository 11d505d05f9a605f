"""Process owners: a process drawn, a step with its time and control point, archives, running cases moved, heat."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.conftest import Walk
from tests.journeys.walker import Walker
from tests.web.conftest import Watch
from tests.web.office import PROCESS, Case, Office
from tests.web.permits import POINT, STEP, begin, deploy_steps
from tests.web.test_workbench import diagram_of, draft_of, get

pytestmark = pytest.mark.browser
OWNER, WHY = "owner", "ตามมติที่ประชุม"
NUMBERS = itertools.count(1)  # a process of its own for each look, which begins with a first version


def panel(walker: Walker) -> Locator:
    """What the chosen element says."""
    return walker.page.get_by_role("region", name=walker.say("panel.title"), exact=True)


def opened(walk: Walk, key: str) -> Walker:
    """The owner, who has this draft before them."""
    walker = walk(OWNER, f"/workbench/drafts/{key}")
    expect(walker.page.locator(".djs-shape").first).to_be_visible()
    return walker


def choose(walker: Walker, element: str) -> None:
    """Choose an element of the diagram, found by its name or id."""
    walker.press("draft.search")
    walker.page.keyboard.type(element)
    walker.page.keyboard.press("End")  # letters of Thai come without keys here, and the search waits for one
    expect(walker.page.locator(".djs-search-result-selected")).to_be_visible()
    walker.page.keyboard.press("Enter")
    expect(walker.page.locator(".djs-search-input input")).to_be_hidden()


def add(walker: Walker, label: str, value: str, within: Locator | None = None) -> None:
    """Choose the entry of this value in the list of this label, and add it."""
    place = within or walker.page
    choice = place.get_by_role("combobox", name=walker.say(label), exact=True)
    choice.locator(f"option[value={value}]").wait_for(state="attached")
    walker.choose(choice, walker.label_of(choice, value))
    name = f"{walker.say('common.add')}: {walker.say(label)}"
    walker.press(place.get_by_role("button", name=name, exact=True))


def saved(walker: Walker) -> None:
    expect(walker.page.locator(".draft-saving")).to_have_text(walker.say("draft.saving.saved"))


def file_of(office: Office, key: str) -> str:
    """The only diagram of a draft, as the server keeps it."""
    path = get(office, key)["files"][0]["path"]
    answer = office.as_(OWNER).get(f"/v2/model-drafts/{key}/files/content", params={"path": path})
    return str(answer.json()["content"])


def key_in(walker: Walker) -> str:
    """Of the draft that is open."""
    return walker.page.url.partition("?")[0].rpartition("/")[2]


def test_a_process_is_drawn(office: Office, walk: Walk) -> None:
    walker = walk(OWNER)
    walker.menu("workbench.nav", "menu.processes")
    walker.press("workbench.new")
    walker.write(walker.field("workbench.name", walker.dialog()), "การเดินทางไปราชการ")
    walker.press(walker.button("workbench.create", walker.dialog()))
    expect(walker.page.locator(".djs-shape").first).to_be_visible()
    choose(walker, "Start")
    add(walker, "drawing.after", "UserTask", panel(walker))
    name = panel(walker).get_by_label(walker.say("panel.thai", label=walker.say("panel.name")))
    walker.write(name, "ขออนุมัติเดินทาง")
    add(walker, "drawing.after", "ExclusiveGateway", panel(walker))
    add(walker, "drawing.after", "EndEvent", panel(walker))
    choose(walker, "ขออนุมัติเดินทาง")
    add(walker, "panel.addGroup", "general_admin", panel(walker))
    saved(walker)
    walker.shoot()
    drawn = file_of(office, key_in(walker))
    assert (drawn.count("<bpmn:sequenceFlow"), drawn.count("<bpmn:endEvent")) == (4, 2)
    assert '<zeebe:assignmentDefinition candidateGroups="general_admin"' in drawn
    walker.press("layout.do")
    walker.button("layout.takeBack").wait_for()
    walker.press("draft.discard")
    walker.press(walker.button("draft.discard", walker.dialog()))
    walker.heading("workbench.title")


def test_a_step_gets_its_time_and_a_control_point_and_is_published(office: Office, walk: Walk) -> None:
    key = draft_of(office, "เวลาและจุดควบคุม")
    walker = opened(walk, key)
    choose(walker, "Task_StudyLaw")
    walker.write(panel(walker).get_by_label(walker.say("panel.standardTime"), exact=True), "5")
    walker.choose(
        panel(walker).get_by_label(walker.say("panel.calendar"), exact=True), walker.say("panel.calendar.working")
    )
    walker.press(walker.button("panel.addPoint", panel(walker)))
    point = panel(walker).get_by_role("group", name="cp-").last
    walker.write(point.get_by_label(walker.say("panel.thai", label=walker.say("panel.demand"))), "บันทึกผลการศึกษา")
    field = walker.field("panel.what.formField", point)
    walker.choose(field, walker.label_of(field, "study_note"))
    saved(walker)
    drawn = diagram_of(office, key)["content"]
    task = drawn[drawn.index('id="Task_StudyLaw"') :]
    task = task[: task.index("</bpmn:userTask>")]
    assert ('standardTime="P5D"' in task, 'calendar="working"' in task) == (True, True)
    assert ("บันทึกผลการศึกษา" in task, 'field="study_note"' in task) == (True, True)
    walker.shoot()
    walker.press("draft.publish")
    walker.write(walker.field("reason.label", walker.dialog()), WHY)
    walker.press(walker.button("draft.publish", walker.dialog()))
    walker.see(walker.say("draft.closed"))
    assert get(office, key)["state"] == "PUBLISHED"


def test_a_step_is_removed_and_put_back(office: Office, walk: Walk) -> None:
    key = draft_of(office, "ตัดขั้นตอน")
    walker = opened(walk, key)
    choose(walker, "Task_StudyLaw")
    walker.press(walker.button("drawing.remove", panel(walker)))
    saved(walker)
    assert 'id="Task_StudyLaw"' not in diagram_of(office, key)["content"]
    walker.press("draft.undo")
    saved(walker)
    assert 'id="Task_StudyLaw"' in diagram_of(office, key)["content"]


def test_an_archive_is_taken_out_and_brought_in(office: Office, walk: Walk, tmp_path: Path) -> None:
    walker = opened(walk, draft_of(office, "ไปและกลับ"))
    with walker.page.expect_download() as download:
        walker.press("draft.archive")
    download.value.save_as(tmp_path / "process.zip")
    walker.menu("workbench.nav", "menu.processes")
    walker.heading("workbench.title")
    with walker.page.expect_file_chooser() as asked:
        walker.press("workbench.import")
    asked.value.set_files(tmp_path / "process.zip")
    expect(walker.page.locator(".djs-shape").first).to_be_visible()
    assert any(file["path"].endswith(f"{PROCESS}.bpmn") for file in get(office, key_in(walker))["files"])


def version_of(office: Office, case: str) -> int:
    return int(office.ask("GET", f"/v2/process-instances/{case}")["processDefinitionVersion"])


def test_running_cases_are_migrated(office: Office, walk: Walk) -> None:
    """What would happen is seen first; a step that leads nowhere is refused before anything is done."""
    process = f"permit-move-{next(NUMBERS)}"
    old = deploy_steps(office, process, "Check", "Sign", STEP.format("P14D") + POINT)
    cases = [begin(office, process) for _ in range(2)]
    new = deploy_steps(office, process, "Verify", "Sign", STEP.format("P10D"))
    walker = walk(OWNER, f"/processes/{old}")
    walker.press(walker.link(walker.say("migration.link")))
    to = walker.field("migration.to")
    walker.choose(to, walker.label_of(to, new))
    walker.see(walker.say("many.possible", total=2, looked=2, possible=2))
    mapped = walker.field("migration.becomesOf", name="Check")
    expect(mapped).to_have_value("Verify")
    walker.choose(mapped, walker.say("migration.nothing"))
    expect(walker.button("migration.start")).to_be_disabled()
    walker.choose(mapped, "Verify")
    walker.press("migration.start")
    walker.write(walker.field("reason.label", walker.dialog()), WHY)
    walker.press(walker.button("migration.start", walker.dialog()))
    walker.see(walker.say("migration.noCases"))
    assert [version_of(office, case) for case in cases] == [2, 2]


def places(office: Office, case: str) -> list[str]:
    """The elements of its open tasks."""
    return [str(task["elementId"]) for task in Case(office, case, "").tasks()]


def move(walker: Walker, case: str) -> None:
    """From Check to Sign, from the page of the case."""
    walker.press(walker.page.locator(f'a[href="/cases/{case}/modification"]'))
    walker.tick(walker.field("modification.end", name="Check"))
    add(walker, "modification.place", "Sign")
    walker.press("modification.do")
    walker.write(walker.field("reason.label", walker.dialog()), "ตรวจเอกสารแล้วนอกระบบ")
    walker.press(walker.button("modification.do", walker.dialog()))
    walker.page.wait_for_url(f"**/cases/{case}")


def test_a_case_is_moved_by_hand(office: Office, walk: Walk) -> None:
    deploy_steps(office, "permit-hand", "Check", "Sign")
    case = begin(office, "permit-hand")
    move(walk(OWNER, f"/cases/{case}"), case)
    assert places(office, case) == ["Sign"]


def test_a_move_by_hand_is_asked_for_where_two_decide(office: Office, walk: Walk, watch: Watch) -> None:
    watch.refusals.add(409)
    own = '<krabuan:intervention kind="modify" secondPerson="true"/>'
    deploy_steps(office, "permit-hands", "Check", "Sign", own=own)
    case = begin(office, "permit-hands")
    move(walk(OWNER, f"/cases/{case}"), case)
    (asked,) = office.ask("POST", "/v2/interventions/search", {"filter": {"processInstanceKey": case}})["items"]
    assert (asked["kind"], asked["state"], places(office, case)) == ("modify", "PENDING", ["Check"])


def test_many_cases_are_moved_by_hand(office: Office, walk: Walk) -> None:
    """What would happen is seen first."""
    version = deploy_steps(office, "permit-many", "Check", "Sign")
    cases = [begin(office, "permit-many") for _ in range(2)]
    walker = walk(OWNER, f"/moving?process=permit-many&version={version}")
    source, target = walker.field("moving.source"), walker.field("moving.target")
    walker.choose(source, walker.label_of(source, "Check"))
    walker.choose(target, "Sign")
    walker.see(walker.say("many.possible", total=2, looked=2, possible=2))
    walker.shoot()
    walker.press("moving.do")
    walker.write(walker.field("reason.label", walker.dialog()), WHY)
    walker.press(walker.button("moving.do", walker.dialog()))
    walker.see(walker.say("moving.noCases"))
    assert [places(office, case) for case in cases] == [["Sign"], ["Sign"]]


def test_where_a_process_is_busy_a_draft_is_begun(office: Office, walk: Walk) -> None:
    case = office.case("Task_NotifyOffice")
    walker = walk(OWNER, f"/processes/{case.definition}")
    walker.press(walker.link(walker.say("heat.link")))
    shown = walker.field("heat.by")
    walker.choose(shown, walker.say("heat.by.active"))
    busy = walker.page.locator('.djs-shape[data-element-id="Task_NotifyOffice"][class*="krabuan-heat-"]')
    expect(busy).to_have_count(1)
    walker.shoot()
    walker.menu("workbench.nav", "menu.processes")
    walker.press(walker.page.locator(f'a[href="/workbench?process={PROCESS}"]'))
    walker.press(walker.page.get_by_role("button", name=walker.say("workbench.beginFrom", version="").strip()).first)
    expect(walker.page.locator(".djs-shape").first).to_be_visible()
    made: dict[str, Any] = get(office, key_in(walker))
    assert (made["basedOn"]["processDefinitionId"], made["state"]) == (PROCESS, "OPEN")
