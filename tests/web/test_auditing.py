"""What staff take out of a case of theirs; the journeys of auditors are in tests/journeys."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import Enter, shoot
from tests.web.office import STAFF, Office
from tests.web.test_accessibility import axe, judge, wider

pytestmark = pytest.mark.browser
__all__ = ["axe"]  # a fixture


def saved(page: Page, button: str, file: Path) -> Path:
    """What the browser saves when the button is pressed by keyboard."""
    with page.expect_download() as download:
        page.get_by_role("button", name=button).focus()
        page.keyboard.press("Enter")
    download.value.save_as(file)
    return file


def test_staff_take_their_case_out_by_pseudonyms_on_a_phone_in_english(
    office: Office, enter: Enter, axe: str, tmp_path: Path
) -> None:
    case = office.case("Task_NotifyOffice")
    page = enter(STAFF, f"/cases/{case.key}", language="en", phone=True)
    page.get_by_role("tab", name="Evidence").click()
    expect(page.get_by_text("People by pseudonyms")).to_be_visible()
    expect(page.get_by_role("checkbox", name="With names and documents")).to_have_count(0)
    assert judge(page, axe, "evidence on a phone") == []
    assert wider(page, "evidence on a phone") == []
    shoot(page, "821-evidence-phone")
    with zipfile.ZipFile(saved(page, "Download the evidence", tmp_path / "case.zip")) as archive:
        story = archive.read("case.json").decode()
    assert STAFF not in story and case.number not in story
