"""How the application looks: what a person chooses, and what the system asks for."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import Enter, Watch, shoot
from tests.web.office import STAFF, Office
from tests.web.test_accessibility import axe, judge, wider

pytestmark = pytest.mark.browser
__all__ = ["axe"]


def theme(page: Page) -> str:
    """The theme that the page is shown in."""
    return str(page.evaluate("document.documentElement.dataset.theme"))


def test_a_task_is_done_in_high_contrast_with_letters_twice_as_large(office: Office, enter: Enter, axe: str) -> None:
    """Chosen by keyboard, kept over a reload and for the whole case; a note that is written arrives."""
    case = office.case("Task_NotifyOffice")
    task = case.claim("Task_NotifyOffice", STAFF)
    page = enter(STAFF, f"/tasks/{task}")
    page.get_by_role("button", name="บัญชีผู้ใช้").press("Enter")
    page.get_by_role("menuitem", name="การแสดงผล").press("Enter")
    page.get_by_role("radio", name="ตามเครื่องของคุณ").press("ArrowUp")
    expect(page.get_by_role("radio", name="ตัดกันสูง")).to_be_checked()
    page.get_by_label("ขนาดตัวอักษร").select_option(label="๒๐๐%")
    shoot(page, "650-display-contrast-200", full=False)
    assert judge(page, axe, "display") == []
    page.get_by_role("button", name="เสร็จ").press("Enter")
    page.reload()
    page.locator(".djs-shape").first.wait_for()
    assert theme(page) == "contrast"
    assert judge(page, axe, "task") + wider(page, "task") == []
    shoot(page, "651-task-contrast-200")
    page.get_by_label("เพิ่มความเห็น").fill("ได้รับเอกสารครบแล้ว")
    page.get_by_role("button", name="ส่งความเห็น").press("Enter")
    expect(page.locator(".comment-text")).to_have_text("ได้รับเอกสารครบแล้ว")
    assert [said["text"] for said in case.get("comments")] == ["ได้รับเอกสารครบแล้ว"]


def test_the_system_is_followed_until_something_is_chosen(enter: Enter, watch: Watch) -> None:
    """On a telephone and in English, before anybody has signed in as well."""
    watch.refusals.add(401)
    page = enter(None, "/signin", language="en", phone=True)
    page.locator("form").wait_for()
    assert theme(page) == "light"
    page.emulate_media(color_scheme="dark")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    shoot(page, "652-signin-dark-phone", full=False)
    page.get_by_role("button", name="Display").click()
    page.get_by_text("High contrast").click()
    page.get_by_role("button", name="Done").click()
    page.emulate_media(color_scheme="light")
    page.reload()
    page.locator("form").wait_for()
    assert theme(page) == "contrast"
    shoot(page, "653-signin-contrast-phone", full=False)


def test_the_drawer_leads_a_telephone_everywhere(enter: Enter, axe: str) -> None:
    page = enter("admin", phone=True)
    page.get_by_role("button", name="เมนู").press("Enter")
    shoot(page, "654-drawer-phone", full=False)
    assert judge(page, axe, "drawer") == []
    page.get_by_role("dialog").get_by_role("link", name="ทะเบียนเรื่อง").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("ทะเบียนเรื่อง")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_the_bar_opens_its_sections(enter: Enter, axe: str) -> None:
    page = enter("admin", language="en")
    page.get_by_role("button", name="Cases and oversight").click()
    shoot(page, "655-bar-section", full=False)
    assert judge(page, axe, "section") == []
    page.get_by_role("menuitem", name="Registers").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Registers of the processes")
    shoot(page, "656-bar-here", full=False)
