"""Process owners try before they publish: a decision table, a form, a scenario, a pattern, a commit of the Git source."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Walk
from tests.journeys.test_owners import NUMBERS, OWNER, choose, key_in, opened, saved
from tests.repositories import Repository
from tests.web.conftest import content_of
from tests.web.office import PROCESS, Office
from tests.web.serving import ROOT
from tests.web.test_decision_tables import DECISION, PATH
from tests.web.test_decision_tables import content_of as file_content
from tests.web.test_form_editor import form_of
from tests.web.test_trial import SCENARIOS, put, tried
from tests.web.test_workbench import diagram_of, draft_of, get

pytestmark = pytest.mark.browser
DIAGRAM = f"processes/{PROCESS}/{PROCESS}.bpmn"
SCENARIO = "cyber-threat.yaml"


def test_a_decision_table_is_changed_and_tried(office: Office, walk: Walk) -> None:
    key = draft_of(office, "ตารางที่แก้ไขและทดลอง")
    before = file_content(office, key)
    walker = walk(OWNER, f"/workbench/drafts/{key}?file={PATH}")
    cell = walker.page.get_by_role("gridcell").first
    walker.press(cell)
    walker.page.keyboard.press("Control+a")
    walker.page.keyboard.insert_text('"medium"')
    walker.page.keyboard.press("Enter")
    expect(cell).to_contain_text('"medium"')
    saved(walker)
    assert file_content(office, key) == before.replace("<text>-</text>", '<text>"medium"</text>', 1)
    trial = walker.page.get_by_role("region", name=walker.say("dmn.trial"))
    walker.write(trial.get_by_label("(nature_and_type_level)"), "medium")
    walker.write(trial.get_by_label("(high_risk)"), "high")
    walker.press(walker.button("dmn.trial.go", trial))
    walker.see(walker.say("dmn.trial.matched", n=1))
    asked = {**DECISION, "variables": {"nature_and_type_level": "medium", "high_risk": "high"}}
    told = office.ask("POST", f"/v2/model-drafts/{key}/decisions/evaluation", asked)
    assert [rule["ruleIndex"] for rule in told["evaluatedDecisions"][0]["matchedRules"]] == [1]


def test_a_form_gets_a_field_and_is_tried(office: Office, walk: Walk) -> None:
    key = draft_of(office, "แบบฟอร์มที่แก้ไขและทดลอง")
    path = next(file["path"] for file in get(office, key)["files"] if file["kind"] == "FORM")
    before = form_of(office, key, path)
    walker = walk(OWNER, f"/workbench/drafts/{key}?file={path}")
    number = walker.pick("ตัวเลข", "Number")
    walker.press("formedit.add")
    walker.press(walker.page.get_by_role("menuitem", name=number, exact=True))
    panel = walker.page.get_by_role("region", name=number)
    label = walker.say("panel.thai", label=walker.say("formedit.label"))
    for name, text in (
        (label, "จำนวนผู้เสียหาย"),
        (walker.say("formedit.key"), "victims"),
        (walker.say("formedit.min"), "5"),
    ):
        walker.write(panel.get_by_label(name, exact=True), text)
        walker.page.keyboard.press("Tab")
    saved(walker)
    pane = walker.page.get_by_role("region", name=walker.say("formedit.trial"))
    walker.write(pane.locator(".fjs-form-field-number input").last, "3")
    walker.press(walker.button("formedit.try", pane))
    walker.see(walker.say("formedit.refused"))
    after = form_of(office, key, path)
    added = after["components"][-1]
    assert (added["key"], added["label"], added["validate"]) == ("victims", "จำนวนผู้เสียหาย", {"min": 5})
    assert after["components"][:-1] == before["components"]


def test_a_scenario_is_played_on_a_draft_and_mended(office: Office, walk: Walk) -> None:
    key = draft_of(office, "ร่างที่ทดลองก่อนเผยแพร่")
    text = (ROOT / SCENARIOS / SCENARIO).read_text(encoding="utf-8")
    put(office, key, f"{SCENARIOS}/{SCENARIO}", text.replace("state: COMPLETED", "state: ACTIVE"), None)
    walker = walk(OWNER, f"/workbench/drafts/{key}/trial")
    walker.press("trial.playAll")
    listed = walker.page.get_by_role("list", name=walker.say("trial.scenarios"))
    chosen = listed.get_by_role("button").filter(has_text=SCENARIO)
    expect(chosen).to_contain_text(walker.say("trial.failed"))
    assert tried(office, key)[SCENARIO]["passed"] is False
    walker.press(chosen)
    walker.write(walker.page.get_by_role("textbox", name=f"{SCENARIOS}/{SCENARIO}"), text)
    walker.press("trial.playOne")
    expect(chosen).not_to_contain_text(walker.say("trial.failed"))  # in Thai it ends as what passes does
    expect(chosen).to_contain_text(walker.say("trial.passed"))
    assert tried(office, key)[SCENARIO]["passed"] is True


def test_a_pattern_is_put_in(office: Office, walk: Walk) -> None:
    key = draft_of(office, "ร่างที่แทรกรูปแบบ")
    before = diagram_of(office, key)["content"]
    walker = opened(walk, key)
    choose(walker, "Task_StudyLaw")
    walker.press("pattern.do")
    walker.choose(
        walker.field("pattern.which", walker.dialog()), walker.pick("ตรวจทานและส่งกลับแก้ไข", "Review and return")
    )
    walker.press(walker.button("pattern.put", walker.dialog()))
    walker.button("pattern.takeBack").wait_for()
    assert '<bpmn:userTask id="Task_Review_' in diagram_of(office, key)["content"]
    walker.press("pattern.takeBack")
    expect(walker.button("pattern.takeBack")).to_have_count(0)
    assert diagram_of(office, key)["content"] == before


def test_a_commit_becomes_a_draft(office: Office, source: Repository, walk: Walk) -> None:
    files = content_of(PROCESS)
    message = "ปรับผังตามมติ"
    mark = f"<!-- commit {next(NUMBERS)} -->"
    commit = source.commit(files | {DIAGRAM: files[DIAGRAM] + mark.encode()}, message)
    walker = walk(OWNER, "/workbench")
    walker.press(walker.link(walker.say("source.open")))
    processes = walker.page.get_by_role("region", name=walker.say("source.processes"))
    walker.press(processes.get_by_role("link"))
    walker.press("source.takeOf", id=commit[:10], message=message)
    walker.page.wait_for_url("**/workbench/drafts/*")
    expect(walker.page.locator(".djs-container")).to_be_visible()
    key = key_in(walker)
    assert get(office, key)["gitCommitId"] == commit
    assert mark in diagram_of(office, key)["content"]
