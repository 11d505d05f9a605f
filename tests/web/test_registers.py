"""The registers over all processes: read, narrowed, followed into the diagram, taken away as a table."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import Enter, Watch, shoot
from tests.web.office import PROCESS, STAFF, Office
from tests.web.test_accessibility import axe, judge

pytestmark = pytest.mark.browser
__all__ = ["axe"]  # a fixture


def rows(page: Page) -> list[str]:
    return page.locator(".register-table tbody tr").all_inner_texts()


def opened(enter: Enter, path: str = "/registers", account: str = STAFF) -> Page:
    page = enter(account, path)
    expect(page.locator(".register-table tbody tr").first).to_be_visible()
    return page


def test_control_points_of_all_processes_and_of_one(office: Office, enter: Enter, axe: str) -> None:
    page = opened(enter)
    items = office.ask("GET", "/v2/registers/control-points", None, STAFF)["items"]
    expect(page.locator(".register-table tbody tr")).to_have_count(min(100, len(items)))
    assert judge(page, axe, "registers") == []
    shoot(page, "registers")
    page.get_by_label("กระบวนงาน", exact=True).select_option(PROCESS)
    of_it = [item for item in items if item["processDefinitionId"] == PROCESS]
    expect(page.locator(".register-table tbody tr")).to_have_count(len(of_it))
    assert f"process={PROCESS}" in page.url
    page.get_by_role("searchbox").fill("เจ็ดสิบสองชั่วโมง")
    expect(page.locator(".register-table tbody tr")).to_have_count(
        sum("เจ็ดสิบสองชั่วโมง" in i["text"]["th"] for i in of_it)
    )
    page.get_by_role("searchbox").fill("ไม่มีข้อความนี้")
    expect(page.get_by_text("ไม่มีรายการตามที่ค้นหา")).to_be_visible()


def test_a_long_register_is_drawn_by_the_hundred(office: Office, enter: Enter) -> None:
    page = opened(enter, "/registers?register=documents")
    expect(page.locator(".register-table tbody tr")).to_have_count(100)
    page.get_by_role("button", name="แสดงเพิ่มเติม").click()
    expect(page.locator(".register-table tbody tr")).not_to_have_count(100)


def test_each_register_is_drawn_and_the_language_is_followed(office: Office, enter: Enter, axe: str) -> None:
    page = opened(enter)
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    for name in ("risks", "standard-times", "documents", "roles", "legal-basis"):
        page.goto(f"/registers?register={name}")
        expect(page.locator(".register-table tbody tr").first).to_be_visible()
        assert all(text.strip() for text in rows(page))
        if name == "standard-times":
            expect(page.locator(".register-table tbody")).to_contain_text("7 days")
        assert judge(page, axe, name) == []
        shoot(page, f"registers-{name}")


def test_an_entry_leads_to_its_step_in_the_diagram(office: Office, enter: Enter, axe: str) -> None:
    page = opened(enter, f"/registers?register=standard-times&process={PROCESS}")
    page.get_by_role("link", name=re.compile("สรุปรายงาน")).first.click()
    expect(page).to_have_url(re.compile(r"/processes/\d+\?element="))
    expect(page.locator(".djs-element.krabuan-active")).to_have_count(1)
    expect(page.locator(".process-steps li[aria-current=true]")).to_have_count(1)
    assert judge(page, axe, "process") == []
    shoot(page, "process")


def test_the_whole_register_as_a_table(office: Office, enter: Enter, tmp_path: Path) -> None:
    page = opened(enter)
    with page.expect_download() as downloading:
        page.get_by_role("button", name="ดาวน์โหลดทะเบียนทั้งหมด (CSV)").click()
    file = tmp_path / "register.csv"
    downloading.value.save_as(file)
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    head, *lines = file.read_text(encoding="utf-8-sig").splitlines()
    assert head.startswith("รหัสกระบวนงาน,กระบวนงาน,") and len(lines) >= len(rows(page))


def test_a_process_that_there_is_not(office: Office, enter: Enter, watch: Watch) -> None:
    watch.refusals.add(404)
    page = enter(STAFF, "/processes/42")
    expect(page.locator(".notice.danger, [role=alert]").first).to_be_visible()
