"""Versions compared in a real browser, and a draft that a second person approves seeing what it changes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from api.cli import main as krabuan
from tests.web.conftest import Enter, Watch, shoot
from tests.web.office import PROCESS, Office
from tests.web.serving import served
from tests.web.test_accessibility import axe, judge
from tests.web.test_workbench import diagram_of, get

__all__ = ["axe"]
pytestmark = pytest.mark.browser
SECOND = "dpo1"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office of its own, in which a second person approves what is published; another account owns processes too."""
    folder = tmp_path_factory.mktemp("second")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KRABUAN_SECOND_PUBLISHER", "on")
        with served(folder) as opened:
            own = ["--role", "process-owner", "--process", "*", "--data", str(folder / "data")]
            assert krabuan(["user", "role", SECOND, *own]) == 0
            yield opened


def weakened(office: Office, name: str) -> str:
    """A draft of the first version in which a step takes longer and a control point may be passed over; its key."""
    made = {"name": name, "processDefinitionId": PROCESS, "version": 1}
    key = str(office.ask("POST", "/v2/model-drafts", made)["draftKey"])
    file = diagram_of(office, key)
    content = file["content"].replace('risk-1" mandatory="true"', 'risk-1" mandatory="false"')
    content = content.replace(
        'number="9" stage="conclude" standardTime="P3D"', 'number="9" stage="conclude" standardTime="P5D"'
    )
    assert content != file["content"]
    office.ask("PUT", f"/v2/model-drafts/{key}/files/content", {**file, "content": content})
    return key


def told(office: Office, before: dict[str, Any], after: dict[str, Any]) -> list[tuple[str, str]]:
    found = office.ask("POST", "/v2/model-comparisons", {"before": before, "after": after})
    return [(change["code"], change["severity"]) for change in found["changes"]]


def newest(office: Office) -> int:
    found = office.ask("POST", "/v2/process-definitions/search",
                       {"filter": {"processDefinitionId": PROCESS, "isLatestVersion": True}})  # fmt: skip
    version: int = found["items"][0]["version"]
    return version


def drawn(page: Page, side: str) -> Any:
    """The diagram of a side, once it is drawn."""
    found = page.get_by_role("group", name=side)
    expect(found.locator(".djs-shape").first).to_be_visible()
    return found


def place_of(drawing: Any) -> list[float]:
    """Scale and place of what is seen of a diagram."""
    return [
        float(number) for number in re.findall(r"-?[0-9.]+", drawing.locator(".viewport").get_attribute("transform"))
    ]


def test_a_second_person_sees_what_is_weakened_and_approves_it(
    office: Office, enter: Enter, watch: Watch, axe: str
) -> None:
    key, before = weakened(office, "ขยายเวลาสรุปผล"), newest(office)
    page = enter("owner", f"/workbench/drafts/{key}")
    page.get_by_role("button", name="เผยแพร่").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("เวลามาตรฐาน: 3 เป็น 5 วัน")).to_be_visible()
    expect(dialog.get_by_text("ไม่บังคับอีกต่อไป")).to_be_visible()
    found = judge(page, axe, "publish")
    shoot(page, "compare-publish-th-desk", full=False)
    dialog.get_by_label("เหตุผล").fill("ตามมติที่ประชุม")
    dialog.get_by_role("button", name="เผยแพร่").click()
    expect(page.get_by_text("คุณเป็นผู้ขอ", exact=False)).to_be_visible()
    assert (get(office, key)["state"], newest(office)) == ("AWAITING_APPROVAL", before)

    other = enter(SECOND, f"/workbench/drafts/{key}", phone=True)
    expect(other.get_by_text("เวลามาตรฐาน: 3 เป็น 5 วัน")).to_be_visible()
    expect(other.get_by_text("โปรดพิจารณา").first).to_be_visible()
    found += judge(other, axe, "approval")
    shoot(other, "compare-approval-th-phone")
    approve = other.get_by_role("button", name="อนุมัติและเผยแพร่")
    approve.focus()
    other.keyboard.press("Enter")
    other.get_by_role("dialog").get_by_role("button", name="อนุมัติและเผยแพร่").focus()
    other.keyboard.press("Enter")
    expect(other.get_by_text("ร่างนี้แก้ไขไม่ได้แล้ว")).to_be_visible()
    assert (get(office, key)["state"], newest(office)) == ("PUBLISHED", before + 1)
    side = {"processDefinitionId": PROCESS}
    assert ("control-point-optional", "WARNING") in told(office, {**side, "version": before}, side)

    page.goto(f"/workbench?process={PROCESS}")
    page.get_by_role("link", name="เปรียบเทียบกับฉบับก่อนหน้า").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("เปรียบเทียบฉบับ")
    expect(page.get_by_text("เวลามาตรฐาน: 3 เป็น 5 วัน")).to_be_visible()
    drawn(page, "ฉบับก่อน")
    after = drawn(page, "ฉบับหลัง")
    expect(after.locator(".djs-shape.krabuan-changed").first).to_be_visible()
    found += judge(page, axe, "compare")
    shoot(page, "compare-page-th-desk")
    assert found == []


def test_both_diagrams_show_the_same_place_on_a_telephone_in_english(
    office: Office, enter: Enter, watch: Watch, axe: str
) -> None:
    key = weakened(office, "Longer summary")
    revision = get(office, key)["revision"]
    sides = f"before=d{key}.{revision - 1}&after=d{key}"
    page = enter("owner", f"/workbench/compare?process={PROCESS}&{sides}", language="en", phone=True)
    expect(page.get_by_text("Standard time: 3 to 5 days")).to_be_visible()
    before, after = drawn(page, "earlier version"), drawn(page, "later version")
    where = [side.locator(".viewport").get_attribute("transform") for side in (before, after)]
    page.get_by_role("button", name=re.compile("^Show in the diagram: Step 9")).focus()
    page.keyboard.press("Enter")
    for side, place in zip((before, after), where, strict=True):
        zoom = side.get_by_role("button", name="Zoom in")
        zoom.focus()
        page.keyboard.press("Enter")
        expect(side.locator(".viewport")).not_to_have_attribute("transform", place or "")
    assert place_of(before) == pytest.approx(place_of(after), abs=0.1)
    found = judge(page, axe, "compare-phone")
    shoot(page, "compare-page-en-phone")
    page.get_by_label("Earlier version", exact=True).select_option(label="Version 1")
    expect(page).to_have_url(re.compile("before=v1"))
    expect(page.get_by_text("Standard time: 3 to 5 days")).to_be_visible()
    page.get_by_role("link", name="Go to the draft").click()
    page.get_by_role("button", name="Discard").click()
    page.get_by_role("dialog").get_by_role("button", name="Discard").click()
    expect(page).to_have_url(re.compile("/workbench$"))
    assert get(office, key)["state"] == "DISCARDED"
    assert found == []


def test_what_a_second_person_sends_back_can_be_worked_on_again(office: Office, enter: Enter, watch: Watch) -> None:
    key = weakened(office, "ร่างที่ถูกส่งกลับ")
    body = {"revision": get(office, key)["revision"], "reason": "ขยายเวลา"}
    office.ask("POST", f"/v2/model-drafts/{key}/publication", body)
    page = enter(SECOND, f"/workbench/drafts/{key}")
    page.get_by_role("button", name="ส่งกลับให้แก้ไข").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("เหตุผล").fill("จุดควบคุมต้องคงไว้")
    dialog.get_by_role("button", name="ส่งกลับให้แก้ไข").click()
    expect(page.get_by_role("button", name="เผยแพร่", exact=True)).to_be_visible()
    assert get(office, key)["state"] == "OPEN"
