"""The case page replayed: any moment of a case, by keys and by links; its history narrowed; a long one is smooth."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from engine.layout import layout
from tests.execution.bench import diagram, flows, node, user
from tests.web.conftest import RESULTS, Enter, shoot
from tests.web.office import STAFF, Case, Office
from tests.web.test_accessibility import axe, judge

pytestmark = pytest.mark.browser
__all__ = ["axe"]  # a fixture


def slider(page: Page) -> Locator:
    return page.get_by_role("slider")


def active(page: Page) -> list[str]:
    """The elements that the diagram shows as where the case stands."""
    marked = page.locator(".djs-shape.krabuan-active:not(.djs-label)")
    found: list[str] = marked.evaluate_all("all => all.map(each => each.dataset.elementId)")
    return sorted(found)


def events(case: Case) -> list[dict[str, object]]:
    path = f"/v2/process-instances/{case.key}/history?limit=1000"
    items: list[dict[str, object]] = case.office.ask("GET", path, None, "auditor")["items"]
    return items


def number_of(case: Case, type_: str) -> int:
    """The number of the first event of a type."""
    return next(int(str(event["sequence"])) for event in events(case) if event["type"] == type_)


def test_an_auditor_goes_back_by_the_keys(office: Office, enter: Enter, axe: str) -> None:
    """Diagram, tasks and data are those of the moment; a link leads another person to the same moment."""
    case = office.case("Task_NotifyOffice")
    page = enter("auditor", f"/cases/{case.key}")
    expect(page.locator('[data-element-id="Task_NotifyOffice"].krabuan-active')).to_be_attached()
    expect(slider(page)).to_have_value(str(len(events(case))))
    slider(page).focus()
    page.keyboard.press("Home")
    expect(page.get_by_text("เหตุการณ์ที่ ๑ จาก")).to_be_visible()
    assert active(page) == []
    moment = number_of(case, "user-task-created")
    for _ in range(moment - 1):
        page.keyboard.press("ArrowRight")
    expect(slider(page)).to_have_value(str(moment))
    element = str(events(case)[moment - 1]["elementId"])
    assert element in active(page) and "Task_NotifyOffice" not in active(page)
    expect(page).to_have_url(f"{office.base}/cases/{case.key}?event={moment}")
    panel = page.locator(".variables-at")
    expect(panel.get_by_text("ยังไม่มีผู้รับ")).to_be_visible()
    expect(panel.get_by_role("table")).to_contain_text("aware_at")
    assert judge(page, axe, "replay") == []
    shoot(page, "replay-th-desk")

    other = enter("auditor", f"/cases/{case.key}?event={moment}")
    expect(slider(other)).to_have_value(str(moment))
    expect(other.locator(f'[data-element-id="{element}"].krabuan-active')).to_be_attached()

    page.get_by_role("button", name="กลับสู่ปัจจุบัน").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{office.base}/cases/{case.key}")
    expect(page.locator('[data-element-id="Task_NotifyOffice"].krabuan-active')).to_be_attached()


def test_what_happens_meanwhile_does_not_move_the_moment(office: Office, enter: Enter) -> None:
    """On a phone, in English: a comment is written while an earlier moment is looked at."""
    case = office.case("Task_NotifyOffice")
    page = enter(STAFF, f"/cases/{case.key}?event=3", language="en", phone=True)
    expect(slider(page)).to_have_value("3")
    page.get_by_role("tab", name="Comments").click()
    page.get_by_role("textbox").fill("เอกสารครบแล้ว")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator(".comments > li")).to_contain_text("เอกสารครบแล้ว")
    assert events(case)[-1]["type"] == "comment-written"
    expect(slider(page)).to_have_attribute("max", str(len(events(case))))
    expect(slider(page)).to_have_value("3")
    page.get_by_role("tab", name="History").click()
    page.get_by_label("Event", exact=True).select_option("comment-written")
    expect(page.locator(".timeline > li")).to_have_count(1)
    expect(page.locator(".timeline > li pre")).to_contain_text("เอกสารครบแล้ว")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    shoot(page, "replay-en-phone")


def long_case(office: Office, rounds: int) -> Case:
    """A case that went through a loop so many times, and waits."""
    items = f'<zeebe:loopCharacteristics inputCollection="=for i in 1..{rounds} return i" inputElement="i"/>'
    loop = node("multiInstanceLoopCharacteristics", "loop", items, attributes='isSequential="true"')
    inner = node("startEvent", "si") + node("manualTask", "m") + node("endEvent", "ei")
    inner += flows("si m", "m ei").replace('id="f', 'id="g')
    body = node("startEvent", "s") + node("subProcess", "Rounds", body=loop + inner) + user("Wait")
    body += flows("s Rounds", "Rounds Wait")
    xml = layout(diagram(body, process_id="long-history"))
    answer = office.as_("owner").post("/v2/deployments", files={"resources": ("long.bpmn", xml)})
    assert answer.is_success, answer.text
    started = office.ask("POST", "/v2/process-instances", {"processDefinitionId": "long-history"})
    return Case(office, str(started["processInstanceKey"]), "")


MEASURE = """() => new Promise(done => {
  const gaps = []; let last = performance.now(), n = 0;
  const range = document.querySelector('.replay-range');
  const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;
  const step = now => {
    gaps.push(now - last); last = now;
    if (++n > 120) return done(gaps.slice(1));
    set.call(range, String(1 + (n * 397) % Number(range.max)));
    range.dispatchEvent(new Event('input', { bubbles: true }));
    requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
})"""


def test_a_history_of_five_thousand_events_is_replayed(office: Office, enter: Enter) -> None:
    """Only rows near the window are drawn; the slider reaches every event. How long frames took is kept, not judged."""
    case = long_case(office, 420)
    page = enter("auditor", f"/cases/{case.key}")
    expect(slider(page)).to_have_attribute("max", str(total := _last(case)))
    assert total >= 5000
    page.get_by_text("แสดงเหตุการณ์ภายในระบบด้วย").click()
    expect(page.get_by_text("แสดง ๕,")).to_be_visible()
    assert page.locator(".timeline > li").count() < 500
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    expect(page.locator(".timeline > li").last).to_be_in_viewport()
    shoot(page, "replay-long-end", full=False)
    page.evaluate("window.scrollTo(0, 0)")
    gaps = sorted(page.evaluate(MEASURE))
    figures = {
        "events": total,
        "frames": len(gaps),
        "median_ms": gaps[len(gaps) // 2],
        "p95_ms": gaps[-len(gaps) // 20],
    }
    Path(RESULTS / "replay-frames.json").write_text(json.dumps(figures), encoding="utf-8")
    slider(page).focus()
    page.keyboard.press("Home")
    expect(slider(page)).to_have_value("1")
    page.keyboard.press("End")
    expect(page.get_by_role("button", name="กลับสู่ปัจจุบัน")).to_be_disabled()


def _last(case: Case) -> int:
    """The number of the last event."""
    after = 0
    while True:
        path = f"/v2/process-instances/{case.key}/history?limit=1000&after={after}"
        page = case.office.ask("GET", path, None, "auditor")["page"]
        after = page["lastSequence"]
        if not page["hasMore"]:
            return int(after)
