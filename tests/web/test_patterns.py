"""Patterns in a real browser: put into the flow after a chosen step, saved, drawn, and accepted by the check."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.web.conftest import Enter, Watch, shoot
from tests.web.office import Office
from tests.web.test_accessibility import axe, judge
from tests.web.test_workbench import choose, diagram_of, draft_of, get

__all__ = ["axe"]
pytestmark = pytest.mark.browser
TASK = "Task_StudyLaw"


def test_a_pattern_is_put_in_after_a_step_and_taken_out(office: Office, enter: Enter, watch: Watch, axe: str) -> None:
    key = draft_of(office, "ร่างที่มีรูปแบบ")
    before = diagram_of(office, key)["content"]
    page = enter("owner", f"/workbench/drafts/{key}", theme="contrast")
    expect(page.locator(".djs-container")).to_be_visible()
    choose(page, TASK)
    page.get_by_role("button", name="แทรกรูปแบบสำเร็จ").press("Enter")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("รูปแบบ").select_option(label="ตรวจทานและส่งกลับแก้ไข")
    found = judge(page, axe, "pattern-dialog")
    shoot(page, "863-pattern-dialog", full=False)
    dialog.get_by_role("button", name="แทรก").press("Enter")
    out = page.get_by_role("button", name="นำรูปแบบออก")
    expect(out).to_be_visible()
    drawn = diagram_of(office, key)["content"]
    (review,) = (part.split('"')[0] for part in drawn.split('<bpmn:userTask id="Task_Review_')[1:])
    choose(page, f"Task_Review_{review}")
    shoot(page, "864-pattern-drawn", full=False)
    findings = office.ask("POST", f"/v2/model-drafts/{key}/check", {})["findings"]
    assert [each for each in findings if each["severity"] == "ERROR"] == []
    out.press("Enter")
    expect(out).to_have_count(0)
    assert diagram_of(office, key)["content"] == before
    assert get(office, key)["state"] == "OPEN"
    assert found == []
