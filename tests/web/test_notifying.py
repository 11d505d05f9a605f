"""What mails say: written by an administrator, looked at before, put back."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.web.conftest import Enter, Watch, shoot
from tests.web.test_accessibility import axe, judge

__all__ = ["axe"]
pytestmark = pytest.mark.browser


def test_an_administrator_writes_a_text_looks_at_it_and_puts_it_back(enter: Enter, watch: Watch, axe: str) -> None:
    page = enter("admin", "/")
    page.get_by_role("button", name="การดูแลระบบ").click()
    page.get_by_role("menuitem", name="ข้อความแจ้งเตือน").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("ข้อความแจ้งเตือน")
    page.get_by_label("เรื่อง", exact=True).select_option(label="งานใกล้ครบกำหนด")
    page.get_by_label("หัวเรื่อง").fill("ด่วน: {{ task }}")
    watch.refusals.add(400)
    page.get_by_label("เนื้อความ").fill("{{ person.password }}")
    page.get_by_role("button", name="ดูตัวอย่าง").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("เนื้อความ").fill("เรียน {{ person }}\n<script>alert(1)</script> กำหนดเสร็จ {{ due }}")
    page.get_by_role("button", name="ดูตัวอย่าง").click()
    mail = page.frame_locator("iframe").locator("body")
    expect(mail).to_contain_text("<script>alert(1)</script>")  # told as text, and run nowhere
    found = judge(page, axe, "templates")
    shoot(page, "752-templates")
    page.get_by_role("button", name="บันทึก").click()
    expect(page.get_by_text("ข้อความของหน่วยงาน")).to_be_visible()
    page.get_by_role("button", name="กลับไปใช้ข้อความของระบบ").click()
    expect(page.get_by_text("ข้อความของระบบ", exact=True)).to_be_visible()
    expect(page.get_by_label("หัวเรื่อง")).to_have_value("{{ subject }}")
    assert found == []
