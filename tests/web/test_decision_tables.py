"""Decision tables of a draft in a real browser: changed cell by cell, tried with sample data, saved as one goes."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.web.conftest import Enter, Watch, shoot
from tests.web.office import PROCESS, Office
from tests.web.test_accessibility import axe, judge
from tests.web.test_workbench import draft_of, wait_saved

__all__ = ["axe"]
pytestmark = pytest.mark.browser
PATH = f"processes/{PROCESS}/breach-risk-level.dmn"
DECISION = {"path": PATH, "decisionDefinitionId": "breach-risk-level"}


def content_of(office: Office, key: str, path: str = PATH) -> str:
    answer = office.as_("owner").get(f"/v2/model-drafts/{key}/files/content", params={"path": path})
    found: dict[str, Any] = json.loads(answer.text)
    return str(found["content"])


def test_a_table_is_changed_by_keys_and_tried(office: Office, enter: Enter, watch: Watch, axe: str) -> None:
    key = draft_of(office, "ตารางระดับความเสี่ยง")
    before = content_of(office, key)
    page = enter("owner", f"/workbench/drafts/{key}?file={PATH}")
    grid = page.get_by_role("grid", name="ตารางตัดสินใจ ระดับความเสี่ยง")
    first = grid.get_by_role("gridcell").first
    first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Control+a")
    page.keyboard.type('"medium"')
    page.keyboard.press("Enter")
    wait_saved(page)
    after = content_of(office, key)
    assert after == before.replace("<text>-</text>", '<text>"medium"</text>', 1)  # nothing but the cell has changed
    trial = page.get_by_role("region", name="ทดลอง")
    trial.get_by_label("(nature_and_type_level)").fill("medium")
    trial.get_by_label("(high_risk)").fill("high")
    page.keyboard.press("Enter")
    expect(trial.get_by_role("status")).to_contain_text("แถวที่ตรง: ๑")
    expect(grid.get_by_role("row").nth(1)).to_contain_text("✓ ตรง")
    asked = {**DECISION, "variables": {"nature_and_type_level": "medium", "high_risk": "high"}}
    told = office.ask("POST", f"/v2/model-drafts/{key}/decisions/evaluation", asked)
    assert [rule["ruleIndex"] for rule in told["evaluatedDecisions"][0]["matchedRules"]] == [1]
    found = judge(page, axe, "decision-table")
    shoot(page, "decision-table-th-desk", full=False)
    assert found == []


def test_a_fault_in_a_cell_is_told_there_on_a_telephone(office: Office, enter: Enter, watch: Watch, axe: str) -> None:
    watch.refusals.add(400)  # what is faulty cannot be tried
    key = draft_of(office, "Risk levels")
    page = enter("owner", f"/workbench/drafts/{key}?file={PATH}", language="en", phone=True)
    grid = page.get_by_role("grid", name="Decision table ระดับความเสี่ยง")
    cell = grid.get_by_role("gridcell").first
    cell.click()
    page.keyboard.type("(")
    page.keyboard.press("Tab")
    expect(cell).to_contain_text("not correct FEEL")
    found = judge(page, axe, "decision-fault")
    shoot(page, "decision-table-en-phone")
    page.get_by_role("button", name="Undo").click()
    expect(cell).not_to_contain_text("FEEL")
    expect(page.locator(".draft-saving")).to_have_text("Saved")
    checked = office.ask("POST", f"/v2/model-drafts/{key}/check")["findings"]
    assert [each for each in checked if each["severity"] == "ERROR"] == []
    assert found == []
