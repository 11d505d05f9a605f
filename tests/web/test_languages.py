"""Every visible text is in the language of the page: the pages' own, and those of the libraries.

What stands on a page and came from the API (names, numbers, what people wrote) is data, and in whatever language it is.
Everything else is looked at: texts, and what screen readers are told. Marks of products and words that are the same in
both languages are listed here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.web.conftest import Enter
from tests.web.office import STAFF, Office
from tests.web.test_accessibility import pages_of

pytestmark = pytest.mark.browser
# names and abbreviations that Thai pages have as they are: products, formats, keys of the keyboard, the other language
NAMES = {
    "Krabuan", "English", "ภาษาไทย", "BPMN", "bpmn", "io", "DMN", "CSV", "PDF", "XES", "OCEL", "IEEE", "JSON", "XML", "API",
    "URL", "HTTPS", "SHA", "QR", "CIO", "ID", "Tab", "Enter", "Esc", "Escape", "Home", "End", "Space", "Ctrl", "Shift", "Alt",
    "webhook", "Webhook", "LINE", "ntfy", "Gotify", "Matrix", "iCalendar", "Outlook", "Google", "Thunderbird", "Powered", "by",
    "process", "mining", "apprise", "Excel", "MB",
}  # fmt: skip
SEEN = """() => {
  const found = [], put = (text, at) => text && text.trim() && found.push([text.trim(), at]);
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, box = node.parentElement;
    if (!box || box.closest('script, style, noscript, code, kbd, pre, [data-language], svg .djs-container svg')) continue;
    put(node.textContent, box.tagName.toLowerCase() + '.' + box.className);
  }
  for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'aria-description', 'aria-roledescription'])
    for (const each of document.querySelectorAll(`[${name}]:not([data-component])`))
      put(each.getAttribute(name), `${each.tagName.toLowerCase()}[${name}]`);
  return found;
}"""


class Data:
    """What the API told a page: every text of every answer."""

    def __init__(self, page: Page) -> None:
        self.texts: list[str] = []
        page.route(re.compile(r"/v2/(?!events)"), self._take)

    def _take(self, route: Route) -> None:
        answer = route.fetch()
        kind = answer.headers.get("content-type", "")
        if answer.ok and "json" in kind:
            self._walk(answer.json())
        elif answer.ok and "xml" in kind:
            self.texts.append(answer.text())
        route.fulfill(response=answer)

    def _walk(self, value: Any) -> None:
        if isinstance(value, str):
            self.texts.append(value)
        for inner in value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ():
            self._walk(inner)

    def tells(self, words: str) -> bool:
        return any(words in text for text in self.texts)


_FOREIGN = {"en": re.compile(r"[ก-๙]+(?:[ ]?[ก-๙ฯๆ./()]+)*"), "th": re.compile(r"[A-Za-z]{2,}(?:[ ][A-Za-z]{2,})*")}


def foreign(page: Page, data: Data, language: str, name: str) -> list[str]:
    """Runs of words in the other language that are neither data nor a listed name."""
    found = []
    for text, at in page.evaluate(SEEN):
        if data.tells(text):
            continue
        for run in _FOREIGN[language].findall(text):
            left = [word for word in run.split() if word not in NAMES and not data.tells(word)]
            if left and not data.tells(run):
                found.append(f"{name} ({language}) {at}: {text[:100]} -> {' '.join(left)}")
    return found


def settled(page: Page) -> None:
    """Names of people and units come a moment after the page."""
    if "/components" not in page.url:  # which shows how waiting looks
        expect(page.locator(".loading")).to_have_count(0)
    page.evaluate("document.fonts.ready")


@pytest.mark.parametrize("language", ["th", "en"])
def test_no_page_speaks_the_other_language(language: str, office: Office, enter: Enter) -> None:
    """As staff: the pages of daily work, with a form, a diagram and a calendar."""
    case = office.case("Task_NotifyOffice")
    task = case.claim("Task_NotifyOffice", STAFF)
    page = enter(STAFF, "/nothing-here", language=language)
    data, found = Data(page), list[str]()
    page.reload()
    for name, (path, ready) in {**pages_of(case, task), "notifications": ("/notifications", "h1")}.items():
        page.goto(path)
        page.locator(ready).first.wait_for()
        settled(page)
        found += foreign(page, data, language, name)
    assert sorted(set(found)) == [], "\n".join(sorted(set(found)))


@pytest.mark.parametrize("language", ["th", "en"])
def test_no_page_of_owners_and_administrators_speaks_the_other_language(
    language: str, office: Office, enter: Enter
) -> None:
    case = office.case()
    pages = {
        "/registers": "table", "/search": "form", f"/processes/{case.definition}": ".djs-shape",
        "/office-calendar": "table", "/channels": ".card", "/hand-over": "input", "/components": "h1",
    }  # fmt: skip
    page = enter("admin", "/nothing-here", language=language)
    data, found = Data(page), list[str]()
    page.reload()
    for path, ready in pages.items():
        page.goto(path)
        page.locator(ready).first.wait_for()
        settled(page)
        found += foreign(page, data, language, path)
    assert sorted(set(found)) == [], "\n".join(sorted(set(found)))


def test_what_is_wrong_is_seen(enter: Enter) -> None:
    """Otherwise its silence says nothing."""
    page = enter(STAFF, "/nothing-here")
    data = Data(page)
    page.locator("h1").wait_for()
    page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<p title=\"Search here\">Select</p>')"
    )
    assert [line.split(" -> ")[1] for line in foreign(page, data, "th", "x")] == ["Select", "Search here"]
