"""Administrators import people after a preview, keep legal holds, and answer a person's request, in a real browser."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from playwright.sync_api import expect

from tests.web.conftest import Enter, Watch, shoot
from tests.web.office import PASSWORD, Office
from tests.web.test_accessibility import axe, judge

__all__ = ["axe"]
pytestmark = pytest.mark.browser


def test_people_are_imported_after_a_preview(
    office: Office, enter: Enter, watch: Watch, axe: str, tmp_path: Path
) -> None:
    watch.refusals.add(400)
    file = tmp_path / "people.csv"
    file.write_text("account,name,groups\nimported1,ผู้นำเข้าหนึ่ง,dpo\nimported2,ผู้นำเข้าสอง,ghosts\n", encoding="utf-8")
    page = enter("admin", "/people/import")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="ดูว่าจะเปลี่ยนอะไร").click()
    expect(page.get_by_role("alert")).to_contain_text("people.csv:3")
    found = judge(page, axe, "import, faults")
    shoot(page, "820-import-faults")
    file.write_text("account,name,groups\nimported1,ผู้นำเข้าหนึ่ง,dpo\nimported2,ผู้นำเข้าสอง,\n", encoding="utf-8")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="ดูว่าจะเปลี่ยนอะไร").click()
    expect(page.get_by_text("เพิ่มบุคคล (๒)")).to_be_visible()
    found += judge(page, axe, "import, preview")
    shoot(page, "821-import-preview", full=False)
    assert office.as_("admin").get("/v2/accounts/imported1").status_code == 404, "a preview does nothing"
    page.get_by_role("button", name="นำเข้าตามนี้").click()
    expect(page.get_by_text("นำเข้าแล้ว")).to_be_visible()
    account = office.ask("GET", "/v2/accounts/imported1", account="admin")
    assert [group["groupId"] for group in account["groups"]] == ["dpo"]
    assert found == []


def test_a_case_is_held_and_let_go(office: Office, enter: Enter, axe: str) -> None:
    case = office.case()
    page = enter("admin", "/data-protection", language="en", phone=True)
    page.get_by_role("button", name="Place a hold").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Number or key of the case").fill("no such number")
    dialog.get_by_label("Reason").fill("a court asked for it")
    dialog.get_by_role("button", name="Place a hold").click()
    expect(dialog.get_by_text("There is no such case")).to_be_visible()
    dialog.get_by_label("Number or key of the case").fill(case.number)
    found = judge(page, axe, "placing a hold")
    shoot(page, "822-place-a-hold-telephone", full=False)
    dialog.get_by_role("button", name="Place a hold").click()
    line = page.get_by_role("listitem").filter(has_text=case.key)
    expect(line).to_contain_text("a court asked for it")
    wanted = {"filter": {"processInstanceKey": case.key}}
    (hold,) = office.ask("POST", "/v2/legal-holds/search", wanted, "admin")["items"]
    assert hold["state"] == "HOLDS"
    found += judge(page, axe, "holds, telephone")
    shoot(page, "823-holds-telephone")
    line.get_by_role("button", name="End it").click()
    dialog.get_by_label("Reason").fill("the trial is over")
    dialog.get_by_role("button", name="End it").click()
    expect(line).to_contain_text("the trial is over")
    (hold,) = office.ask("POST", "/v2/legal-holds/search", wanted, "admin")["items"]
    assert (hold["state"], hold["endReason"]) == ("ENDED", "the trial is over")
    assert found == []


def test_a_request_is_answered_with_a_look_a_copy_and_an_erasure(office: Office, enter: Enter, axe: str) -> None:
    person = {"username": "asker", "name": "ผู้ขอ ลบข้อมูล", "email": "asker@example.go.th", "withPassword": False}
    office.ask("POST", "/v2/accounts", person, "admin")
    officer(office)
    page = enter("officer", "/data-protection/requests")
    page.get_by_label("ชื่อผู้ใช้ในระบบ").fill("asker")
    page.get_by_role("button", name="ค้นหา").click()
    expect(page.get_by_text("บัญชี asker")).to_be_visible()
    found = judge(page, axe, "request")
    shoot(page, "824-request")
    page.get_by_role("button", name="ทำสำเนาข้อมูล").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("เหตุผล").fill("คำขอที่ 12/2569")
    with page.expect_download() as saving:
        dialog.get_by_role("button", name="ทำสำเนาข้อมูล").click()
    assert saving.value.path().read_bytes()[:2] == b"PK"
    page.get_by_role("button", name="ลบข้อมูล").click()
    dialog.get_by_label("เหตุผล").fill("คำขอที่ 12/2569")
    dialog.get_by_text("ฉันตรวจรายการข้างต้นแล้ว").click()
    found += judge(page, axe, "erasing")
    shoot(page, "825-erase", full=False)
    dialog.get_by_role("button", name="ลบข้อมูล").click()
    expect(page.get_by_text("บัญชีถูกแทนด้วย")).to_be_visible()
    assert office.as_("admin").get("/v2/accounts/asker").status_code == 404
    assert found == []


def officer(office: Office) -> None:
    """An administrator who is cleared for every case, whatever others have classified."""
    account = {"username": "officer", "name": "เจ้าหน้าที่คุ้มครองข้อมูล", "clearance": "TOP_SECRET"}
    roles = [{"role": "administrator"}]
    once = office.ask("POST", "/v2/accounts", account | {"roles": roles}, "admin")["oneTimePassword"]
    body = {"currentPassword": once, "newPassword": PASSWORD}
    url = f"{office.base}/v2/authentication/me/password"
    assert httpx.put(url, json=body, auth=("officer", once)).status_code == 204
