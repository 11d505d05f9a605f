"""Two ways to work a page: with a pointer, or with nothing but the keys that everybody has.

With keys alone nothing is clicked and nothing is focused by the test: Tab goes on until the control has the focus, as
for a person who cannot use a mouse; a control that Tab (and the arrows, within a menu or a group) never comes to fails.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from playwright.sync_api import Keyboard, Locator, Page

FAR = 250  # presses of Tab after which a control counts as out of reach
WITHIN = 80  # and presses of an arrow, within a menu or a group

# Of a list of suggestions the field keeps the focus, and says which one is meant and whose list it works.
# Null of what was taken from the page since it was found.
HAS_FOCUS = """element => {
    if (!element.isConnected) return null;
    const active = document.activeElement;
    const meant = active?.getAttribute('aria-activedescendant');
    return element.contains(active) || (!!element.id && [meant, active?.getAttribute('aria-controls')].includes(element.id));
}"""
# Several controls that Tab enters as one, by ARIA's patterns or by HTML.
GROUP = """element => {
    const found = element.closest('[role=menu],[role=listbox],[role=tablist],[role=radiogroup],[role=grid],[role=tree]');
    if (found) return found.querySelector('tbody') ?? found;  // the head of a grid may hold buttons of its own
    if (element.type === 'radio') return element.closest('fieldset,.fjs-form-field') ?? element.parentElement;
    return null;
}"""


class Hand(Protocol):
    """What a person does to a control that is on the page."""

    def press(self, control: Locator) -> None:
        """A button, link, tab, menu item or option."""

    def write(self, control: Locator, text: str) -> None:
        """Replace what a field holds."""

    def choose(self, control: Locator, label: str) -> None:
        """An option of a drop-down list."""

    def tick(self, control: Locator) -> None:
        """A box or one of several round ones, which is then on."""


class Pointer:
    """Clicks."""

    def press(self, control: Locator) -> None:
        control.click()

    def write(self, control: Locator, text: str) -> None:
        control.fill(text)

    def choose(self, control: Locator, label: str) -> None:
        control.focus()  # as a click would, by which the field before it is left
        control.select_option(label=label)

    def tick(self, control: Locator) -> None:
        if not control.is_checked():
            around = control.locator("xpath=ancestor::label")  # react-aria lays it over the control, which it hides
            (around if around.count() else control).click()


class Keys:
    """Tab, Shift, Enter, Space, the arrows, letters."""

    def __init__(self, page: Page) -> None:
        self._page = page

    @property
    def _keys(self) -> Keyboard:
        return self._page.keyboard

    def press(self, control: Locator) -> None:
        self.reach(control)
        self._keys.press("Enter")

    def write(self, control: Locator, text: str) -> None:
        self.reach(control)
        self._keys.press("Control+a")
        self._keys.press("Delete")
        self._keys.insert_text(text)

    def choose(self, control: Locator, label: str) -> None:
        self.reach(control)
        self._keys.press("Home")
        for _ in range(int(control.evaluate("list => list.options.length"))):
            if control.evaluate("list => list.selectedOptions[0]?.label.trim()") == label:
                return
            self._keys.press("ArrowDown")
        raise AssertionError(f"no option {label!r} by keys")

    def tick(self, control: Locator) -> None:
        self.reach(control)
        if not control.is_checked():
            self._keys.press("Space")

    def reach(self, control: Locator) -> None:
        """Bring the focus to a control; one that was not there to begin with is waited for."""
        control.wait_for(state="attached")
        group = control.evaluate_handle(GROUP).as_element()
        if group is not None and not control.evaluate(HAS_FOCUS):
            self._tab_until(lambda: bool(group.evaluate(HAS_FOCUS)), control)
            arrow = "ArrowRight" if group.get_attribute("role") == "tablist" else "ArrowDown"
            for _ in range(WITHIN):
                if control.evaluate(HAS_FOCUS):
                    return
                self._keys.press(arrow)
            raise AssertionError(f"the arrows do not come to {control}")
        self._tab_until(self._focus_of(control), control)

    @staticmethod
    def _focus_of(control: Locator) -> Callable[[], bool]:
        """Whether the control has the focus. To find it anew after each key would take longer than all the rest: that is
        done where it is gone, and once it is come to."""
        element = control.element_handle()

        def reached() -> bool:
            nonlocal element
            found = element.evaluate(HAS_FOCUS)
            if found is None or (found and not control.evaluate(HAS_FOCUS)):
                element = control.element_handle()
                found = element.evaluate(HAS_FOCUS)
            return bool(found)

        return reached

    def _tab_until(self, reached: Callable[[], bool], control: Locator) -> None:
        for _ in range(FAR):
            if reached():
                return
            self._keys.press("Tab")
        raise AssertionError(f"Tab does not come to {control}")
