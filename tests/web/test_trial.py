"""A draft tried out in a real browser: its scenarios played and corrected, and a case walked by hand and kept."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.web.conftest import Enter, Watch, shoot
from tests.web.office import PROCESS, Office
from tests.web.serving import ROOT
from tests.web.test_accessibility import axe, judge
from tests.web.test_workbench import draft_of, get

__all__ = ["axe"]
pytestmark = pytest.mark.browser
SCENARIOS = Path("processes") / PROCESS / "scenarios"
ORDER = ROOT / "tests" / "sdk" / "order.bpmn"


def tried(office: Office, key: str) -> dict[str, Any]:
    """What the API says of the scenarios of a draft, by the name of their file."""
    found = office.ask("POST", f"/v2/model-drafts/{key}/trial", {})["scenarios"]
    return {one["path"].rsplit("/", 1)[1]: one for one in found}


def put(office: Office, key: str, path: str, content: str, revision: int | None) -> int:
    body = {"path": path, "content": content, "revision": revision}
    return int(office.ask("PUT", f"/v2/model-drafts/{key}/files/content", body)["revision"])


def test_an_owner_plays_scenarios_sees_why_one_fails_and_mends_it(
    office: Office, enter: Enter, watch: Watch, axe: str
) -> None:
    key = draft_of(office, "ทดลองก่อนเผยแพร่")
    for name in ("cyber-threat.yaml", "risk.yaml"):
        text = (ROOT / SCENARIOS / name).read_text(encoding="utf-8")
        put(office, key, f"{SCENARIOS}/{name}", text.replace("state: COMPLETED", "state: ACTIVE"), None)
    page = enter("owner", f"/workbench/drafts/{key}")
    page.get_by_role("link", name="ทดลอง", exact=True).click()
    page.get_by_role("button", name="เล่นทุกสถานการณ์").click()
    chosen = page.get_by_role("list", name="สถานการณ์ทดสอบ").get_by_role("button").filter(has_text="cyber-threat.yaml")
    expect(chosen).to_contain_text("ไม่ผ่าน")
    expect(page.locator(".krabuan-missed").first).to_be_attached()
    found = judge(page, axe, "trial-all")
    shoot(page, "trial-all-th-desk")
    chosen.focus()
    page.keyboard.press("Space")
    reason = page.get_by_text("สถานะ: คาดว่า ACTIVE แต่พบ COMPLETED")
    expect(reason).to_be_visible()
    expect(page.locator(".krabuan-taken").first).to_be_attached()
    page.get_by_role("button", name=re.compile("ไปที่บรรทัด")).first.click()
    text = page.get_by_role("textbox", name=f"{SCENARIOS}/cyber-threat.yaml")
    found += judge(page, axe, "trial-failed")
    shoot(page, "trial-failed-th-desk")
    text.fill(text.input_value().replace("state: ACTIVE", "state: COMPLETED"))
    page.get_by_role("button", name="เล่นสถานการณ์นี้").click()
    expect(reason).to_be_hidden()
    expect(chosen).to_contain_text("ผ่าน")
    outcomes = tried(office, key)
    assert (outcomes["cyber-threat.yaml"]["passed"], outcomes["risk.yaml"]["passed"]) == (True, False)
    assert found == []


def test_an_owner_walks_a_case_to_its_end_by_keyboard_and_keeps_it(
    office: Office, enter: Enter, watch: Watch, axe: str
) -> None:
    key = str(office.ask("POST", "/v2/model-drafts", {"name": "Walked"})["draftKey"])
    (file,) = get(office, key)["files"]
    drawn = ORDER.read_text(encoding="utf-8").replace('"clerks"', '"dpo"')
    revision = put(office, key, file["path"], drawn, file["revision"])
    office.ask("POST", f"/v2/model-drafts/{key}/files/layout", {"path": file["path"], "revision": revision})
    page = enter("owner", f"/workbench/drafts/{key}/trial", language="en", phone=True)
    page.get_by_role("tab", name="Scenarios").focus()
    page.keyboard.press("ArrowRight")
    page.get_by_role("textbox", name="Data").fill('{"orderId": "A-1"}')

    def press(name: str) -> None:
        button = page.get_by_role("button", name=name, exact=True)
        button.focus()
        page.keyboard.press("Enter")

    press("Begin")
    expect(page.locator('.djs-element.krabuan-active[data-element-id="Task_Check"]')).to_be_attached()
    found = judge(page, axe, "walk")
    shoot(page, "trial-walk-en-phone")
    press("Complete as dpo1")
    press("Send the message")
    press("The job is done")
    expect(page.get_by_text("The case has ended").first).to_be_visible()
    press("Keep as a scenario")
    expect(page.get_by_text("Kept as scenario-1.yaml")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    found += judge(page, axe, "walked")
    outcome = tried(office, key)["scenario-1.yaml"]
    assert outcome["passed"], outcome["reasons"]
    assert {"Task_Check", "Catch_Paid", "Task_Pack", "End"} <= {one["elementId"] for one in outcome["taken"]}
    assert found == []
