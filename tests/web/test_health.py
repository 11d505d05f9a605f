"""The health of the service on a page: what is amber says what to do, and turns green once it is done."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.web.conftest import Enter, Watch, shoot
from tests.web.office import STAFF, Office
from tests.web.permits import begin, deploy, set_fee
from tests.web.serving import served
from tests.web.test_accessibility import axe, judge

pytestmark = pytest.mark.browser
__all__ = ["axe"]  # a fixture


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office of its own: what is amber in it, these tests made so."""
    with served(tmp_path_factory.mktemp("health")) as opened:
        yield opened


def level(office: Office, name: str) -> str:
    checks = office.ask("GET", "/v2/health", None, "admin")["checks"]
    return str(next(line["level"] for line in checks if line["check"] == name))


def test_an_administrator_mends_what_is_amber(office: Office, enter: Enter, watch: Watch, axe: str) -> None:
    deploy(office, "permit-ill")
    case = begin(office, "permit-ill")
    assert level(office, "incidents") == "WARN"
    page = enter("admin", "/health")
    line = page.get_by_role("list", name="สุขภาพของระบบ").get_by_role("listitem").filter(has_text="เหตุขัดข้อง")
    expect(line).to_contain_text("ยังไม่แก้ ๑ เหตุ")
    found = judge(page, axe, "health")
    shoot(page, "930-health")
    set_fee(office, case)
    line.get_by_role("link").click()
    page.get_by_role("link", name="คิดค่าธรรมเนียม").click()
    page.get_by_role("button", name="ลองใหม่ทุกเรื่อง").click()
    page.get_by_role("dialog").get_by_label("เหตุผล").fill("กำหนดค่าธรรมเนียมแล้ว")
    page.get_by_role("dialog").get_by_role("button", name="ลองใหม่ทุกเรื่อง").click()
    expect(page.get_by_text("เสร็จ ๑ จาก ๑ เรื่อง ไม่สำเร็จ ๐ เรื่อง")).to_be_visible()
    page.goto("/health")
    expect(line).to_contain_text("ยังไม่แก้ ๐ เหตุ")
    assert level(office, "incidents") == "GOOD"
    assert found == []


def test_an_auditor_reads_it_on_a_telephone_and_staff_do_not(
    office: Office, enter: Enter, watch: Watch, axe: str
) -> None:
    watch.refusals.add(403)
    page = enter("auditor", "/health", language="en", phone=True)
    expect(page.get_by_role("list", name="System health").get_by_role("listitem").first).to_contain_text("Database")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert judge(page, axe, "health on a telephone") == []
    shoot(page, "931-health-en-phone")
    assert office.as_(STAFF).get("/v2/health").status_code == 403
    page = enter(STAFF, "/health")
    expect(page.get_by_role("alert")).to_be_visible()
