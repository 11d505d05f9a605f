"""Thai vowels stand above and below the letters: what people type in has room for them."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.web.conftest import Enter
from tests.web.office import STAFF, Office

pytestmark = pytest.mark.browser
ROOM = """() => [...document.querySelectorAll('.form-view input[type=text], .form-view textarea')].map((field) => {
  const { lineHeight, fontSize } = getComputedStyle(field);
  return parseFloat(lineHeight) / parseFloat(fontSize);
})"""


def test_what_is_typed_in_has_room_above_and_below(office: Office, enter: Enter) -> None:
    case = office.case()
    page = enter(STAFF, f"/tasks/{case.task('Task_ReceiveReport')}")
    expect(page.locator(".form-view textarea").first).to_be_visible()
    heights = page.evaluate(ROOM)
    assert len(heights) > 1 and min(heights) >= 1.5
