"""The page of components: photographed in each theme and language, without a violation; dialogs open by keyboard."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.web.conftest import Enter, shoot, wear
from tests.web.test_accessibility import axe, judge, wider

pytestmark = pytest.mark.browser
__all__ = ["axe"]
THEMES = ("light", "dark", "contrast")


@pytest.mark.parametrize("language", ["th", "en"])
def test_every_component_in_every_theme(language: str, enter: Enter, axe: str) -> None:
    page = enter("admin", "/components", language=language)
    found: list[str] = []
    for theme in THEMES:
        wear(page, theme, 100 if theme != "contrast" else 150)
        page.reload()
        page.locator(".specimen").last.wait_for()
        found += judge(page, axe, theme) + wider(page, theme)
        shoot(page, f"930-components-{language}-{theme}")
    assert found == [], "\n".join(found)


def test_dialogs_open_refuse_and_close_by_keyboard_on_a_telephone(enter: Enter, axe: str) -> None:
    page = enter("admin", "/components", phone=True)
    found = wider(page, "telephone")
    for name in ("ActionDialog", "ReasonDialog"):
        opener = page.get_by_role("region", name=name).get_by_role("button")
        opener.press("Enter")
        dialog = page.get_by_role("dialog")
        expect(dialog).to_be_visible()
        found += judge(page, axe, name)
        shoot(page, f"931-{name}", full=False)
        page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)
        expect(opener).to_be_focused()
    assert found == [], "\n".join(found)
