"""Mails as people see them: on a telephone, in both languages and both themes, with nothing from outside."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from engine.adapters.mail import MailCourier, MailServer
from engine.ports import Item, Parcel
from tests.conftest import START
from tests.notify.post_office import said
from tests.web.conftest import PHONE, SCREEN, shoot
from tests.web.test_accessibility import AXE, judge, wider

pytestmark = pytest.mark.browser
LINK = "https://krabuan.example.go.th/tasks/2251799813685249"
TEXTS = {
    "th": ("ใกล้ครบกำหนดตามกฎหมาย: แจ้งเหตุละเมิดข้อมูลส่วนบุคคลแก่สำนักงานคณะกรรมการคุ้มครองข้อมูลส่วนบุคคล",
           "ครบกำหนด ๑๓ เมษายน ๒๕๖๙ เวลา ๑๖.๐๐ น.\nการแจ้งเหตุละเมิดข้อมูลส่วนบุคคล\nเรื่อง กษ ๐๑๐๑/๒๕๖๙"),
    "en": ("Statutory deadline ahead: notify the Personal Data Protection Committee of the breach",
           "Due 2026-04-13 16:00\nPersonal data breach notification\nCase MOAC 0101/2569"),
}  # fmt: skip
HOSTILE = ("<script>document.title='x'</script><img src=https://evil.test/a.png>" + "ยาว" * 120, "https://evil.test/" + "a" * 200)


def mail(language: str, *told: tuple[str, str]) -> str:
    """The HTML of a mail that was made as any other is."""
    items = tuple(Item(n, "statutory", *texts, LINK, False, START, 1, 2) for n, texts in enumerate(told))
    parcel = Parcel(1, "mail", "ann", "ann@office.test", language, items, START)
    return said(MailCourier(MailServer("localhost", 1)).mail_of(parcel), "html")


def opened(browser: Browser, html: str, scheme: str, phone: bool) -> tuple[Page, list[str]]:
    """A mail program's window, and what it asked for outside."""
    asked: list[str] = []
    context = browser.new_context(
        viewport=PHONE if phone else SCREEN, color_scheme="dark" if scheme == "dark" else "light", java_script_enabled=True
    )
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.set_content(html)
    return page, asked


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "screen"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("many", [False, True], ids=["one", "digest"])
def test_a_mail_can_be_read_by_everybody(browser: Browser, language: str, scheme: str, phone: bool, many: bool) -> None:
    told = [TEXTS[language]] * 3 if many else [TEXTS[language]]
    page, asked = opened(browser, mail(language, *told), scheme, phone)
    name = f"650-mail-{'digest' if many else 'one'}-{language}-{scheme}-{'phone' if phone else 'screen'}"
    shoot(page, name)
    assert judge(page, Path(AXE).read_text(encoding="utf-8"), name) + wider(page, name) == []
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert light == ("rgb(20, 25, 31)" if scheme == "dark" else "rgb(242, 244, 247)")
    assert page.locator("a").count() == len(told) and page.locator("a").first.get_attribute("href") == LINK
    assert asked == []
    page.context.close()


def test_what_a_notification_says_is_text_and_nothing_else(browser: Browser) -> None:
    page, asked = opened(browser, mail("th", HOSTILE), "light", phone=True)
    assert page.title().startswith("<script>") and page.locator("script, img").count() == 0
    assert "evil.test" in page.inner_text("article") and page.locator("a").count() == 1
    shoot(page, "651-mail-hostile")
    assert wider(page, "hostile") == [] and asked == []
    page.context.close()


def test_without_a_service_to_reach_there_is_no_link(browser: Browser) -> None:
    items = (Item(1, "message", "เรื่อง", "ข้อความ", None, False, START, None, None),)
    html = said(MailCourier(MailServer("localhost", 1)).mail_of(Parcel(1, "mail", "ann", "a@b.test", "th", items, START)), "html")
    page, _ = opened(browser, html, "light", phone=True)
    assert page.locator("a").count() == 0
    page.context.close()
