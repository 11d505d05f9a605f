"""Running cases go over to another version: seen before in words and on both diagrams, then done with progress."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.web.conftest import Enter, Watch, shoot
from tests.web.office import Office
from tests.web.permits import POINT, STEP, begin, deploy_steps
from tests.web.serving import served
from tests.web.test_accessibility import axe, judge

pytestmark = pytest.mark.browser
__all__ = ["axe"]  # a fixture


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office of its own, into which these tests deploy."""
    with served(tmp_path_factory.mktemp("migration")) as opened:
        yield opened


def version_of(office: Office, case: str) -> int:
    return int(office.ask("GET", f"/v2/process-instances/{case}")["processDefinitionVersion"])


def test_an_owner_sees_what_a_migration_would_do_and_has_it_done(
    office: Office, enter: Enter, watch: Watch, axe: str
) -> None:
    old = deploy_steps(office, "permit-move", "Check", "Sign", STEP.format("P14D") + POINT)
    cases = [begin(office, "permit-move") for _ in range(2)]
    deploy_steps(office, "permit-move", "Verify", "Sign", STEP.format("P10D"))
    page = enter("owner", f"/processes/{old}")
    page.get_by_role("link", name="ย้ายเรื่องไปฉบับอื่น").click()
    expect(page.get_by_label("จากฉบับ")).to_have_value(old)
    page.get_by_label("ไปฉบับ").select_option(index=1)
    expect(page.get_by_text("มี ๒ เรื่อง ตรวจแล้ว ๒ เรื่อง ย้ายได้ ๒ เรื่อง")).to_be_visible()
    differs = page.get_by_role("region", name="สิ่งที่ต่างไปในฉบับใหม่")
    expect(differs).to_contain_text("ตัดจุดควบคุมออก: “เอกสารครบถ้วน”")
    expect(differs).to_contain_text("เวลามาตรฐาน: 14 เป็น 10 วันทำการ")
    mapped = page.get_by_label("“Check” ไปอยู่ที่")
    expect(mapped).to_have_value("Verify")  # the ids differ: it is known by the key of its step
    expect(page.locator(".djs-shape.krabuan-active:not(.djs-label)")).to_have_count(2)
    found = judge(page, axe, "migration")
    shoot(page, "910-migration")
    mapped.select_option("")
    expect(page.get_by_role("list", name="เหตุที่ย้ายไม่ได้")).to_contain_text("Check")
    expect(page.get_by_role("button", name="ย้ายเรื่อง", exact=True)).to_be_disabled()
    shoot(page, "911-migration-refused")
    mapped.select_option("Verify")
    page.get_by_role("button", name="ย้ายเรื่อง", exact=True).click()
    page.get_by_role("dialog").get_by_label("เหตุผล").fill("ใช้ผังใหม่ตามมติที่ประชุม")
    page.get_by_role("dialog").get_by_role("button", name="ย้ายเรื่อง").click()
    expect(page.get_by_text("เสร็จ ๒ จาก ๒ เรื่อง ไม่สำเร็จ ๐ เรื่อง")).to_be_visible()
    expect(page.get_by_text("ไม่มีเรื่องที่ดำเนินอยู่ในฉบับนี้")).to_be_visible()
    shoot(page, "912-migrated")
    assert [version_of(office, case) for case in cases] == [2, 2]
    assert found == []


def test_a_second_person_is_asked_for_each_case_by_keyboard_on_a_telephone(
    office: Office, enter: Enter, watch: Watch, axe: str
) -> None:
    declared = '<krabuan:intervention kind="migrate" secondPerson="true"/>'
    old = deploy_steps(office, "permit-ask", "Check", "Sign", own=declared)
    cases = [begin(office, "permit-ask") for _ in range(2)]
    new = deploy_steps(office, "permit-ask", "Check", "Approve", own=declared)
    page = enter("owner", f"/migration?process=permit-ask&from={old}&to={new}", language="en", phone=True)
    page.get_by_role("button", name="Ask for approval of the migration").press("Enter")
    page.get_by_role("dialog").get_by_label("Reason").fill("the new diagram is in force")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Asked for 2 of 2 cases.")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert judge(page, axe, "migration on a telephone") == []
    shoot(page, "913-migration-en-phone")
    body = {"filter": {"kind": "migrate", "state": "PENDING"}}
    asked = office.ask("POST", "/v2/interventions/search", body)["items"]
    assert {each["processInstanceKey"] for each in asked} == set(cases)
    assert [version_of(office, case) for case in cases] == [1, 1]
