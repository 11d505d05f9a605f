"""The first day: the tour, the help of a page, and the display that goes with the account to another machine."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Route, expect

from tests.web.conftest import Enter, shoot
from tests.web.office import Office
from tests.web.test_accessibility import axe, judge

pytestmark = pytest.mark.browser
__all__ = ["axe"]
SETTINGS = "/v2/authentication/me/settings"
# accounts of which no other test looks at the display
NEWCOMER, TRAVELLER = "general_admin2", "network_group2"


@pytest.fixture
def accounts(office: Office) -> Iterator[None]:
    """What these tests choose for an account is put back."""
    yield
    for account in (NEWCOMER, TRAVELLER):
        usual = {"language": "th", "theme": "system", "textSize": 100, "still": False}
        office.ask("PUT", SETTINGS, usual, account)


def test_the_tour_is_gone_through_by_keyboard_and_comes_once(
    office: Office, enter: Enter, axe: str, accounts: None
) -> None:
    page = enter(NEWCOMER, first_day=True)
    tour = page.get_by_role("dialog", name="ยินดีต้อนรับ")
    expect(tour).to_be_visible()
    assert judge(page, axe, "tour") == []
    shoot(page, "920-tour", full=False)
    cut = "all => all.filter(one => one.scrollWidth > one.clientWidth).map(one => one.innerText)"
    assert tour.locator("p").evaluate_all(cut) == [], "sentences go on in the next line"
    for _ in range(4):
        page.get_by_role("button", name="ถัดไป").press("Enter")
    page.get_by_role("button", name="เริ่มใช้งาน").press("Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.wait_for_function("() => document.querySelector('.tour-card') === null")
    expect(page.get_by_role("link", name="เรื่องของฉัน")).to_be_visible()
    page.reload()
    page.get_by_role("button", name="วิธีใช้").wait_for()
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert office.ask("GET", SETTINGS, account=NEWCOMER)["tours"] == ["staff"]


def test_help_is_about_the_page_and_the_tour_is_seen_again_on_a_telephone(enter: Enter, axe: str) -> None:
    page = enter("auditor", "/cases", language="en", phone=True)
    page.get_by_role("button", name="Help").press("Enter")
    dialog = page.get_by_role("dialog", name="Register of cases")
    expect(dialog.get_by_role("listitem").first).to_be_visible()
    assert judge(page, axe, "help") == []
    shoot(page, "921-help-phone", full=False)
    dialog.get_by_role("button", name="First day of an auditor").press("Enter")
    expect(page.get_by_role("dialog", name="Welcome")).to_be_visible()
    shoot(page, "922-tour-phone", full=False)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_script_in_a_help_text_never_runs(enter: Enter) -> None:
    """Whatever stands in the file: it is text."""
    hostile = "# <img src=x onerror='window.ran=1'>\n\n- <script>window.ran=1</script> [a](javascript:window.ran=1)\n"
    page = enter("auditor", "/cases")

    def answer(route: Route) -> None:
        route.fulfill(content_type="text/javascript", body=f"export default {json.dumps(hostile)};")

    page.route(re.compile(r"/assets/cases\.th-.*\.js$"), answer)
    page.get_by_role("button", name="วิธีใช้").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("<script>window.ran=1</script>")
    expect(dialog).to_contain_text("<img src=x")
    assert dialog.locator("script, img, a").count() == 0
    assert page.evaluate("window.ran") is None


def theme(page: Page) -> str:
    return str(page.evaluate("document.documentElement.dataset.theme"))


def test_what_one_chose_is_there_on_another_machine(office: Office, enter: Enter, accounts: None) -> None:
    """The theme and the language go along; the first machine keeps them, too."""
    page = enter(TRAVELLER)
    page.get_by_role("button", name="บัญชีผู้ใช้").press("Enter")
    page.get_by_role("menuitem", name="การแสดงผล").press("Enter")
    with page.expect_response(lambda r: SETTINGS in r.url and r.request.method == "PUT"):
        page.get_by_text("มืด", exact=True).click()
    page.get_by_role("button", name="เสร็จ").press("Enter")
    with page.expect_response(lambda r: SETTINGS in r.url and r.request.method == "PUT"):
        page.get_by_role("button", name="English").press("Enter")
    kept = office.ask("GET", SETTINGS, account=TRAVELLER)["display"]
    assert (kept["theme"], kept["language"]) == ("dark", "en")
    other = enter(TRAVELLER, first_day=True)
    expect(other.get_by_role("heading", level=1)).to_have_text("My tasks")
    assert theme(other) == "dark"
    shoot(other, "923-taken-over", full=False)
