"""No page has a violation of WCAG 2.2 A or AA that axe can find: languages, windows, themes and sizes of letters."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import Enter, Watch, shoot, wear
from tests.web.office import STAFF, Office, moment
from tests.web.serving import ROOT

pytestmark = pytest.mark.browser
AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
THEMES = ["light", "dark", "contrast"]
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
COLOURS = ("color-contrast", "link-in-text-block")  # what another theme can change


@pytest.fixture(scope="module")
def axe() -> str:
    return Path(AXE).read_text(encoding="utf-8")


def test_the_sign_in_can_be_read_in_every_theme(enter: Enter, watch: Watch, axe: str) -> None:
    watch.refusals.add(401)
    nobody = enter(None, "/signin", language="en", phone=True)
    found: list[str] = []
    for theme in THEMES:
        wear(nobody, theme)
        nobody.reload()
        nobody.locator("form").wait_for()
        found += judge(nobody, axe, f"signin {theme}")
    assert found == [], "\n".join(found)


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


# By how much, and what reaches furthest without anything in it that does.
WIDER = """() => {
  const root = document.documentElement, wide = root.scrollWidth - root.clientWidth;
  if (wide <= 0) return [wide, ''];
  const right = each => each.getBoundingClientRect().right;
  const found = [...document.body.querySelectorAll('*')].filter(each => right(each) >= root.scrollWidth - 1);
  const last = found.at(-1);
  return [wide, last ? `${last.tagName} ${last.className} ${last.textContent.slice(0, 60)}` : ''];
}"""


def wider(page: Page, name: str) -> list[str]:
    """Whether the page is wider than what shows it."""
    wide, first = page.evaluate(WIDER)
    return [f"{name}: {wide} px too wide: {first}"] if wide > 0 else []


def test_axe_sees_what_is_wrong(enter: Enter, axe: str) -> None:
    """A picture without words and letters that nobody can read: otherwise its silence says nothing."""
    page = enter(STAFF)
    page.get_by_role("heading", level=1).wait_for()
    page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<img src=/favicon.svg><p style=color:#eee>อ่านไม่ออก</p>')"
    )
    rules = {line.split(" ")[1] for line in judge(page, axe, "wrong")}
    assert rules >= {"image-alt", "color-contrast"}


# Letters of a large diagram that is shown as a whole, too small for any eye: what lies under them has no contrast.
RUN = """([within, options]) => {
    for (const text of document.querySelectorAll('.djs-visual text'))
        text.toggleAttribute('data-speck', text.getBoundingClientRect().height < 4);
    const include = within ? [...document.querySelectorAll(within)] : document;
    return axe.run({ include, exclude: ['[data-speck]'] }, options);
}"""


def judge(page: Page, axe: str, name: str, rules: Sequence[str] = RULES, within: str | None = None) -> list[str]:
    """Every violation on the page as it is now, one line each; by all rules, or by those that are named; of the whole
    page, or of what is within."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(axe)
    kind = "tag" if rules is RULES else "rule"
    options = {"runOnly": {"type": kind, "values": list(rules)}, "resultTypes": ["violations"]}
    violations: list[dict[str, Any]] = page.evaluate(RUN, [within, options])["violations"]
    return [
        f"{name}: {one['id']} ({one['impact']}): {one['help']}: {node['target']} {node['html'][:160]}"
        for one in violations
        for node in one["nodes"]
    ]
