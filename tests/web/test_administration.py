"""Administrators manage people in a real browser: added, given work, explained, sent away; and what they see on a phone."""

from __future__ import annotations

import httpx
import pytest
from playwright.sync_api import expect

from tests.web.conftest import Enter, Watch, shoot
from tests.web.office import Office
from tests.web.test_accessibility import axe, judge
from tests.web.walking import sign_in

__all__ = ["axe"]
pytestmark = pytest.mark.browser
OWN = "a quiet river 7"


def test_a_new_person_is_added_and_signs_in_with_a_password_of_her_own(
    office: Office, enter: Enter, watch: Watch, axe: str
) -> None:
    watch.refusals |= {401, 409}
    page = enter("admin")
    page.get_by_role("button", name="การดูแลระบบ").click()
    page.get_by_role("menuitem", name="บุคคลและสิทธิ").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("บุคคลและสิทธิ")
    expect(page.locator('a[href="/people/accounts/dpo1"]').or_(page.get_by_role("row")).first).to_be_visible()
    found = judge(page, axe, "people")
    shoot(page, "800-people")
    page.get_by_role("button", name="เพิ่มบุคคล").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("ชื่อผู้ใช้").fill("admin")
    dialog.get_by_label("ชื่อ", exact=True).fill("พนักงานใหม่")
    dialog.get_by_role("button", name="เพิ่มบุคคล").click()
    expect(dialog.get_by_role("alert")).to_be_visible()
    dialog.get_by_label("ชื่อผู้ใช้").fill("newcomer")
    dialog.get_by_label("กลุ่มแรก").select_option(index=1)
    found += judge(page, axe, "new person")
    shoot(page, "801-new-person", full=False)
    dialog.get_by_role("button", name="เพิ่มบุคคล").click()
    password = page.locator("code.shown-once").inner_text()
    shoot(page, "802-password-for-one-use", full=False)
    assert office.ask("GET", "/v2/accounts/newcomer", account="admin")["oneTimeUntil"] is not None

    hers = enter(None, "/")
    sign_in(hers, "newcomer", password)
    expect(hers.get_by_text("รหัสผ่านนี้ใช้ได้ครั้งเดียว")).to_be_visible()
    hers.goto("/cases")
    expect(hers.get_by_text("รหัสผ่านนี้ใช้ได้ครั้งเดียว")).to_be_visible()
    found += judge(hers, axe, "first password")
    shoot(hers, "803-choose-a-password")
    hers.get_by_label("รหัสผ่านปัจจุบัน").fill(password)
    hers.get_by_label("รหัสผ่านใหม่", exact=True).fill(OWN)
    hers.get_by_label("รหัสผ่านใหม่อีกครั้ง").fill(OWN)
    hers.keyboard.press("Enter")
    expect(hers.get_by_role("region", name="กุญแจสำหรับโปรแกรม")).to_be_visible()
    assert httpx.get(f"{office.base}/v2/topology", auth=("newcomer", OWN)).status_code == 200
    assert found == []


def test_groups_and_roles_are_given_and_explained(office: Office, enter: Enter, axe: str) -> None:
    person = {"username": "mover", "name": "ผู้ย้ายงาน", "withPassword": False}
    office.ask("POST", "/v2/accounts", person, "admin")
    page = enter("admin", "/people?q=mover")
    page.get_by_role("link", name="ผู้ย้ายงาน").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("ผู้ย้ายงาน")
    groups = page.get_by_role("region", name="สังกัดและตำแหน่ง")
    groups.get_by_label("เพิ่มเข้ากลุ่ม").select_option(value="dpo")
    groups.get_by_role("button", name="เพิ่มเข้ากลุ่ม").click()
    expect(groups.get_by_role("listitem")).to_have_count(1)
    roles = page.get_by_role("region", name="บทบาท", exact=True)
    roles.get_by_role("combobox", name="บทบาท").select_option(label="เจ้าของกระบวนงาน")
    roles.get_by_role("button", name="ให้บทบาท").click()
    expect(roles.get_by_text("เจ้าของกระบวนงาน: ทุกกระบวนงาน")).to_be_visible()
    page.get_by_label("ชั้นความลับที่เข้าถึงได้").select_option(label="ลับ")
    expect(page.get_by_text("บันทึกแล้ว")).to_be_visible()
    page.locator("summary").first.click()
    expect(page.get_by_text("เป็นเจ้าของกระบวนงาน ทุกกระบวนงาน").first).to_be_visible()
    found = judge(page, axe, "person")
    shoot(page, "804-person")
    account = office.ask("GET", "/v2/accounts/mover", account="admin")
    assert [group["groupId"] for group in account["groups"]] == ["dpo"]
    assert account["roles"] == [{"role": "process-owner", "processDefinitionId": "*"}]
    assert account["clearance"] == "CONFIDENTIAL"
    small = enter("admin", "/people/accounts/mover", language="en", phone=True)
    expect(small.get_by_role("button", name="Deactivate the account")).to_be_visible()
    found += judge(small, axe, "person, telephone")
    shoot(small, "805-person-telephone")
    assert small.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing scrolls sideways"
    assert found == []


def test_a_leaver_hands_over_and_is_deactivated(office: Office, enter: Enter, axe: str) -> None:
    case = office.case()
    office.ask("POST", "/v2/accounts", {"username": "leaver", "name": "ผู้เกษียณ", "withPassword": False}, "admin")
    task = case.task("Task_StudyLaw")
    office.ask("POST", f"/v2/user-tasks/{task}/assignment", {"assignee": "leaver"})
    page = enter("admin", "/people/accounts/leaver", language="en", phone=True)
    page.get_by_role("button", name="Deactivate the account").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Claimed tasks (1) are handed over to").fill("agri_data_group2")
    page.get_by_role("option").filter(has_text="agri_data_group2").click()
    dialog.get_by_label("Reason").fill("retires at the end of the year")
    found = judge(page, axe, "leaving")
    shoot(page, "806-leaving-telephone", full=False)
    dialog.get_by_role("button", name="Deactivate the account").click()
    expect(page.get_by_role("button", name="Activate the account again")).to_be_visible()
    assert office.ask("GET", f"/v2/user-tasks/{task}")["assignee"] == "agri_data_group2"
    assert office.ask("GET", "/v2/accounts/leaver", account="admin")["active"] is False
    found += judge(page, axe, "deactivated")
    assert found == []


def test_groups_and_roles_are_looked_up(office: Office, enter: Enter, axe: str) -> None:
    page = enter("admin", "/people/groups")
    page.get_by_label("ค้นหากลุ่ม").fill("dpo")
    page.keyboard.press("Enter")
    found = judge(page, axe, "groups")
    shoot(page, "807-groups")
    page.locator('a[href="/people/groups/dpo"]').click()
    expect(page.locator('a[href="/people/accounts/dpo1"]')).to_be_visible()
    page.get_by_role("combobox", name="บุคคล").fill("related_divisions1")
    page.get_by_role("option").filter(has_text="related_divisions1").click()
    page.get_by_role("button", name="เพิ่มสมาชิก").click()
    expect(page.locator('a[href="/people/accounts/related_divisions1"]')).to_be_visible()
    found += judge(page, axe, "group")
    shoot(page, "808-group")
    members = office.ask("POST", "/v2/accounts/search", {"filter": {"groupId": "dpo"}}, "admin")["items"]
    assert "related_divisions1" in [member["username"] for member in members]
    office.ask("DELETE", "/v2/accounts/related_divisions1/groups/dpo", account="admin")
    roles = enter("admin", "/people/roles", language="en", phone=True)
    roles.locator("summary").first.click()
    expect(roles.get_by_text("Manage people and permissions")).to_be_visible()
    found += judge(roles, axe, "roles, telephone")
    shoot(roles, "809-roles-telephone")
    assert found == []


def test_an_auditor_looks_into_the_audit_trail(office: Office, enter: Enter, axe: str) -> None:
    office.ask("POST", "/v2/accounts", {"username": "traced", "name": "ผู้ถูกบันทึก", "withPassword": False}, "admin")
    office.ask("POST", "/v2/accounts/traced/deactivation", {"reason": "ทดสอบการค้นหา"}, "admin")
    page = enter("auditor", "/audit-trail")
    page.get_by_label("เกี่ยวกับ").fill("traced")
    page.keyboard.press("Enter")
    page.get_by_label("เหตุการณ์").select_option(label="บุคคลและสิทธิ")
    expect(page.get_by_role("row")).to_have_count(3)
    expect(page.get_by_text("ปิดใช้บัญชี")).to_be_visible()
    page.get_by_text("รายละเอียด").first.click()
    expect(page.get_by_text("ทดสอบการค้นหา")).to_be_visible()
    page.get_by_role("button", name="ตรวจว่าบันทึกไม่ถูกแก้").click()
    expect(page.get_by_text("ครบถ้วนและไม่ถูกแก้")).to_be_visible()
    found = judge(page, axe, "audit trail")
    shoot(page, "810-audit-trail")
    with page.expect_download() as saving:
        page.get_by_role("button", name="บันทึกเป็นตาราง").click()
    table = saving.value.path().read_text(encoding="utf-8-sig")
    assert "person-deactivated" in table and "ทดสอบการค้นหา" in table
    noted = office.ask("POST", "/v2/audit-logs/search", {"filter": {"entityDescription": "audit-log-exported"}}, "auditor")
    assert noted["items"][-1]["actorId"] == "auditor"
    small = enter("auditor", "/audit-trail?result=SUCCESS", language="en", phone=True)
    expect(small.get_by_role("row").nth(1)).to_be_visible()
    found += judge(small, axe, "audit trail, telephone")
    shoot(small, "811-audit-trail-telephone", full=False)
    assert small.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing scrolls sideways"
    assert found == []


def test_the_sign_in_settings_are_shown_as_the_api_tells_them(office: Office, enter: Enter, axe: str) -> None:
    told = office.ask("GET", "/v2/sign-in-settings", account="auditor")
    page = enter("auditor", "/sign-in-settings", language="en")
    factor = page.get_by_role("region", name="Second factor")
    expect(factor).to_contain_text(f"Switched on by accounts: {told['secondFactor']['accounts']}")
    expect(page.get_by_role("region", name="How long things last")).to_contain_text("12 hours")
    found = judge(page, axe, "sign-in settings")
    shoot(page, "812-sign-in-settings")
    small = enter("admin", "/sign-in-settings", phone=True)
    expect(small.get_by_role("region", name="รหัสผ่าน")).to_be_visible()
    found += judge(small, axe, "sign-in settings, telephone")
    shoot(small, "813-sign-in-settings-telephone")
    assert small.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing scrolls sideways"
    assert found == []


def test_a_token_is_found_among_all_and_revoked(office: Office, enter: Enter, axe: str) -> None:
    program = {"username": "robot", "name": "โปรแกรมทดสอบ", "withPassword": False, "roles": [{"role": "client"}]}
    office.ask("POST", "/v2/accounts", program, "admin")
    office.ask("POST", "/v2/tokens", {"name": "ระบบสารบรรณ", "username": "robot", "permissions": ["job:work"]}, "admin")
    page = enter("admin", "/people/keys?state=valid", phone=True)
    page.get_by_label("บัญชี", exact=True).fill("robot")
    page.keyboard.press("Enter")
    expect(page.get_by_text("ระบบสารบรรณ")).to_be_visible()
    found = judge(page, axe, "keys, telephone")
    shoot(page, "814-keys-telephone")
    page.get_by_role("button", name="เพิกถอน: ระบบสารบรรณ").click()
    expect(page.get_by_role("button", name="เพิกถอน: ระบบสารบรรณ")).to_have_count(0)
    (token,) = office.ask("GET", "/v2/users/robot/tokens", account="admin")["items"]
    assert token["revokedAt"] is not None
    assert found == []
