"""Incidents over all cases: by cause, tried again together with progress, or one by one by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

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
    """An office of its own: what stops here is what these tests stopped."""
    with served(tmp_path_factory.mktemp("incidents")) as opened:
        yield opened


def open_incidents(office: Office, process: str) -> list[dict[str, Any]]:
    body = {"filter": {"processDefinitionId": process, "state": "ACTIVE"}}
    found: list[dict[str, Any]] = office.ask("POST", "/v2/incidents/search", body)["items"]
    return found


def test_an_owner_tries_all_cases_of_a_cause_again(office: Office, enter: Enter, watch: Watch, axe: str) -> None:
    deploy(office, "permit-all")
    cases = [begin(office, "permit-all") for _ in range(3)]
    page = enter("owner", "/incidents")
    expect(page.get_by_role("heading", level=1)).to_have_text("เหตุขัดข้อง")
    expect(page.get_by_role("listitem").filter(has_text="คิดค่าธรรมเนียม")).to_contain_text("๓ เรื่อง")
    found = judge(page, axe, "incidents")
    shoot(page, "900-incidents")
    for case in cases:
        set_fee(office, case)
    page.get_by_role("link", name="คิดค่าธรรมเนียม").click()
    expect(page.locator('.djs-shape.krabuan-active[data-element-id="Charge"]')).to_be_visible()
    found += judge(page, axe, "cause")
    page.get_by_role("button", name="ลองใหม่ทุกเรื่อง").click()
    page.get_by_role("dialog").get_by_label("เหตุผล").fill("กำหนดค่าธรรมเนียมแล้ว")
    page.get_by_role("dialog").get_by_role("button", name="ลองใหม่ทุกเรื่อง").click()
    expect(page.get_by_text("เสร็จ ๓ จาก ๓ เรื่อง ไม่สำเร็จ ๐ เรื่อง")).to_be_visible()
    expect(page.get_by_text("ไม่มีเรื่องที่ขัดข้องด้วยสาเหตุนี้แล้ว")).to_be_visible()
    shoot(page, "901-all-tried-again")
    assert open_incidents(office, "permit-all") == []
    page.get_by_role("link", name="ลองขั้นตอนที่ขัดข้องอีกครั้ง").click()
    expect(page.get_by_role("list", name="ผลของแต่ละเรื่อง").get_by_role("listitem")).to_have_count(3)
    found += judge(page, axe, "operation")
    shoot(page, "902-operation")
    (operation,) = office.ask("POST", "/v2/batch-operations/search", {"filter": {"operationType": "RESOLVE_INCIDENT"}})[
        "items"
    ]
    assert (operation["state"], operation["reason"]) == ("COMPLETED", "กำหนดค่าธรรมเนียมแล้ว")
    assert found == []


def test_one_case_is_tried_again_by_keyboard_on_a_telephone(
    office: Office, enter: Enter, watch: Watch, axe: str
) -> None:
    deploy(office, "permit-one")
    mended, other = begin(office, "permit-one"), begin(office, "permit-one")
    set_fee(office, mended)
    page = enter("owner", "/incidents?process=permit-one", language="en", phone=True)
    page.get_by_role("link", name="คิดค่าธรรมเนียม").press("Enter")
    rows = page.get_by_role("list", name="Cases that it stops").get_by_role("listitem")
    expect(rows).to_have_count(2)
    rows.filter(has=page.locator(f'a[href="/cases/{mended}"]')).get_by_role("button", name="Try again").press("Enter")
    page.get_by_role("dialog").get_by_label("Reason").fill("the fee is known")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(rows).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert judge(page, axe, "cause on a telephone") == []
    shoot(page, "903-cause-en-phone")
    assert [incident["processInstanceKey"] for incident in open_incidents(office, "permit-one")] == [other]
    page.goto("/operations")
    expect(page.get_by_role("heading", level=1)).to_have_text("Operations on many cases")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    shoot(page, "904-operations-en-phone")


def test_a_second_person_is_asked_where_the_process_says_so(office: Office, enter: Enter, watch: Watch) -> None:
    watch.refusals.add(409)
    deploy(office, "permit-two", '<krabuan:intervention kind="resolve" secondPerson="true"/>')
    case = begin(office, "permit-two")
    set_fee(office, case)
    page = enter("owner", "/incidents?process=permit-two")
    page.get_by_role("link", name="คิดค่าธรรมเนียม").click()
    page.get_by_role("button", name="ลองใหม่ทุกเรื่อง").click()
    page.get_by_role("dialog").get_by_label("เหตุผล").fill("กำหนดค่าธรรมเนียมแล้ว")
    page.get_by_role("dialog").get_by_role("button", name="ลองใหม่ทุกเรื่อง").click()
    expect(page.get_by_text("เสร็จ ๐ จาก ๑ เรื่อง ไม่สำเร็จ ๑ เรื่อง")).to_be_visible()
    page.get_by_role("list", name="เรื่องที่ขัดข้องด้วยสาเหตุนี้").get_by_role("button").click()
    page.get_by_role("dialog").get_by_label("เหตุผล").fill("กำหนดค่าธรรมเนียมแล้ว")
    page.get_by_role("dialog").get_by_role("button", name="ลองอีกครั้ง").click()
    expect(page.get_by_text("ส่งคำขอแล้ว รอผู้อนุมัติ")).to_be_visible()
    (asked,) = office.ask("POST", "/v2/interventions/search", {"filter": {"processInstanceKey": case}})["items"]
    assert (asked["kind"], asked["state"]) == ("resolve", "PENDING")


def test_staff_see_neither_page_in_their_menu(office: Office, enter: Enter) -> None:
    page = enter(STAFF)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("button", name="การดูแลระบบ")).to_have_count(0)
