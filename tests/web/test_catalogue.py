"""Starting a case from the catalogue: found, kept among the favourites, read about, started; in Thai and in English."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.web.conftest import Enter, shoot
from tests.web.office import STAFF, Office

pytestmark = pytest.mark.browser


def test_one_reads_what_is_needed_and_starts_on_a_telephone_in_english(office: Office, enter: Enter) -> None:
    page = enter(STAFF, "/start", language="en", phone=True)
    page.get_by_role("link", name=re.compile("^Personal data breach")).first.press("Enter")
    about = page.get_by_role("region", name="About this process")
    expect(about).to_contain_text("What you will need")
    about.get_by_text("Show the diagram").press("Enter")
    expect(about.locator(".djs-element.djs-shape").first).to_be_visible()
    shoot(page, "911-about-phone")
    number = office.new_number()
    page.get_by_label(re.compile("^Case number")).fill(number)
    page.get_by_role("button", name="Start the case").press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()  # the form's own demands come first
    assert office.ask("POST", "/v2/process-instances/search", {"filter": {"businessId": number}})["items"] == []
