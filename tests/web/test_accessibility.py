"""No page has a violation of WCAG 2.2 A or AA that axe can find: languages, windows, themes and sizes of letters."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import PHONE, SCREEN, Enter, Watch, shoot, wear
from tests.web.office import STAFF, Case, Office, moment
from tests.web.serving import ROOT

pytestmark = pytest.mark.browser
AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
THEMES = ["light", "dark", "contrast"]
SIZES = [100, 200]  # percent
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def axe() -> str:
    return Path(AXE).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("language", "phone", "turn"),
    [("th", False, 0), ("en", False, 1), ("th", True, 2)],
    ids=["thai", "english", "thai-phone"],
)
def test_no_page_violates_wcag(
    office: Office, enter: Enter, watch: Watch, axe: str, language: str, phone: bool, turn: int
) -> None:
    """Nor is any page wider than a telephone; English words are the longer ones, so that is asked of both languages.

    The three turns go over the pages with the themes shifted by one: each page is seen in each.
    """
    case = office.case("Task_NotifyOffice")
    office.advance(timedelta(hours=25))  # with warnings to read
    office.case()  # and a task that nobody has claimed
    task = case.claim("Task_NotifyOffice", STAFF)
    page = enter(STAFF, language=language, phone=phone)
    found: list[str] = []
    for number, (name, (path, ready)) in enumerate(pages_of(case, task).items()):
        theme = THEMES[(number + turn) % len(THEMES)]
        wear(page, theme, SIZES[(number + turn) % len(SIZES)] if not phone else 100)
        page.goto(path)
        page.locator(ready).first.wait_for()
        found += judge(page, axe, f"{name} {theme}") + wider(page, name)
        if phone or language == "en":  # of the three, the two that other tests show least
            shoot(page, f"600-{name}-{language}-{theme}")
        wear(page, theme)
        page.set_viewport_size(PHONE)
        page.reload()
        page.locator(ready).first.wait_for()
        found += wider(page, name)
        page.set_viewport_size(PHONE if phone else SCREEN)
    wear(page, THEMES[turn])
    page.goto(f"/cases/{case.key}")
    page.locator(".timeline li").first.wait_for()
    for tab in page.get_by_role("tab").all():
        tab.click()
        found += judge(page, axe, f"tab {tab.inner_text()} {THEMES[turn]}")
    watch.refusals.add(401)
    nobody = enter(None, "/signin", language=language, phone=phone)
    for theme in THEMES:
        wear(nobody, theme)
        nobody.reload()
        nobody.locator("form").wait_for()
        found += judge(nobody, axe, f"signin {theme}")
    assert found == [], "\n".join(found)


def test_no_page_of_owners_and_administrators_violates_wcag(office: Office, enter: Enter, axe: str) -> None:
    """Each in all three themes; the size of letters and the language change with every page."""
    case = office.case()
    pages = {
        "registers": ("/registers", "table"),
        "search": ("/search", "form"),
        "process": (f"/processes/{case.definition}", ".djs-shape"),
        "office-calendar": ("/office-calendar", "table"),
        "channels": ("/channels", ".card"),
        "texts": ("/notification-texts", "textarea"),
        "hand-over": ("/hand-over", "input"),
        "incidents": ("/incidents", ".card"),
        "jobs": ("/jobs", ".card"),
        "operations": ("/operations", ".card"),
        "migration": ("/migration", "select"),
        "health": ("/health", ".card li"),
    }
    found: list[str] = []
    for language in ("th", "en"):
        page = enter("admin", language=language)
        for number, (name, (path, ready)) in enumerate(pages.items()):
            for theme in THEMES[number % 2 :: 2] if language == "th" else THEMES[1 - number % 2 :: 2]:
                wear(page, theme, SIZES[(number + THEMES.index(theme)) % len(SIZES)])
                page.goto(path)
                page.locator(ready).first.wait_for()
                found += judge(page, axe, f"{name} {theme}") + wider(page, f"{name} {theme}")
                shoot(page, f"602-{name}-{language}-{theme}")
    assert found == [], "\n".join(found)


def pages_of(case: Case, task: str) -> dict[str, tuple[str, str]]:
    """Every page of the application, and what shows that it is drawn."""
    return {
        "inbox": ("/", "table, .card"),
        "groups": ("/?view=groups", "table, .card"),
        "task": (f"/tasks/{task}", ".djs-shape"),
        "start": ("/start", ".start-list"),
        "mine": ("/mine", "table, .card"),
        "start-form": (f"/start/{case.definition}", ".fjs-form-field"),
        "cases": ("/cases", "table"),
        "case": (f"/cases/{case.key}", ".timeline li"),
        "clocks": ("/clocks", ".task-table tbody tr"),
        "correction": (f"/cases/{case.key}/correction", ".fjs-form-field"),
        "notifications": ("/notifications", ".notification"),
        "reports": ("/reports", ".report-text"),
        "account": ("/account", ".account-table"),
        "approvals": ("/approvals", ".card"),
        "substitutes": ("/substitutes", "form"),
        "nothing-here": ("/nothing-here", "h1"),
    }


def test_refusals_and_dialogs_can_be_read_by_everybody(office: Office, enter: Enter, axe: str) -> None:
    """What appears only when something is wrong, or on top of the page."""
    case = office.case("Task_NotifyOffice")
    task = case.claim("Task_NotifyOffice", STAFF)
    page = enter(STAFF, f"/tasks/{task}")
    page.locator(".fjs-form-field").first.wait_for()
    page.get_by_role("button", name="ส่งงาน").click()
    expect(page.get_by_role("alert")).to_be_visible()
    found = judge(page, axe, "refused")
    page.get_by_role("button", name="เปิดปฏิทิน").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    found += judge(page, axe, "calendar")
    page.keyboard.press("Escape")
    point = case.get("control-points")[-1]["controlPointId"]
    body = {"kind": "waive", "key": task, "request": {"controlPointId": point, "reason": "เอกสารตามมาภายหลัง"}}
    office.ask("POST", "/v2/interventions", body, STAFF)
    owner = enter("owner", f"/tasks/{task}", phone=True)
    owner.locator(".control-points").get_by_role("button", name="ขอยกเว้น").first.click()
    expect(owner.get_by_role("dialog")).to_be_visible()
    found += judge(owner, axe, "waiver")
    for name, path in {"approvals": "/approvals", "manage": f"/cases/{case.key}"}.items():
        owner.goto(path)
        owner.locator(".interventions > li").first.wait_for()
        found += judge(owner, axe, name)
        found += wider(owner, name)
        shoot(owner, f"601-{name}")
    owner.get_by_role("button", name="เปลี่ยนเวลา").first.click()
    expect(owner.get_by_role("dialog")).to_be_visible()
    found += judge(owner, axe, "due time")
    assert found == []


def test_who_acts_for_another_and_who_hands_over(office: Office, enter: Enter, axe: str) -> None:
    """The switch, the banner, and the choice of a person, on a telephone."""
    now = office.now()
    dates = {"startDate": moment(now), "endDate": moment(now + timedelta(days=1))}
    body = {"absent": "ictc_director1", "substitute": "infosys_group1", **dates}
    office.ask("POST", "/v2/substitutions", body, "admin")
    page = enter("infosys_group1", phone=True)
    page.get_by_role("banner").get_by_role("button", name="ปฏิบัติราชการแทน").click()
    found = judge(page, axe, "switch")
    page.get_by_role("menuitem").first.click()
    page.locator(".acting-banner").wait_for()
    found += judge(page, axe, "banner") + wider(page, "banner")
    admin = enter("admin", "/hand-over", phone=True)
    admin.get_by_label("ผู้ส่งมอบ").first.fill("กลุ่ม")
    admin.get_by_role("option").first.wait_for()
    found += judge(admin, axe, "people")
    admin.get_by_role("option").first.click()
    admin.get_by_role("button", name="ส่งมอบงานทั้งหมด").click()
    admin.get_by_role("alert").wait_for()
    found += judge(admin, axe, "hand over") + wider(admin, "hand over")
    assert found == [], "\n".join(found)


def wider(page: Page, name: str) -> list[str]:
    """Whether the page is wider than what shows it."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [f"{name}: {wide} px too wide"] if wide > 0 else []


def test_axe_sees_what_is_wrong(enter: Enter, axe: str) -> None:
    """A picture without words and letters that nobody can read: otherwise its silence says nothing."""
    page = enter(STAFF)
    page.get_by_role("heading", level=1).wait_for()
    page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<img src=/favicon.svg><p style=color:#eee>อ่านไม่ออก</p>')"
    )
    rules = {line.split(" ")[1] for line in judge(page, axe, "wrong")}
    assert rules >= {"image-alt", "color-contrast"}


def judge(page: Page, axe: str, name: str) -> list[str]:
    """Every violation on the page as it is now, one line each."""
    page.evaluate(axe)
    options = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
    violations: list[dict[str, Any]] = page.evaluate("options => axe.run(document, options)", options)["violations"]
    return [
        f"{name}: {one['id']} ({one['impact']}): {one['help']}: {node['target']} {node['html'][:160]}"
        for one in violations
        for node in one["nodes"]
    ]
