"""One's own account in a real browser: the code from the telephone, its recovery codes, the password, sessions, keys."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pyotp
import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import Enter, Watch, shoot
from tests.web.office import PASSWORD, Office
from tests.web.test_accessibility import axe, judge
from tests.web.walking import sign_in

__all__ = ["axe"]
pytestmark = pytest.mark.browser
PERSON, SECOND = "strategy_group2", "strategy_group_head2"  # whom no other test signs in
NEW_PASSWORD = "another demo for one alone"
CODE = "รหัสหกหลักจากแอป หรือรหัสกู้คืน"


def to_account(page: Page) -> None:
    page.get_by_role("button", name="บัญชีผู้ใช้").click()
    page.get_by_role("menuitem", name="บัญชีของฉัน").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("บัญชีของฉัน")


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="บัญชีผู้ใช้").click()
    page.get_by_role("menuitem", name="ออกจากระบบ").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("เข้าสู่ระบบ")


def give(page: Page, code: str) -> None:
    page.get_by_label(CODE).fill(code)
    page.get_by_role("button", name="เข้าสู่ระบบ").click()


def enrol(page: Page, office: Office) -> tuple[pyotp.TOTP, list[str]]:
    """Switch it on, as the page says; what the telephone has then, and the recovery codes."""
    page.get_by_role("button", name="เปิดใช้").click()
    factor = page.get_by_role("region", name="การยืนยันตัวตนด้วยรหัสจากโทรศัพท์")
    factor.get_by_label("รหัสผ่านปัจจุบัน").fill(PASSWORD)
    factor.get_by_role("button", name="ต่อไป").click()
    expect(factor.get_by_role("img")).to_be_visible()
    assert factor.get_by_role("img").evaluate("image => image.complete && image.naturalWidth") > 0
    shoot(page, "700-second-factor")
    totp = pyotp.TOTP(factor.locator("code").inner_text().replace(" ", ""))
    factor.get_by_label("รหัสหกหลักจากแอป").fill(totp.at(office.now()))
    factor.get_by_role("button", name="ยืนยัน").click()
    expect(factor.get_by_role("listitem")).to_have_count(10)
    return totp, factor.get_by_role("listitem").all_inner_texts()


def test_the_journey_of_a_second_factor(office: Office, enter: Enter, watch: Watch, axe: str) -> None:
    """On, out, in with a code, in with a recovery code, a new password, off again."""
    page = enter(PERSON)
    to_account(page)
    found = judge(page, axe, "account")
    totp, recovery = enrol(page, office)
    found += judge(page, axe, "recovery codes")
    shoot(page, "701-recovery-codes")
    page.emulate_media(media="print")
    expect(page.get_by_text(recovery[0])).to_be_visible()
    expect(page.get_by_role("heading", level=1)).not_to_be_visible()
    page.emulate_media(media="screen")
    page.get_by_role("button", name="เก็บไว้แล้ว").click()
    expect(page.get_by_text("รหัสกู้คืนที่ยังใช้ได้ ๑๐ รหัส")).to_be_visible()

    watch.refusals.update({400, 401})
    office.advance(timedelta(seconds=60))
    sign_out(page)
    sign_in(page, PERSON)
    expect(page.get_by_label(CODE)).to_be_visible()
    found += judge(page, axe, "code")
    shoot(page, "702-code")
    give(page, "000000")
    expect(page.get_by_role("alert")).to_contain_text("รหัสไม่ถูกต้อง")
    give(page, totp.at(office.now()))
    expect(page.get_by_role("heading", level=1)).to_have_text("บัญชีของฉัน")  # where one was
    sign_out(page)
    sign_in(page, PERSON)
    give(page, recovery[0])
    expect(page.get_by_text("รหัสกู้คืนที่ยังใช้ได้ ๙ รหัส")).to_be_visible()

    password = page.get_by_role("region", name="รหัสผ่าน", exact=True)
    password.get_by_label("รหัสผ่านปัจจุบัน").fill(PASSWORD)
    for label in ("รหัสผ่านใหม่", "รหัสผ่านใหม่อีกครั้ง"):
        password.get_by_label(label, exact=True).fill(NEW_PASSWORD)
    password.get_by_role("button", name="เปลี่ยนรหัสผ่าน").click()
    expect(page.get_by_role("status").filter(has_text="เปลี่ยนรหัสผ่านแล้ว")).to_be_visible()
    page.get_by_role("button", name="ปิดใช้").click()
    factor = page.get_by_role("region", name="การยืนยันตัวตนด้วยรหัสจากโทรศัพท์")
    factor.get_by_label("รหัสผ่านปัจจุบัน").fill(NEW_PASSWORD)
    factor.get_by_label("รหัสหกหลักหรือรหัสกู้คืน").fill(recovery[1])
    factor.get_by_role("button", name="ปิดใช้").click()
    expect(page.get_by_text("ยังไม่เปิดใช้")).to_be_visible()
    sign_out(page)
    sign_in(page, PERSON, NEW_PASSWORD)
    expect(page.get_by_role("heading", level=1)).to_have_text("บัญชีของฉัน")
    assert found == []


def test_other_devices_are_signed_out_and_keys_are_made_and_revoked(
    office: Office, enter: Enter, watch: Watch, axe: str
) -> None:
    page, other = enter(SECOND), enter(SECOND)
    to_account(page)
    sessions = page.get_by_role("region", name="อุปกรณ์ที่เข้าสู่ระบบอยู่")
    expect(sessions.get_by_role("row")).to_have_count(3)
    expect(sessions.get_by_role("row").filter(has_text="อุปกรณ์นี้")).to_have_count(1)
    found = judge(page, axe, "sessions")
    watch.refusals.add(401)
    sessions.get_by_role("button", name="ออกจากระบบที่อุปกรณ์อื่นทั้งหมด").click()
    expect(sessions.get_by_role("row")).to_have_count(2)
    other.goto("/cases")
    expect(other.get_by_role("heading", level=1)).to_have_text("เข้าสู่ระบบ")

    keys = page.get_by_role("region", name="โทเคนสำหรับโปรแกรม")
    keys.get_by_label("ใช้ทำอะไร").fill("ระบบสารบรรณ")
    keys.get_by_role("button", name="สร้างโทเคน").click()
    key = keys.locator("code").inner_text()
    found += judge(page, axe, "key")
    shoot(page, "703-account")
    assert asked_with(office, key) == 200
    page.reload()
    expect(keys.get_by_role("row")).to_have_count(2)
    expect(page.locator("main")).not_to_contain_text(key)
    keys.get_by_role("button", name="เพิกถอน: ระบบสารบรรณ").click()
    expect(keys.get_by_text("เพิกถอนแล้ว")).to_be_visible()
    assert asked_with(office, key) == 401
    assert found == []


def asked_with(office: Office, key: str) -> int:
    """What a program with this key is answered."""
    return httpx.get(f"{office.base}/v2/authentication/me", headers={"Authorization": f"Bearer {key}"}).status_code
