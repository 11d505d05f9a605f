"""The breach case in the browser, from report to closure."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.web.conftest import Enter, shoot
from tests.web.filling import fill
from tests.web.office import DPO, EXECUTIVE, PROCESS, STAFF, Case, Office, moment, present, scenario_of, tasks_of, who
from tests.web.walking import do_task, find, read_schema, row, sign_in

pytestmark = pytest.mark.browser


def test_breach_from_report_to_closure_by_three_accounts(office: Office, enter: Enter, watch) -> None:
    """Reported, assessed, notified, contained, reported on, endorsed, summed up, accepted: all with the mouse, in Thai."""
    watch.refusals.add(401)  # before signing in, the page asks who this is
    pages = {account: enter(None, "/signin") for account in (STAFF, EXECUTIVE, DPO)}
    for account, page in pages.items():
        sign_in(page, account)
        expect(page.get_by_role("heading", level=1)).to_have_text("งานของฉัน")
    staff = pages[STAFF]
    shoot(staff, "01-inbox-empty")

    number = office.new_number()
    staff.get_by_role("link", name="เริ่มเรื่องใหม่").click()
    shoot(staff, "02-start")
    staff.get_by_role("link", name="การแจ้งเหตุละเมิดข้อมูลส่วนบุคคล").first.click()
    definition = office.ask(
        "POST", "/v2/process-definitions/search", {"filter": {"processDefinitionId": PROCESS, "isLatestVersion": True}}
    )["items"][0]
    form = office.ask("GET", f"/v2/process-definitions/{definition['processDefinitionKey']}/form")
    start = {**scenario_of("risk")["start"]["data"], "aware_at": moment(office.now())}
    fill(staff, read_schema(form), start)
    staff.get_by_label("เลขที่เรื่อง").fill(number)
    shoot(staff, "03-start-filled")
    staff.get_by_role("button", name="เริ่มเรื่อง", exact=True).click()
    expect(staff.get_by_role("heading", level=1)).to_contain_text(number)
    key = re.search(r"/cases/(\d+)$", staff.url)
    assert key is not None
    case = Case(office, key[1], number)
    find(staff, case)
    expect(row(staff, case)).to_have_count(2)
    shoot(staff, "04-inbox-groups")

    for count, step in enumerate(tasks_of("risk"), start=1):
        page = pages[who(step["as"])]
        do_task(page, case, step["task"], present(step["data"], office.now()), f"1{count:02d}-{step['task']}")

    assert case.state == "COMPLETED"
    dpo = pages[DPO]
    dpo.goto(f"/cases/{case.key}")
    expect(dpo.get_by_text("เสร็จสิ้น", exact=True)).to_be_visible()
    expect(dpo.get_by_text("ประวัติครบถ้วน ไม่ถูกแก้ไข")).to_be_visible()
    shoot(dpo, "200-closed")
    dpo.get_by_role("tab", name="กำหนดเวลา").click()
    expect(dpo.get_by_role("tabpanel", name="กำหนดเวลา").get_by_text("ทันกำหนด")).to_be_visible()
    shoot(dpo, "201-closed-deadlines")
    dpo.get_by_role("tab", name="จุดควบคุม").click()
    shoot(dpo, "202-closed-control-points")
