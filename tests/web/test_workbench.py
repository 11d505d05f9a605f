"""The workbench in a real browser: a draft of a version is drawn on, checked, saved as one goes, and published."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import Enter, Watch, shoot
from tests.web.office import PROCESS, Office
from tests.web.test_accessibility import axe, judge

__all__ = ["axe"]
pytestmark = pytest.mark.browser
TASK = "Task_StudyLaw"


def draft_of(office: Office, name: str) -> str:
    """A new draft of the newest version of the process of breaches; its key."""
    made = office.ask("POST", "/v2/model-drafts", {"name": name, "processDefinitionId": PROCESS})
    return str(made["draftKey"])


def get(office: Office, key: str) -> dict[str, Any]:
    found: dict[str, Any] = office.ask("GET", f"/v2/model-drafts/{key}")
    return found


def diagram_of(office: Office, key: str) -> dict[str, Any]:
    """The diagram as the server keeps it: {path, content, revision}."""
    path = next(file["path"] for file in get(office, key)["files"] if file["path"].endswith(f"{PROCESS}.bpmn"))
    answer = office.as_("owner").get(f"/v2/model-drafts/{key}/files/content", params={"path": path})
    found: dict[str, Any] = json.loads(answer.text)
    return found


def choose(page: Page, element: str) -> None:
    """Choose an element of the diagram, found by its id, as one does who knows it: with the search."""
    page.get_by_role("button", name="ค้นหาในผัง").click()
    page.locator(".djs-search-input input").press_sequentially(element)
    expect(page.locator(".djs-search-result-selected")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("#panel-title + p")).to_have_text(element)


def wait_saved(page: Page) -> None:
    expect(page.locator(".draft-saving")).to_have_text("บันทึกแล้ว")


def test_who_was_faster_is_told_and_nothing_is_written_over_unasked(
    office: Office, enter: Enter, watch: Watch, axe: str
) -> None:
    watch.refusals.add(409)
    key = draft_of(office, "ร่างของสองคน")
    page = enter("owner", f"/workbench/drafts/{key}", phone=True)
    expect(page.locator(".djs-container")).to_be_visible()
    shoot(page, "813-modeler-telephone")
    choose(page, TASK)
    theirs = diagram_of(office, key)
    content = theirs["content"].replace("</bpmn:definitions>", "<!-- theirs --></bpmn:definitions>")
    put = {"path": theirs["path"], "content": content, "revision": theirs["revision"]}
    written = office.as_("owner").put(f"/v2/model-drafts/{key}/files/content", json=put)
    assert written.is_success, written.text
    page.get_by_label("ขั้นตอนที่").fill("99")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("แก้ไขไฟล์นี้เมื่อ")
    found = judge(page, axe, "stale")
    shoot(page, "814-stale-telephone")
    assert "<!-- theirs -->" in diagram_of(office, key)["content"]
    page.get_by_role("button", name="บันทึกของฉันทับ").click()
    wait_saved(page)
    assert 'number="99"' in diagram_of(office, key)["content"]
    assert found == []


def test_a_task_is_copied_into_another_draft_in_another_tab(office: Office, enter: Enter, watch: Watch) -> None:
    page = enter("owner", f"/workbench/drafts/{draft_of(office, 'ต้นทาง')}")
    expect(page.locator(".djs-container")).to_be_visible()
    choose(page, TASK)
    page.locator(".djs-container > svg").focus()
    page.keyboard.press("Control+c")
    made = office.ask("POST", "/v2/model-drafts", {"name": "ปลายทาง"})
    page = page.context.new_page()
    page.goto(f"/workbench/drafts/{made['draftKey']}")
    expect(page.get_by_role("heading", level=1)).to_have_text("ปลายทาง")
    canvas = page.locator(".djs-container")
    canvas.click(position={"x": 500, "y": 450})
    page.keyboard.press("Control+v")
    canvas.hover(position={"x": 520, "y": 470})
    canvas.click(position={"x": 530, "y": 480})
    expect(page.locator("#panel-title + p")).to_have_text(TASK)
    wait_saved(page)
    shoot(page, "816-pasted", full=False)
    file = get(office, made["draftKey"])["files"][0]["path"]
    kept = office.as_("owner").get(f"/v2/model-drafts/{made['draftKey']}/files/content", params={"path": file}).json()
    assert "bpmn:userTask" in kept["content"]
    assert "krabuan:step" in kept["content"]
