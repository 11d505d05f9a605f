"""The page of components: photographed in each theme; dialogs open by keyboard."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.web.conftest import Enter, shoot, wear
from tests.web.test_accessibility import axe, judge, wider

pytestmark = pytest.mark.browser
__all__ = ["axe"]
THEMES = ("light", "dark", "contrast")


def test_every_component_is_photographed_in_every_theme(enter: Enter) -> None:
    """test_every_page.py judges them; high contrast with larger letters."""
    page = enter("admin", "/components")
    for theme in THEMES:
        wear(page, theme, 100 if theme != "contrast" else 150)
        page.reload()
        page.locator(".specimen").last.wait_for()
        assert wider(page, theme) == []
        shoot(page, f"930-components-th-{theme}")


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
