"""A case is moved by hand: on the diagram with the mouse, from the lists by keyboard; as the process wants it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.web.conftest import Enter, Watch, shoot
from tests.web.office import Case, Office
from tests.web.permits import begin, deploy_steps
from tests.web.serving import served
from tests.web.test_accessibility import axe, judge

pytestmark = pytest.mark.browser
__all__ = ["axe"]  # a fixture


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office of its own, into which these tests deploy."""
    with served(tmp_path_factory.mktemp("modification")) as opened:
        yield opened


def waiting(office: Office, case: str) -> list[str]:
    return [task["elementId"] for task in Case(office, case, "").tasks()]


def test_an_owner_moves_a_case_on_the_diagram(office: Office, enter: Enter, watch: Watch, axe: str) -> None:
    deploy_steps(office, "permit-hand", "Check", "Sign")
    case = begin(office, "permit-hand")
    page = enter("owner", f"/cases/{case}")
    page.get_by_role("link", name="ย้ายขั้นตอนของเรื่อง").click()
    page.locator('.djs-shape[data-element-id="Check"]').click()
    page.locator('.djs-shape[data-element-id="Sign"]').click()
    expect(page.get_by_label("ปิด “Check”")).to_be_checked()
    expect(page.get_by_text("เริ่มขั้นตอน “Sign”")).to_be_visible()
    found = judge(page, axe, "modification")
    shoot(page, "920-modification")
    page.get_by_role("button", name="ย้ายขั้นตอน", exact=True).click()
    page.get_by_role("dialog").get_by_label("เหตุผล").fill("ตรวจเอกสารแล้วนอกระบบ")
    page.get_by_role("dialog").get_by_role("button", name="ย้ายขั้นตอน").click()
    expect(page.get_by_text("ดำเนินการแล้ว", exact=True)).to_be_visible()
    assert waiting(office, case) == ["Sign"]
    assert found == []


def test_by_keyboard_on_a_telephone_it_is_asked_for(office: Office, enter: Enter, watch: Watch, axe: str) -> None:
    watch.refusals.add(409)
    declared = '<krabuan:intervention kind="modify" secondPerson="true"/>'
    deploy_steps(office, "permit-hands", "Check", "Sign", own=declared)
    case = begin(office, "permit-hands")
    page = enter("owner", f"/cases/{case}/modification", language="en", phone=True)
    page.get_by_label("End “Check”").press("Space")
    page.get_by_label("Step", exact=True).select_option("Sign")
    page.get_by_role("button", name="Add").press("Enter")
    page.get_by_role("button", name="Move the case", exact=True).press("Enter")
    page.get_by_role("dialog").get_by_label("Reason").fill("the papers were checked elsewhere")
    shoot(page, "921-modification-en-phone", full=False)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Requests that wait for approval")).to_be_visible()
    expect(page.get_by_text("Check → Sign").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    (asked,) = office.ask("POST", "/v2/interventions/search", {"filter": {"processInstanceKey": case}})["items"]
    assert (asked["kind"], asked["state"]) == ("modify", "PENDING")
    assert waiting(office, case) == ["Check"]
