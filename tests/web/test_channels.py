"""Outside channels in a real browser: a host is allowed, a program is told by webhook, a person by an own app."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.channels.receiver import Receiver, receiver
from tests.web.conftest import Enter, Watch, shoot
from tests.web.office import Office, moment
from tests.web.test_accessibility import axe, judge

__all__ = ["axe"]
pytestmark = pytest.mark.browser
PERSON = "infosys_group2"
KEY = "AbCdEf0123456Gh"  # as Gotify makes them


@pytest.fixture
def there() -> Iterator[Receiver]:
    """A server that takes what it gets."""
    with receiver() as running:
        yield running


def part(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name)


def allow(page: Page, there: Receiver) -> None:
    """Allow the host of the receiver, as an administrator does."""
    part(page, "เครื่องปลายทางที่อนุญาต").get_by_role("button", name="อนุญาตเครื่องปลายทาง").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("ชื่อเครื่อง").fill("127.0.0.1")
    dialog.get_by_label("การเข้ารหัส").select_option(label="ไม่เข้ารหัส (http)")
    dialog.get_by_label("หมายเลขพอร์ต").fill(str(there.port))
    dialog.get_by_text("เครื่องนี้อยู่ในเครือข่ายภายใน").click()
    dialog.get_by_label("เหตุผล").fill("ระบบสารบรรณบนเครื่องเดียวกัน")
    dialog.get_by_role("button", name="อนุญาตเครื่องปลายทาง").click()
    expect(page.get_by_text(f"http://127.0.0.1:{there.port}", exact=True)).to_be_visible()


def test_a_program_is_told_by_webhook(
    office: Office, enter: Enter, watch: Watch, axe: str, there: Receiver
) -> None:
    page = enter("admin", "/")
    page.get_by_role("button", name="การดูแลระบบ").click()
    page.get_by_role("menuitem", name="ช่องทางแจ้งเตือนภายนอก").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("ช่องทางแจ้งเตือนภายนอก")
    hooks = part(page, "โปรแกรมปลายทาง (webhook)")
    dialog = page.get_by_role("dialog")
    watch.refusals.add(400)
    hooks.get_by_role("button", name="เพิ่มโปรแกรมปลายทาง").click()
    dialog.get_by_label("ชื่อ", exact=True).fill("ระบบสารบรรณ")
    dialog.get_by_label("ที่อยู่").fill(there.url)
    dialog.get_by_text("กำหนดเวลาตามกฎหมาย").click()
    dialog.get_by_role("button", name="บันทึก").click()
    expect(dialog.get_by_role("alert")).to_be_visible()  # nobody has allowed this host
    found = judge(page, axe, "new webhook")
    shoot(page, "740-webhook-refused", full=False)
    dialog.get_by_role("button", name="ยกเลิก").click()

    allow(page, there)
    hooks.get_by_role("button", name="เพิ่มโปรแกรมปลายทาง").click()
    dialog.get_by_label("ชื่อ", exact=True).fill("ระบบสารบรรณ")
    dialog.get_by_label("ที่อยู่").fill(there.url)
    dialog.get_by_role("button", name="บันทึก").click()
    secret = hooks.locator("code.shown-once").inner_text()
    found += judge(page, axe, "channels")
    shoot(page, "741-channels")
    hooks.get_by_role("button", name="ทดสอบ: ระบบสารบรรณ").click()
    expect(page.get_by_text("ปลายทางรับข้อความทดสอบแล้ว")).to_be_visible()
    assert there.got and there.got[-1].path.endswith("/hook")
    page.reload()
    expect(hooks.get_by_text("ใช้งานอยู่")).to_be_visible()
    expect(page.locator("main")).not_to_contain_text(secret)
    hooks.get_by_role("button", name="ปิดใช้: ระบบสารบรรณ").click()
    expect(hooks.get_by_text("ปิดอยู่")).to_be_visible()
    auditor = enter("auditor", "/channels", language="en", phone=True)
    expect(auditor.get_by_text("Internal network")).to_be_visible()
    expect(auditor.get_by_role("main").get_by_role("button")).to_have_count(0)
    found += judge(auditor, axe, "channels, telephone")
    shoot(auditor, "742-channels-telephone")
    hooks.get_by_role("button", name="นำออก: ระบบสารบรรณ").click()
    dialog.get_by_role("button", name="นำออก").click()
    expect(hooks.get_by_text("ยังไม่มีโปรแกรมปลายทาง")).to_be_visible()
    assert found == []


def test_a_person_is_told_by_an_own_app(enter: Enter, watch: Watch, axe: str, there: Receiver) -> None:
    there.answers = [(200, {})]  # what a Gotify server says
    page = enter(PERSON, "/account")
    push = part(page, "แจ้งเตือนไปยังแอปของฉัน")
    watch.refusals.add(400)

    def add() -> None:
        push.get_by_label("ชื่อที่คุณเรียก").fill("แอปของฉัน")
        push.get_by_label("ที่อยู่ของแอป").fill(f"gotify://127.0.0.1:{there.port}/{KEY}")
        push.get_by_role("button", name="เพิ่มแอป").click()

    add()
    expect(push.get_by_role("alert")).to_be_visible()
    allow(enter("admin", "/channels"), there)
    add()
    expect(push.get_by_text("แอปของฉัน", exact=True)).to_be_visible()
    push.get_by_role("button", name="ทดสอบ: แอปของฉัน").click()
    expect(page.get_by_text("ส่งข้อความทดสอบแล้ว")).to_be_visible()
    assert there.got
    found = judge(page, axe, "push")
    shoot(page, "743-push")
    expect(page.locator("main")).not_to_contain_text(KEY)
    push.get_by_role("button", name="นำออก: แอปของฉัน").click()
    expect(push.get_by_text("ยังไม่มีแอป")).to_be_visible()
    assert found == []


def test_people_are_told_through_an_account_of_the_office(enter: Enter, axe: str, there: Receiver) -> None:
    there.answers = [(200, {})]
    admin = enter("admin", "/channels")
    allow(admin, there)
    accounts = part(admin, "บัญชีของหน่วยงานในแอป")
    accounts.get_by_role("button", name="เพิ่มบัญชี").click()
    dialog = admin.get_by_role("dialog")
    dialog.get_by_label("ชื่อบัญชี").fill("Gotify ของสำนัก")
    dialog.get_by_label("ที่อยู่ของบัญชี").fill(f"gotify://127.0.0.1:{there.port}/{{to}}")
    found = judge(admin, axe, "new account")
    shoot(admin, "744-new-account", full=False)
    dialog.get_by_role("button", name="เพิ่มบัญชี").click()
    expect(accounts.get_by_text("Gotify ของสำนัก")).to_be_visible()
    page = enter(PERSON, "/account", phone=True)
    push = part(page, "แจ้งเตือนไปยังแอปของฉัน")
    expect(push.get_by_label("ส่งผ่าน")).to_have_value(re.compile("[0-9]+"))
    push.get_by_label("ชื่อที่คุณเรียก").fill("โทรศัพท์ของฉัน")
    push.get_by_label("รหัสของคุณในแอปนั้น").fill(KEY)
    found += judge(page, axe, "through an account, telephone")
    push.scroll_into_view_if_needed()
    shoot(page, "745-through-an-account-telephone", full=False)
    push.get_by_role("button", name="เพิ่มแอป").click()
    push.get_by_role("button", name="ทดสอบ: โทรศัพท์ของฉัน").click()
    expect(page.get_by_text("ส่งข้อความทดสอบแล้ว")).to_be_visible()
    assert KEY in str(there.got[-1])
    accounts.get_by_role("button", name="นำออก: Gotify ของสำนัก").click()
    dialog.get_by_role("button", name="นำออก").click()
    expect(accounts.get_by_text("ยังไม่มีบัญชีของหน่วยงาน")).to_be_visible()
    page.reload()
    expect(push.get_by_text("ยังไม่มีแอป")).to_be_visible()
    assert found == []


def test_what_a_program_refused_is_sent_again_or_given_up(
    office: Office, enter: Enter, axe: str, there: Receiver
) -> None:
    page = enter("admin", "/channels")
    allow(page, there)
    office.ask("POST", "/v2/webhooks", {"name": "ทดสอบ", "url": there.url, "topics": ["substitution"]}, "admin")
    there.answers = [(400, {})] * 2
    now = office.now()
    for substitute in ("network_group1", "infosys_group1"):
        span = {"startDate": moment(now + timedelta(days=40)), "endDate": moment(now + timedelta(days=41))}
        entry = {"absent": f"{substitute[:-1]}2", "substitute": substitute, **span}
        office.ask("POST", "/v2/substitutions", entry, "admin")
    letters = part(page, "การแจ้งเตือนที่ส่งไม่ถึง")
    for _ in range(100):
        page.reload()
        expect(letters.get_by_text("ไม่มี").or_(letters.get_by_role("listitem").first)).to_be_visible()
        if letters.get_by_role("listitem").count() == 2:
            break
    expect(letters.get_by_role("listitem")).to_have_count(2)
    found = judge(page, axe, "dead letters")
    shoot(page, "747-dead-letters")
    dialog = page.get_by_role("dialog")
    letters.get_by_role("button", name="ส่งใหม่").first.click()
    dialog.get_by_label("เหตุผล").fill("แก้โปรแกรมปลายทางแล้ว")
    dialog.get_by_role("button", name="ส่งใหม่").click()
    expect(letters.get_by_role("listitem")).to_have_count(1)
    letters.get_by_role("button", name="เลิกส่ง").click()
    dialog.get_by_label("เหตุผล").fill("ไม่มีผู้ใช้แล้ว")
    dialog.get_by_role("button", name="เลิกส่ง").click()
    expect(letters.get_by_text("ไม่มี", exact=True)).to_be_visible()
    assert found == []
