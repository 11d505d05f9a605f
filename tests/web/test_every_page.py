"""Every page and every dialog, each loaded twice: whatever can be looked for on a page is looked for in one visit.

In Thai on a desk: the other language, all that axe knows in one theme and colours in the two others, width with letters
of 200 % and on a telephone. In English on a telephone: the other language, axe in another theme, width.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.words import said
from tests.web import every_page
from tests.web.conftest import PHONE, SCREEN, Enter
from tests.web.every_page import Look, World
from tests.web.office import STAFF, Office
from tests.web.test_accessibility import COLOURS, RULES, THEMES, axe, judge, wider
from tests.web.test_languages import Data, foreign, settled

__all__ = ["axe"]
pytestmark = pytest.mark.browser
Looks = Callable[[World], dict[str, Look]]
ROLES: dict[str, tuple[str, Looks]] = {
    "staff": (STAFF, every_page.of_staff),
    "owners": ("owner", every_page.of_owners),
    "administrators": ("admin", every_page.of_administrators),
    "others": ("admin", every_page.of_nobody_yet),
}


@pytest.fixture(scope="module")
def world(office: Office) -> World:
    return every_page.furnish(office)


LEAVE = """path => {
  for (const each of document.querySelectorAll('main *')) each.dataset.left = '';
  history.pushState({}, '', path);
  dispatchEvent(new PopStateEvent('popstate', { state: history.state }));
}"""


class Visitor:
    """Goes from page to page and notes what is wrong."""

    def __init__(self, page: Page, axe: str, language: str) -> None:
        self.page, self.axe, self.language = page, axe, language
        self.data, self.found = Data(page), list[str]()

    def dress(self, theme: str, size: int = 100) -> None:
        """As the application does it itself when something else is chosen."""
        self.page.evaluate(
            "([theme, size]) => { const root = document.documentElement; root.dataset.theme = theme;"
            " root.style.setProperty('--text-size', String(size / 100)); }",
            [theme, size],
        )

    def visit(self, look: Look) -> None:
        """Go there as by a link, without a load; what the page before leaves behind is not taken for the page."""
        here, there = self.page.evaluate("location.pathname"), look.path.partition("?")[0]
        if here == there:
            self.page.goto(look.path)
        else:
            self.page.evaluate(LEAVE, look.path)
        self.page.locator(look.ready).locator("visible=true").and_(
            self.page.locator(":not([data-left])")
        ).first.wait_for()
        settled(self.page)

    def read(self, name: str) -> None:
        self.found += foreign(self.page, self.data, self.language, name)

    def on_a_desk(self, name: str, turn: int) -> None:
        """All rules in one theme, those of colours in all."""
        for number, theme in enumerate(THEMES):
            self.dress(theme)
            rules = RULES if number == turn % len(THEMES) else COLOURS
            self.found += judge(self.page, self.axe, f"{name} {theme}", rules)
        self.dress("light", 200)
        self.found += wider(self.page, f"{name} with large letters")
        self.page.set_viewport_size(PHONE)
        self.dress("light")
        self.found += wider(self.page, f"{name} on a telephone")
        self.page.set_viewport_size(SCREEN)

    def on_a_telephone(self, name: str, turn: int) -> None:
        theme = THEMES[turn % len(THEMES)]
        self.dress(theme)
        self.found += judge(self.page, self.axe, f"{name} {theme}") + wider(self.page, name)

    def look_round(self, name: str, turn: int) -> None:
        self.read(name)
        (self.on_a_desk if self.language == "th" else self.on_a_telephone)(name, turn)

    def tabs(self, name: str, turn: int) -> None:
        """What is behind each tab of the page."""
        for number, tab in enumerate(self.page.get_by_role("tab").all()[1:]):
            tab.click()
            settled(self.page)
            self.dress(THEMES[(turn + number) % len(THEMES)])
            self.read(f"{name}, tab {number}")
            self.found += judge(self.page, self.axe, f"{name}, tab {number}")

    def opened(self, name: str, opener: Locator, turn: int) -> None:
        """What a button opens on top of the page, which closes with Escape."""
        opener.click()
        top = self.page.get_by_role("dialog").or_(self.page.get_by_role("menu")).first
        top.wait_for()
        settled(self.page)
        self.dress(THEMES[turn % len(THEMES)])
        self.read(name)
        self.found += judge(self.page, self.axe, name, within="[role=dialog], [role=menu]")
        self.page.keyboard.press("Escape")
        expect(top).to_have_count(0)


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("role", ROLES)
def test_no_page_violates_wcag_or_speaks_the_other_language(
    office: Office, enter: Enter, axe: str, world: World, role: str, language: str
) -> None:
    account, looks = ROLES[role]
    page = enter(account, "/nothing-here", language=language, phone=language == "en")
    visitor, shift = Visitor(page, axe, language), 0 if language == "th" else 1
    banner = page.get_by_role("banner")
    for number, (name, look) in enumerate(looks(world).items()):
        turn = number + shift
        visitor.visit(look)
        visitor.look_round(name, turn)
        visitor.tabs(name, turn)
        for key in look.opens:
            opener = page.get_by_role("button", name=re.compile(f"^{re.escape(said(language, key).partition('{')[0])}"))
            visitor.opened(f"{name}, {key}", opener.first, turn)
    for each in banner.locator("[aria-haspopup]:visible").all():
        visitor.opened(f"{role}, {each.inner_text()}", each, shift)
    assert visitor.found == [], "\n".join(sorted(set(visitor.found)))


def test_no_page_is_left_out(world: World) -> None:
    """A new route is looked at here, too."""
    looks = {name: look for _, of in ROLES.values() for name, look in of(world).items()}
    assert every_page.unseen(looks) == {"/signin"}
