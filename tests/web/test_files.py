"""Files in a form and on a case in the browser: dropped or chosen, kept with the draft, shown in the page, handed in."""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.execution.bench import diagram, flows, node, user
from tests.web.conftest import Enter, Watch, shoot, wear
from tests.web.office import STAFF, Case, Office
from tests.web.test_accessibility import axe, judge, wider

__all__ = ["axe"]
pytestmark = pytest.mark.browser
PROCESS, GROUP = "attached-files", "agri_data_group"
FIRST = "คำขอ.pdf"
HOSTILE = '<img src=x onerror="window.ran=1"> ก.pdf'


def pdf(*pages: str) -> bytes:
    """A PDF file with a line of text on each page, and a script that a reader of documents would run."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    bodies = [
        "<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (globalThis.ran = 1) >> >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, text in enumerate(pages):
        shown = f"BT /F1 24 Tf 60 700 Td ({text}) Tj ET"
        bodies.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> "
            f"/Contents {5 + 2 * number} 0 R >>"
        )
        bodies.append(f"<< /Length {len(shown)} >>\nstream\n{shown}\nendstream")
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    tail = f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n{table}"
    return out + f"{tail}trailer << /Size {len(bodies) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF".encode()


def png(width: int = 320, height: int = 200) -> bytes:
    """A picture of one colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + bytes((11, 90, 107)) * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


FIELDS = [
    {"type": "textfield", "id": "Field_subject", "key": "subject", "label": "เรื่อง", "properties": {"label.en": "Subject"}},
    {
        "type": "filepicker", "id": "Field_papers", "key": "papers", "label": "เอกสารประกอบ", "multiple": True,
        "accept": ".pdf,image/*", "validate": {"required": True}, "description": "แบบคำขอและสำเนาบัตรประจำตัว",
        "properties": {"label.en": "Supporting documents", "description.en": "The request and a copy of the card",
                       "krabuan.maxFileSize": "1"},
    },
]  # fmt: skip


@dataclass
class World:
    office: Office
    definition: str


@pytest.fixture(scope="module")
def world(office: Office) -> Iterator[World]:
    """The process of this file is deployed: a start form with files, and a task with files."""
    ids = (("files.start", FIELDS[1:]), ("files.task", FIELDS))
    forms = [json.dumps({"schemaVersion": 16, "type": "default", "id": i, "components": c}) for i, c in ids]
    shown = f'<zeebe:formDefinition formId="files.task"/><zeebe:assignmentDefinition candidateGroups="{GROUP}"/>'
    body = node("startEvent", "s", '<zeebe:formDefinition formId="files.start"/>')
    body += user("a", shown) + user("b", shown) + node("endEvent", "e") + flows("s a", "a b", "b e")
    xml = diagram(body).decode().replace('id="p"', f'id="{PROCESS}"', 1).encode()
    files = [("resources", (f"{PROCESS}.bpmn", xml))] + [("resources", (f"{n}.form", f)) for n, f in enumerate(forms)]
    answer = office.as_("owner").post("/v2/deployments", files=files)
    assert answer.is_success, answer.text
    made = next(d["processDefinition"] for d in answer.json()["deployments"] if d.get("processDefinition"))
    yield World(office, made["processDefinitionKey"])


@pytest.fixture
def case(world: World) -> Case:
    """A case at its first task, which is for the staff's group."""
    number = world.office.new_number()
    answer = world.office.as_(STAFF).post("/v2/documents", files={"file": (FIRST, pdf("The request"))})
    body = {"processDefinitionId": PROCESS, "businessId": number, "variables": {"papers": [answer.json()]}}
    started = world.office.ask("POST", "/v2/process-instances", body, STAFF)
    return Case(world.office, str(started["processInstanceKey"]), number)


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


def names(case: Case, account: str = STAFF) -> list[str]:
    """What the case holds, by the API."""
    found = case.office.ask("POST", "/v2/documents/search", {"filter": {"processInstanceKey": case.key}}, account)
    return sorted(item["fileName"] for item in found["items"])


def test_files_of_a_task(enter: Enter, case: Case, tmp_path: Path) -> None:
    """Chosen, refused, dropped, found again with the draft, shown, taken out, handed in."""
    task = case.claim("a", STAFF)
    page = enter(STAFF, f"/tasks/{task}")
    field(page).wait_for()
    choose(page, ("รายงาน.pdf", pdf("Page one", "Page two")), ("หมายเหตุ.txt", b"text"), ("ใหญ่.pdf", b"%PDF" + b"x" * (1 << 20)))
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


def test_documents_of_a_case(enter: Enter, axe: str, case: Case) -> None:
    """A version is added on the case's page, earlier ones stay; what one handed in is taken away; on a telephone, too."""
    page = enter(STAFF, f"/cases/{case.key}", language="en", phone=True)
    page.get_by_role("tab", name="Documents of the case").click()
    panel = page.get_by_role("tabpanel", name="Documents of the case")
    expect(panel.get_by_text("Version 1")).to_be_visible()
    choose(page, (FIRST, pdf("Amended")), (HOSTILE, pdf("Hello")), within=panel)
    expect(panel.get_by_text("Version 2")).to_be_visible()
    expect(panel.get_by_role("button", name=f"View the file {HOSTILE}")).to_be_visible()
    assert judge(page, axe, "documents") + wider(page, "documents") == []
    shoot(page, "705-documents-of-a-case-phone")
    assert names(case) == sorted([FIRST, FIRST, HOSTILE])

    page.get_by_role("button", name=f"Remove the file {HOSTILE}").press("Enter")
    dialog = page.get_by_role("dialog")
    shoot(page, "706-remove-a-document-phone", full=False)
    dialog.get_by_role("button", name="Remove").press("Enter")
    expect(panel.get_by_role("button", name=f"View the file {HOSTILE}")).to_have_count(0)
    assert names(case) == [FIRST, FIRST]
    assert [event["type"] for event in case.get("history")].count("document-deleted") == 1


def test_documents_on_the_page_of_a_task(enter: Enter, axe: str, case: Case) -> None:
    """Added without a field of a form, by keyboard and without a reload for who looks on; in Thai, in the dark."""
    task = case.claim("a", STAFF)
    page, other = enter(STAFF, f"/tasks/{task}"), enter("owner", f"/cases/{case.key}")
    wear(page, "dark")
    page.reload()
    other.get_by_role("tab", name="เอกสารของเรื่อง").click()
    documents = page.get_by_role("region", name="เอกสารของเรื่อง")
    with page.expect_file_chooser() as asked:
        documents.get_by_role("button", name="เลือกไฟล์").press("Enter")
    asked.value.set_files([{"name": "แผนที่.png", "mimeType": "image/png", "buffer": png()}])
    expect(documents.get_by_role("button", name="เปิดดูไฟล์ แผนที่.png")).to_be_visible()
    expect(other.get_by_role("button", name="เปิดดูไฟล์ แผนที่.png")).to_be_visible()
    assert judge(page, axe, "documents of a task") == []
    shoot(page, "707-documents-of-a-task-dark")
    shoot(other, "708-documents-of-a-case")
    assert names(case) == sorted([FIRST, "แผนที่.png"])


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
