"""Doing a task with others in the browser: help is asked for and comes back, and another signs what was filled in."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.web.conftest import Enter, shoot
from tests.web.filling import fill
from tests.web.office import DPO, EXECUTIVE, STAFF, Office, data_of, present
from tests.web.walking import schema_of

pytestmark = pytest.mark.browser
TASK = "Task_NotifyOffice"


def test_another_helps_another_signs_and_it_is_completed(office: Office, enter: Enter, watch) -> None:
    watch.refusals.add(409)  # completing before it is signed
    case = office.case(TASK)
    key = case.claim(TASK, STAFF)
    staff = enter(STAFF, f"/tasks/{key}")
    staff.get_by_role("button", name="ขอให้ผู้อื่นช่วยทำ").click()
    dialog = staff.get_by_role("dialog")
    dialog.get_by_role("combobox").fill(DPO)
    staff.locator(f'[role=option][data-key={DPO}]').click()
    dialog.get_by_label("ขอให้ช่วยเรื่องใด").fill("ช่วยตรวจข้อความ")
    shoot(staff, "600-ask-for-help", full=False)
    dialog.get_by_role("button", name="ส่งให้ช่วยทำ").click()
    expect(staff.get_by_text("กำลังช่วยงานนี้ของคุณ")).to_be_visible()

    dpo = enter(DPO, f"/tasks/{key}")
    fill(dpo, schema_of(case, key), present(data_of(TASK, office.now()), office.now()))
    dpo.get_by_role("button", name="ส่งคืนเจ้าของงาน").click()
    dpo.get_by_role("dialog").get_by_label("ความเห็นถึงเจ้าของงาน").fill("ครบถ้วน")
    dpo.get_by_role("dialog").get_by_role("button", name="ส่งคืนเจ้าของงาน").click()
    expect(dpo.get_by_role("heading", level=1)).to_have_text("งานของฉัน")

    staff.reload()
    staff.get_by_role("button", name="ขอให้ร่วมลงนาม").click()
    dialog = staff.get_by_role("dialog")
    dialog.get_by_role("combobox").fill(EXECUTIVE)
    staff.locator(f'[role=option][data-key={EXECUTIVE}]').click()
    dialog.get_by_role("button", name="ส่งคำขอ").click()
    expect(staff.get_by_text("รอลงนาม")).to_be_visible()

    signer = enter(EXECUTIVE, "/?view=toSign")
    signer.locator(f'a[href="/tasks/{key}"]').click()
    shoot(signer, "601-to-sign")
    signer.get_by_role("button", name="ลงนาม", exact=True).click()
    expect(staff.get_by_text("ลงนามแล้ว")).to_be_visible()  # without a reload
    shoot(staff, "602-signed")
    staff.get_by_role("button", name="ส่งงาน", exact=True).click()
    expect(staff.get_by_role("heading", level=1)).to_have_text("งานของฉัน")
