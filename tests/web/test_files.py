"""Files in a form in the browser: dropped or chosen, kept with the draft, shown in the page, lost on the way, handed in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.web.conftest import Enter, Watch, shoot
from tests.web.office import STAFF, Case
from tests.web.papers import FIRST, World, case, names, pdf, png, world

__all__ = ["case", "world"]  # fixtures
pytestmark = pytest.mark.browser
HOSTILE = '<img src=x onerror="window.ran=1"> ก.pdf'


def field(page: Page) -> Locator:
    return page.locator(".fjs-form-field-filepicker")


def choose(page: Page, *files: tuple[str, bytes], within: Locator | None = None) -> None:
    chosen: Any = [{"name": name, "mimeType": "application/octet-stream", "buffer": content} for name, content in files]
    (within or field(page)).locator("input[type=file]").set_input_files(chosen)


def drop(page: Page, place: Locator, file: Path, content: bytes) -> None:
    """Drag a file from outside of the browser onto a place of the page."""
    file.write_bytes(content)
    place.scroll_into_view_if_needed()
    box = place.bounding_box()
    assert box is not None
    at = {"x": box["x"] + box["width"] - 8, "y": box["y"] + 8}
    data = {"items": [], "files": [str(file)], "dragOperationsMask": 1}
    line = page.context.new_cdp_session(page)
    for kind in ("dragEnter", "dragOver", "drop"):
        line.send("Input.dispatchDragEvent", {"type": kind, "data": data, **at})
    line.detach()


def test_files_of_a_task(enter: Enter, case: Case, tmp_path: Path) -> None:
    """Chosen, refused, dropped, found again with the draft, shown, taken out, handed in."""
    task = case.claim("a", STAFF)
    page = enter(STAFF, f"/tasks/{task}")
    field(page).wait_for()
    choose(
        page,
        ("รายงาน.pdf", pdf("Page one", "Page two")),
        ("หมายเหตุ.txt", b"text"),
        ("ใหญ่.pdf", b"%PDF" + b"x" * (1 << 20)),
    )
    expect(page.get_by_role("button", name="เปิดดูไฟล์ รายงาน.pdf")).to_be_visible()
    expect(field(page).get_by_text("ไม่รับไฟล์ชนิดนี้")).to_be_visible()
    expect(field(page).get_by_text("ไฟล์ใหญ่เกินไป")).to_be_visible()
    drop(page, field(page).locator(".file-drop"), tmp_path / "บัตร.png", png())
    expect(page.get_by_role("button", name="เปิดดูไฟล์ บัตร.png")).to_be_visible()
    shoot(page, "700-files-of-a-task")
    expect(page.get_by_text("บันทึกร่างไว้ในระบบแล้ว")).to_be_visible()
    assert names(case) == [FIRST]

    page.reload()
    page.get_by_role("button", name="เปิดดูไฟล์ รายงาน.pdf").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("หน้า ๑ จาก ๒")).to_be_visible()
    expect(dialog.get_by_text("Page one")).to_be_attached()
    shoot(page, "701-pdf-shown", full=False)
    dialog.get_by_role("button", name="หน้าถัดไป").press("Enter")
    expect(dialog.get_by_text("Page two")).to_be_attached()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="เปิดดูไฟล์ บัตร.png").click()
    expect(page.get_by_role("img", name="บัตร.png").locator("canvas")).to_have_js_property("width", 320)
    shoot(page, "702-picture-shown", full=False)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="นำออก ไฟล์ บัตร.png").click()
    expect(page.get_by_role("button", name="เปิดดูไฟล์ บัตร.png")).to_have_count(0)
    page.get_by_role("button", name="ส่งงาน", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("งานของฉัน")
    added = [event["data"]["fileName"] for event in case.get("history") if event["type"] == "document-added"]
    assert (names(case), added) == ([FIRST, "รายงาน.pdf"], [FIRST, "รายงาน.pdf"])


def test_a_case_is_started_with_files_on_a_telephone(enter: Enter, watch: Watch, world: World) -> None:
    """In English; the name of a file is a text, the script in a PDF never runs, and a required file is asked for."""
    page = enter(STAFF, f"/start/{world.definition}", language="en", phone=True)
    field(page).wait_for()
    page.get_by_role("button", name="Start the case").click()
    expect(page.locator(".form-view .fjs-form-field-error")).to_have_text("Field is required.")
    choose(page, (HOSTILE, pdf("Hello")))
    page.get_by_role("button", name=f"View the file {HOSTILE}").click()
    expect(page.get_by_role("dialog").get_by_text("Page 1 of 1")).to_be_visible()
    expect(page.get_by_role("dialog").get_by_text("Hello")).to_be_attached()
    shoot(page, "703-pdf-on-a-telephone", full=False)
    page.get_by_role("dialog").get_by_role("button", name="Close").click()
    shoot(page, "704-start-with-files-phone")
    page.get_by_role("button", name="Start the case").click()
    page.wait_for_url("**/cases/*")
    case = Case(world.office, page.url.rsplit("/", 1)[1], "")
    assert names(case) == [HOSTILE]
    assert page.evaluate("window.ran") is None


def test_a_lost_connection_in_the_middle_of_a_file(enter: Enter, watch: Watch, case: Case) -> None:
    """It is said at the file, and the same file is sent again."""
    watch.cut = True
    task = case.claim("a", STAFF)
    page = enter(STAFF, f"/tasks/{task}", phone=True)
    field(page).wait_for()
    page.context.set_offline(True)
    choose(page, ("รายงาน.pdf", pdf("Report")))
    again = page.get_by_role("button", name="ส่งอีกครั้ง ไฟล์ รายงาน.pdf")
    expect(again).to_be_visible()
    shoot(page, "709-file-lost-on-the-way-phone")
    page.context.set_offline(False)
    again.press("Enter")
    expect(page.get_by_role("button", name="เปิดดูไฟล์ รายงาน.pdf")).to_be_visible()
    expect(page.get_by_text("บันทึกร่างไว้ในระบบแล้ว")).to_be_visible()
    draft = case.office.ask("GET", f"/v2/user-tasks/{task}/draft", account=STAFF)
    assert [one["metadata"]["fileName"] for one in draft["variables"]["papers"]] == [FIRST, "รายงาน.pdf"]
