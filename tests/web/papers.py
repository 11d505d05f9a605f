"""A process with files: a start form and a task that take some, and files to hand in."""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.execution.bench import diagram, flows, node, user
from tests.web.office import STAFF, Case, Office

PROCESS, GROUP = "attached-files", "agri_data_group"
FIRST = "คำขอ.pdf"


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


def names(case: Case, account: str = STAFF) -> list[str]:
    """What the case holds, by the API."""
    found = case.office.ask("POST", "/v2/documents/search", {"filter": {"processInstanceKey": case.key}}, account)
    return sorted(item["fileName"] for item in found["items"])
