"""A person on the way through the pages, in a language, a window, a theme, with a pointer or with keys alone."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.journeys.hands import Hand, Keys, Pointer
from tests.journeys.looks import Look
from tests.journeys.words import said
from tests.web.conftest import shoot
from tests.web.filling import fields_of, place


class Walker:
    """Finds everything by what a person reads or hears, never by where it stands in the document."""

    def __init__(self, page: Page, look: Look, name: str) -> None:
        self.page, self.look, self._name, self._pictures = page, look, name, 0
        self.hand: Hand = Keys(page) if look.hand == "keys" else Pointer()

    def say(self, key: str, **parts: str | int) -> str:
        """A text of the pages in the language of this walk."""
        return said(self.look.language, key, **parts)

    def pick(self, thai: str, english: str) -> str:
        """What a process or an answer says in two languages."""
        return thai if self.look.language == "th" else english

    def go(self, path: str) -> None:
        """Open an address, as from a mail or a bookmark."""
        self.page.goto(path)

    def see(self, text: str) -> None:
        """Wait until this is to be read, as words of its own: "Sent" is not in "presented"."""
        words = re.compile(rf"(?<![A-Za-z]){re.escape(text)}(?![A-Za-z])")
        expect(self.page.get_by_text(words).locator("visible=true").first).to_be_visible()

    def heading(self, key: str, **parts: str | int) -> None:
        """Wait for the page of this title."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(self.say(key, **parts))

    def button(self, key: str, within: Locator | None = None, **parts: str | int) -> Locator:
        return (within or self.page).get_by_role("button", name=self.say(key, **parts), exact=True)

    def link(self, name: str, within: Locator | None = None) -> Locator:
        return (within or self.page).get_by_role("link", name=name)

    def field(self, key: str, within: Locator | None = None, **parts: str | int) -> Locator:
        return (within or self.page).get_by_label(self.say(key, **parts))

    def dialog(self) -> Locator:
        return self.page.get_by_role("dialog")

    def press(self, control: Locator | str, **parts: str | int) -> None:
        """A control, or the button with the text of this key."""
        self.hand.press(self.button(control, **parts) if isinstance(control, str) else control)

    def write(self, control: Locator | str, text: str) -> None:
        """Into a field, or the one with the label of this key."""
        self.hand.write(self.field(control) if isinstance(control, str) else control, text)

    def choose(self, control: Locator | str, label: str) -> None:
        self.hand.choose(self.field(control) if isinstance(control, str) else control, label)

    def tick(self, control: Locator | str) -> None:
        self.hand.tick(self.field(control) if isinstance(control, str) else control)

    def find_person(self, key: str, account: str) -> None:
        """In the field of this key, which looks people up: type a name and take the one of this account."""
        label = self.say(key)
        field = self.page.get_by_role("searchbox", name=label).or_(self.page.get_by_role("textbox", name=label))
        self.hand.write(field.or_(self.page.get_by_role("combobox", name=label)).first, account)
        found = self.page.get_by_role("option").filter(has_text=account)
        found.first.wait_for(state="attached")
        # who was found before the last letter is shown until those are there who are looked for, and then the list moves
        others = self.page.get_by_role("listbox").filter(has=found).get_by_role("option").filter(has_not_text=account)
        expect(others).to_have_count(0)
        offered = found.first
        self.hand.press(offered)
        expect(offered).to_have_count(0)

    def menu(self, key: str, section: str) -> None:
        """Go to a page of a section by the main menu: the drawer on a telephone, the bar on a desk."""
        if self.look.window == "phone":
            opener = self.page.get_by_role("banner").get_by_role("button", name=self.say("menu.open"))
            self.hand.press(opener)
            self.hand.press(self.dialog().get_by_role("link", name=self.say(key)))
            return
        bar = self.page.get_by_role("navigation", name=self.say("app.nav"))
        bar.wait_for()
        straight = bar.get_by_role("link", name=self.say(key))
        if straight.count() == 0:
            self.hand.press(bar.get_by_role("button", name=self.say(section)))
            straight = self.page.get_by_role("menuitem", name=self.say(key), exact=True)
        self.hand.press(straight)

    @staticmethod
    def label_of(choice: Locator, value: str) -> str:
        """What an option of a drop-down list is called, once it is there."""
        choice.locator(f'option[value="{value}"]').wait_for(state="attached")
        said = choice.evaluate("(list, value) => [...list.options].find(one => one.value === value).label", value)
        return str(said)

    def fill_in(self, schema: dict[str, Any], data: dict[str, Any]) -> None:
        """Fill in a form of a process; a key without a field fails."""
        fields = fields_of(schema)
        for key, value in data.items():
            self._fill_in(fields[key], value)

    def _fill_in(self, field: dict[str, Any], value: Any) -> None:
        options = [option["value"] for option in field.get("values", [])]
        control = place(self.page, field)
        match field["type"]:
            case "textfield" | "textarea" | "number":
                self.hand.write(control, str(value))
            case "select":
                self.hand.choose(control, self._label(control, len(options) - options.index(value)))
            case "radio":
                self.hand.tick(place(self.page, field, f"-{options.index(value)}"))
            case "checklist":
                for one in value:
                    self.hand.tick(place(self.page, field, f"-{options.index(one)}"))
            case "checkbox":
                if value:
                    self.hand.tick(control)
            case "datetime":
                self.type_moment(control, value)
            case other:
                raise ValueError(f"nobody has filled in a {other} yet")

    @staticmethod
    def _label(control: Locator, from_end: int) -> str:
        """What an option is called in this language; an empty one may stand before them all."""
        return str(control.evaluate("(list, n) => list.options[list.options.length - n].label", from_end))

    def type_moment(self, group: Locator, value: str) -> None:
        """Part after part, in the Buddhist era in Thai."""
        when = datetime.fromisoformat(value)
        year = when.year + (543 if self.look.language == "th" else 0)
        parts = {"day": f"{when:%d}", "month": f"{when:%m}", "year": str(year)}
        if "T" in value:
            parts |= {"hour": f"{when:%H}", "minute": f"{when:%M}"}
        for name, digits in parts.items():
            segment = group.locator(f'[data-type="{name}"]')
            if isinstance(self.hand, Keys):
                self.hand.reach(segment)
            else:
                segment.click()
            self.page.keyboard.type(digits)

    def shoot(self, full: bool = False) -> Path:
        """Keep a picture of where the walk is."""
        self._pictures += 1
        return shoot(self.page, f"journey-{self._name}-{self._pictures}-{self.look}", full)
