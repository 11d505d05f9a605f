"""What a screen reader reads, and in which order: the inbox, a task, a case, the modeler."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import Enter
from tests.web.office import PROCESS, STAFF, Office

pytestmark = pytest.mark.browser
# the way past the menu first, then who one is, then what the page is for
SHELL = """
- link "ข้ามไปยังเนื้อหา"
- banner:
  - link "กระบวน"
  - navigation "เมนูหลัก"
  - button "English"
  - button "วิธีใช้"
  - button /^บัญชีผู้ใช้/
- main:
"""
INBOX = """
  - heading "งานของฉัน" [level=1]
  - navigation "มุมมองรายการงาน":
    - list:
      - listitem:
        - link /^งานที่ฉันรับไว้/
  - searchbox "ค้นหางาน"
  - region "ตัวกรอง":
    - combobox "กระบวนงาน"
    - combobox "กำหนดเสร็จ"
  - button "การแสดงผล"
  - table "รายการงาน":
    - rowgroup:
      - row:
        - columnheader "เลือกทั้งหมดที่แสดงอยู่"
        - columnheader "งาน"
        - columnheader "กำหนดเสร็จ"
    - rowgroup:
      - row:
        - cell:
          - checkbox "เลือก แจ้งเหตุละเมิดแก่สำนักงานฯ"
        - cell:
          - link "แจ้งเหตุละเมิดแก่สำนักงานฯ"
"""
TASK = """
  - heading "แจ้งเหตุละเมิดแก่สำนักงานฯ" [level=1]
  - region "แบบฟอร์ม":
    - heading "แบบฟอร์ม" [level=2]
    - textbox "หน่วยงานที่รับแจ้ง"
    - group "วันและเวลาที่แจ้งสำนักงานฯ":
      - spinbutton /^วัน,/
      - spinbutton /^เดือน,/
      - spinbutton /^ปี,/
    - button "ส่งงาน"
  - region "เอกสารของเรื่อง"
  - region "ความเห็น":
    - heading "ความเห็น" [level=2]
    - textbox "เพิ่มความเห็น"
  - complementary "ข้อมูลงาน":
    - region "จุดควบคุม":
      - heading "จุดควบคุม" [level=2]
      - status
      - list
    - region "สิ่งที่กรอกก่อนหน้านี้"
    - region "กำหนดเวลา"
  - region "ตำแหน่งปัจจุบันในผังกระบวนงาน":
    - paragraph: /ขั้นตอนปัจจุบัน/
    - heading "ขั้นตอนต่อไปที่อาจเกิดขึ้น" [level=3]
    - list
"""
CASE = """
  - heading /แจ้งเหตุละเมิด/ [level=1]
  - region "ผังกระบวนงานและเส้นทางที่ผ่าน":
    - paragraph: /ขั้นตอนปัจจุบัน/
    - group /^ผังกระบวนงาน/
    - group "ย้อนดูเรื่อง":
      - slider
  - tablist "ส่วนของเรื่อง":
    - tab "ประวัติ" [selected]
    - tab "จุดควบคุม"
    - tab "หลักฐาน"
  - tabpanel "ประวัติ":
    - search "คัดกรองประวัติ"
    - list:
      - listitem:
        - strong: เริ่มเรื่อง
"""
MODELER = """
  - heading "ร่าง" [level=1]
  - group "เครื่องมือของผัง":
    - button "เลิกทำ"
    - button "ค้นหาในผัง"
  - status: บันทึกแล้ว
  - button "เผยแพร่"
  - group "ผังที่แก้ไขได้ของ ร่าง":
    - button "สร้างงาน"
    - link "Powered by bpmn.io"
  - region "รายละเอียด"
  - region "ผลการตรวจ":
    - status
"""


def is_read(page: Page, content: str) -> None:
    """The whole page is read in this order; what is not named may stand between."""
    expect(page.locator("body")).to_match_aria_snapshot(SHELL + content)


def test_the_inbox_a_task_and_a_case_are_read_in_the_order_of_the_work(office: Office, enter: Enter) -> None:
    case = office.case("Task_NotifyOffice")
    task = case.claim("Task_NotifyOffice", STAFF)
    page = enter(STAFF, f"/?q={case.number}")
    is_read(page, INBOX)
    page.goto(f"/tasks/{task}")
    is_read(page, TASK)
    page.goto(f"/cases/{case.key}")
    is_read(page, CASE)


def test_the_shell_of_the_modeler_is_read_before_the_drawing_and_its_findings_after(
    office: Office, enter: Enter
) -> None:
    draft = office.ask("POST", "/v2/model-drafts", {"name": "ร่าง", "processDefinitionId": PROCESS})["draftKey"]
    is_read(enter("owner", f"/workbench/drafts/{draft}"), MODELER)


def test_a_list_that_comes_before_what_it_lists_is_noticed(office: Office, enter: Enter) -> None:
    """Otherwise the silence of these tests says nothing."""
    case = office.case("Task_NotifyOffice")
    case.claim("Task_NotifyOffice", STAFF)
    page = enter(STAFF, f"/?q={case.number}")
    is_read(page, INBOX)
    page.evaluate("document.querySelector('main').prepend(document.querySelector('main table'))")
    with pytest.raises(AssertionError):
        expect(page.locator("body")).to_match_aria_snapshot(SHELL + INBOX, timeout=100)
