"""What the modeler offers beside drawing, in a real browser: a drawing made anew, deadlines and reminders from registers."""

from __future__ import annotations

import re
from html import unescape

import pytest
from playwright.sync_api import Page, expect

from engine.layout import measure
from tests.web.conftest import Enter, Watch, shoot
from tests.web.office import Office
from tests.web.test_accessibility import axe, judge
from tests.web.test_workbench import choose, diagram_of, draft_of, wait_saved

__all__ = ["axe"]
pytestmark = pytest.mark.browser
INTERACTION_DELAY = 75  # ms after which CodeMirror takes a key for what it has begun to offer


def test_a_diagram_is_drawn_anew_and_that_is_taken_back(office: Office, enter: Enter, watch: Watch, axe: str) -> None:
    key = draft_of(office, "Laid out")
    file = diagram_of(office, key)
    shifted = re.sub(
        r'<dc:Bounds x="(\d+)', lambda found: f'<dc:Bounds x="{int(found[1]) + 40}', file["content"], count=9
    )
    office.ask("PUT", f"/v2/model-drafts/{key}/files/content", {**file, "content": shifted})
    before = diagram_of(office, key)
    page = enter("owner", f"/workbench/drafts/{key}", language="en", phone=True)
    expect(page.locator(".djs-shape").first).to_be_visible()
    button = page.get_by_role("button", name="Lay out")
    button.focus()
    page.keyboard.press("Enter")
    back = page.get_by_role("button", name="Go back to the drawing before")
    expect(back).to_be_visible()
    drawn = diagram_of(office, key)
    assert drawn["content"] != before["content"]
    assert measure(drawn["content"].encode()).flawless
    expect(page.locator(".djs-shape").first).to_be_visible()
    found = judge(page, axe, "laid-out")
    shoot(page, "modeler-layout-en-phone")
    back.focus()
    page.keyboard.press("Enter")
    expect(back).to_be_hidden()
    assert diagram_of(office, key)["content"] == before["content"]
    assert found == []


def test_a_deadline_and_a_reminder_are_chosen_from_registers(
    office: Office, enter: Enter, watch: Watch, axe: str
) -> None:
    key = draft_of(office, "กำหนดเวลาและการเตือน")
    page = enter("owner", f"/workbench/drafts/{key}")
    expect(page.locator(".djs-shape").first).to_be_visible()
    choose(page, "SubProcess_Clock")
    panel = page.get_by_role("region", name="รายละเอียด")
    deadline = panel.get_by_role("group", name=re.compile("^dl-")).first
    deadline.get_by_label("ระยะเวลา", exact=True).fill("48")
    page.keyboard.press("Tab")
    wait_saved(page)
    assert 'duration="PT48H"' in diagram_of(office, key)["content"]
    deadline.get_by_role("button", name="นำออก: หัวหน้าหน่วยงาน").click()
    wait_saved(page)
    assert 'overseers="role:dpo"' in diagram_of(office, key)["content"]
    found = judge(page, axe, "deadlines")
    shoot(page, "modeler-deadlines-th-desk", full=False)
    choose(page, "Task_StudyLaw")
    panel.get_by_role("button", name="เพิ่มการเตือน").click()
    reminder = panel.get_by_role("group", name="การเตือนที่ 1", exact=True)
    reminder.get_by_label("เตือนเมื่อ").select_option("overdue")
    reminder.get_by_label("เพิ่มผู้รับแจ้ง", exact=True).select_option("head")
    reminder.get_by_role("button", name="เพิ่ม: เพิ่มผู้รับแจ้ง").click()
    wait_saved(page)
    (written,) = [
        each for each in re.findall("<krabuan:reminder[^>]*>", diagram_of(office, key)["content"]) if "overdue" in each
    ]
    assert ('overdue="P1D"' in written, 'to="performer head"' in written) == (True, True)
    found += judge(page, axe, "reminders")
    shoot(page, "modeler-reminders-th-desk", full=False)
    assert found == []


def conditional(content: str) -> str:
    """The id of a sequence flow with a condition."""
    flows = re.findall(r'<bpmn:sequenceFlow id="([^"]+)"[^>]*[^/]>(.*?)</bpmn:sequenceFlow>', content, re.DOTALL)
    return next(id_ for id_, inside in flows if "conditionExpression" in inside)


def saved_condition(office: Office, key: str, flow: str) -> str:
    """The expression of a sequence flow as the server keeps it."""
    saved = diagram_of(office, key)["content"]
    inside = saved[saved.index(f'id="{flow}"') :].partition("</bpmn:conditionExpression>")[0]
    return unescape(inside.rpartition(">")[2])


def taken_up(page: Page) -> None:
    """What is offered can be taken: not at once, lest a key that was on its way takes it, and not while it changes."""
    page.wait_for_function(
        """([since, delay]) => {
            const list = document.querySelector('.cm-tooltip-autocomplete');
            const ready = list && !list.classList.contains('cm-tooltip-autocomplete-disabled');
            return ready && performance.now() - since > delay;
        }""",
        arg=[page.evaluate("performance.now()"), INTERACTION_DELAY],
    )


def test_a_condition_speaks_of_what_is_known_at_that_point(
    office: Office, enter: Enter, watch: Watch, axe: str
) -> None:
    key = draft_of(office, "Conditions")
    flow = conditional(diagram_of(office, key)["content"])
    known = office.ask("POST", f"/v2/model-drafts/{key}/variables", {"elementId": flow})["variables"]
    name = known[0]["name"]
    page = enter("owner", f"/workbench/drafts/{key}", language="en", phone=True)
    expect(page.locator(".djs-shape").first).to_be_visible()
    page.get_by_role("button", name="Search").click()
    page.locator(".djs-search-input input").press_sequentially(flow)
    expect(page.locator(".djs-search-result-selected")).to_be_visible()
    page.keyboard.press("Enter")
    panel = page.get_by_role("region", name="Details")
    button = panel.get_by_role("button", name="Show what is known here")
    button.focus()
    page.keyboard.press("Enter")
    panel.get_by_label("Insert a variable", exact=True).select_option(name)
    panel.get_by_role("button", name="Add: Insert a variable").press("Enter")
    expect(page.locator(".draft-saving")).to_have_text("Saved")
    found = judge(page, axe, "known")
    assert saved_condition(office, key, flow).endswith(f" {name}")
    editor = panel.get_by_role("textbox", name="Taken when")
    editor.focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("1 + + last day")
    expect(page.get_by_role("option", name="last day of month")).to_be_visible()
    expect(panel.get_by_text("(line 1, column", exact=False)).to_be_visible()
    shoot(page, "modeler-known-en-phone")
    found += judge(page, axe, "offered")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+a")
    page.keyboard.type("last day")
    expect(page.get_by_role("option", name="last day of month")).to_be_visible()
    taken_up(page)
    page.keyboard.press("Enter")
    page.keyboard.type("today()")
    page.keyboard.press("End")
    page.keyboard.type(' = date("2026-04-30")')
    page.keyboard.press("Tab")
    expect(page.locator(".draft-saving")).to_have_text("Saved")
    assert saved_condition(office, key, flow) == '=last day of month(today()) = date("2026-04-30")'
    expect(editor).to_have_attribute("aria-invalid", "false")
    assert found == []


def test_a_tooltip_on_its_way_does_not_outlive_the_drawing(office: Office, enter: Enter, watch: Watch) -> None:
    """The pointer rests on a tool of the modeler, and the page is left before the tool is explained."""
    page = enter("owner", f"/workbench/drafts/{draft_of(office, 'ร่างที่ปิดก่อนคำอธิบาย')}")
    page.locator(".djs-palette .entry").first.hover()
    page.get_by_role("link", name="งานของฉัน").press("Enter")
    expect(page.locator(".djs-palette")).to_have_count(0)
    since = page.evaluate("performance.now()")
    page.wait_for_function("since => performance.now() - since > 400", arg=since)  # it comes after 300 ms
    assert watch.complaints == []
