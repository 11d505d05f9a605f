"""The clock of a case and the register of deadlines, as a data protection officer and an auditor see them."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import Enter, shoot
from tests.web.office import DPO, STAFF, Office, data_of

pytestmark = pytest.mark.browser


def board(page: Page) -> str:
    """What the clock of the case says, its story opened."""
    clock = page.locator(".clock-board")
    clock.wait_for()
    details = clock.locator("details")
    if details.get_attribute("open") is None:
        details.locator("summary").click()
    return clock.inner_text()


def test_the_clock_tells_on_what_it_started_and_who_was_warned(office: Office, enter: Enter) -> None:
    """Before anybody was told of the case, the DPO sees it: the position watches over its deadline."""
    case = office.case()
    page = enter(DPO, f"/cases/{case.key}")
    said = board(page)
    assert "หลักฐานการทราบเหตุ" in said and "อีเมลแจ้งเตือนของระบบ" in said
    assert "ยังไม่มีการแจ้งเตือน" in said
    expect(page.get_by_role("timer")).to_contain_text("เหลือเวลา ๒ วัน ๒๓ ชั่วโมง")
    shoot(page, "700-clock")
    phone = enter(DPO, f"/cases/{case.key}", phone=True)
    board(phone)
    shoot(phone, "701-clock-phone")
    english = enter(DPO, f"/cases/{case.key}", language="en")
    expect(english.get_by_role("timer")).to_contain_text("Time left 2 days 23 hours")
    assert "Evidence of awareness" in board(english)
    shoot(english, "702-clock-english")


def test_the_dpo_extends_it_with_reasons_and_a_document(office: Office, enter: Enter, tmp_path: Path) -> None:
    case = office.case("Task_NotifyOffice")
    paper = tmp_path / "memo.pdf"
    paper.write_bytes(b"%PDF-1.4\n")
    page = enter(DPO, f"/cases/{case.key}")
    page.get_by_role("button", name="ขยายเวลา").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("spinbutton").first.click()
    page.keyboard.press("ArrowUp")  # a day later
    dialog.get_by_label("เหตุผล").fill("ยังไม่ทราบจำนวนผู้ได้รับผลกระทบ")
    dialog.get_by_label("เอกสารประกอบ").set_input_files(paper)
    shoot(page, "710-extend", full=False)
    dialog.get_by_role("button", name="ขยายเวลา").click()
    expect(dialog).to_have_count(0)
    expect(page.get_by_role("timer")).to_contain_text("๓ วัน ๒๓ ชั่วโมง")
    said = board(page)
    assert "ยังไม่ทราบจำนวนผู้ได้รับผลกระทบ" in said and "memo.pdf" in said
    expect(page.locator(".timeline")).to_contain_text("ขยายกำหนดเวลา")
    shoot(page, "711-extended")
    page.close()  # its session ends meanwhile
    office.advance(timedelta(hours=80))
    (clock,) = case.get("deadlines")
    assert (clock["state"], clock["records"][-1]["document"]["fileName"]) == ("RUNNING", "memo.pdf")


def test_after_the_act_it_says_how_it_ended_and_takes_what_emerges(office: Office, enter: Enter) -> None:
    case = office.case("Task_NotifyOffice")
    office.advance(timedelta(hours=10))
    case.complete("Task_NotifyOffice", STAFF, data_of("Task_NotifyOffice", office.now()))
    page = enter(DPO, f"/cases/{case.key}")
    said = board(page)
    assert "ทันกำหนด" in said and "เลขที่หนังสือหรือเลขรับแจ้ง" in said
    assert re.search("ดำเนินการก่อนครบกำหนด ๒ วัน ๑[34๓๔]", said)
    page.get_by_role("button", name="บันทึกข้อมูลเพิ่มเติม").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("ข้อเท็จจริงที่พบภายหลัง").fill("พบผู้ได้รับผลกระทบเพิ่มอีกสี่สิบราย")
    shoot(page, "720-supplement", full=False)
    dialog.get_by_role("button", name="บันทึกข้อมูลเพิ่มเติม").click()
    expect(page.locator(".clock-board")).to_contain_text("พบผู้ได้รับผลกระทบเพิ่มอีกสี่สิบราย")
    shoot(page, "721-supplemented")
    assert [r["kind"] for r in case.get("deadlines")[0]["records"]] == ["STARTED", "STOPPED", "SUPPLEMENTED"]


def test_the_register_counts_lists_and_is_taken_away(office: Office, enter: Enter, tmp_path: Path) -> None:
    case = office.case("Task_NotifyOffice")
    office.advance(timedelta(hours=73))
    page = enter("auditor", "/clocks")
    numbers = page.get_by_role("navigation", name="จำนวนตามสถานะ")
    numbers.get_by_role("link", name=re.compile("พ้นกำหนด$")).click()
    row = page.get_by_role("row").filter(has_text=case.number)
    expect(row).to_contain_text("พ้นกำหนด")
    shoot(page, "730-register")
    with page.expect_download() as download:
        page.get_by_role("button", name="ส่งออกเป็น CSV").click()
    download.value.save_as(tmp_path / "deadlines.csv")
    table = list(csv.reader(io.StringIO((tmp_path / "deadlines.csv").read_text(encoding="utf-8-sig"))))
    assert table[0][0] == "เลขที่เรื่อง" and case.number in {line[0] for line in table}
    page.get_by_label("ประเภท").select_option("internal")
    expect(page.get_by_text("ไม่มีกำหนดเวลาที่ตรงกับเงื่อนไข")).to_be_visible()
    page.get_by_label("ประเภท").select_option("statutory")
    phone = enter("auditor", "/clocks?state=MISSED", phone=True)
    expect(phone.get_by_role("row").filter(has_text=case.number)).to_be_visible()
    shoot(phone, "731-register-phone")
    expect(enter("auditor", "/clocks", language="en").get_by_role("heading", level=1)).to_have_text(
        "Register of deadlines"
    )
    row.get_by_role("link", name=case.number).click()
    expect(page.get_by_role("timer")).to_contain_text("เกินกำหนดมาแล้ว")
    shoot(page, "732-missed")
