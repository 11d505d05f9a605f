"""A new person from the administrator's page to a first sign-in; the journeys of administrators are in tests/journeys."""

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
    expect(hers.get_by_role("region", name="โทเคนสำหรับโปรแกรม")).to_be_visible()
    assert httpx.get(f"{office.base}/v2/topology", auth=("newcomer", OWN)).status_code == 200
    assert found == []
