"""Every visible text is in the language of the page: the pages' own, and those of the libraries.

What stands on a page and came from the API (names, numbers, what people wrote) is data, and in whatever language it is.
Everything else is looked at: texts, and what screen readers are told. Marks of products and words that are the same in
both languages are listed here. The pages themselves are gone through in test_every_page.py.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import pytest
from playwright.sync_api import Error, Page, Response, expect

from tests.web.conftest import Enter
from tests.web.office import STAFF

pytestmark = pytest.mark.browser
# names and abbreviations that Thai pages have as they are: products, formats, keys of the keyboard, the other language
NAMES = {
    "Krabuan", "English", "ภาษาไทย", "BPMN", "bpmn", "io", "DMN", "CSV", "PDF", "XES", "OCEL", "IEEE", "JSON", "XML", "API",
    "URL", "HTTPS", "SHA", "QR", "CIO", "ID", "Tab", "Enter", "Esc", "Escape", "Home", "End", "Space", "Ctrl", "Shift", "Alt",
    "webhook", "Webhook", "LINE", "ntfy", "Gotify", "Matrix", "iCalendar", "Outlook", "Google", "Thunderbird", "Powered", "by",
    "process", "mining", "apprise", "Excel", "MB", "zip", "YAML", "Git",
    # hit policies of DMN
    "UNIQUE", "FIRST", "ANY", "COLLECT", "RULE", "OUTPUT", "ORDER", "PRIORITY",
}  # fmt: skip
SEEN = """() => {
  const found = [], put = (text, at) => text && text.trim() && found.push([text.trim(), at]);
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, box = node.parentElement;
    if (!box || box.closest('script, style, noscript, code, kbd, pre, [data-language], svg .djs-container svg')) continue;
    put(node.textContent, box.tagName.toLowerCase() + '.' + box.className);
  }
  for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'aria-description', 'aria-roledescription',
                      'aria-valuetext', 'aria-placeholder'])
    for (const each of document.querySelectorAll(`[${name}]:not([data-component])`))
      put(each.getAttribute(name), `${each.tagName.toLowerCase()}[${name}]`);
  return found;
}"""


class Data:
    """What the API told a page: every text of every answer. To be asked before the page is left."""

    def __init__(self, page: Page) -> None:
        self.texts: list[str] = []
        self._answers: list[Response] = []
        page.on("response", self._note)

    def _note(self, answer: Response) -> None:
        self._answers.append(answer)

    def take(self) -> None:
        """Read what was answered since the last time; an answer to a page that was left meanwhile is gone."""
        answers, self._answers[:] = self._answers[:], []
        for answer in answers:
            kind = answer.headers.get("content-type", "")
            if answer.ok and "/v2/" in answer.url and ("json" in kind or "xml" in kind):
                with suppress(Error):
                    self._walk(answer.json() if "json" in kind else answer.text())

    def _walk(self, value: Any) -> None:
        if isinstance(value, str):
            self.texts.append(value)
        for inner in value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ():
            self._walk(inner)

    def tells(self, words: str) -> bool:
        return any(words in text for text in self.texts)


# names of files, addresses, commands, data: written the same in every language
_LITERAL = re.compile(
    r"(?:https?://)?(?:[A-Za-z0-9_-]+/)*[A-Za-z0-9_*-]+(?:\.[A-Za-z0-9_-]+)+(?:/[A-Za-z0-9_/]*)?|\bkrabuan [a-z]+" + r"""|\{".*?\}"""
)
_FOREIGN = {"en": re.compile(r"[ก-๙]+(?:[ ]?[ก-๙ฯๆ./()]+)*"), "th": re.compile(r"[A-Za-z]{2,}(?:[ ][A-Za-z]{2,})*")}


def foreign(page: Page, data: Data, language: str, name: str) -> list[str]:
    """Runs of words in the other language that are neither data nor a listed name."""
    found, seen = [], page.evaluate(SEEN)
    data.take()
    for text, at in seen:
        if data.tells(text):
            continue
        for run in _FOREIGN[language].findall(_LITERAL.sub(" ", text)):
            left = [word for word in run.split() if word not in NAMES and not data.tells(word)]
            if left and not data.tells(run):
                found.append(f"{name} ({language}) {at}: {text[:100]} -> {' '.join(left)}")
    return found


def settled(page: Page) -> None:
    """Names of people and units come a moment after the page."""
    if "/components" not in page.url:  # which shows how waiting looks
        expect(page.locator(".loading")).to_have_count(0)
    page.evaluate("document.fonts.ready")


def test_what_is_wrong_is_seen(enter: Enter) -> None:
    """Otherwise its silence says nothing."""
    page = enter(STAFF, "/nothing-here")
    data = Data(page)
    page.locator("h1").wait_for()
    page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<p title=\"Search here\">Select</p>')"
    )
    assert [line.split(" -> ")[1] for line in foreign(page, data, "th", "x")] == ["Select", "Search here"]
