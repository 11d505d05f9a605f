"""A case as evidence: one zip archive with everything that proves it and a manifest that the service has signed
(docs/reference/evidence.md has every file of it; krabuan_verify verifies it without the service)."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any, Protocol

import orjson

from api.diagram_svg import svg
from api.evidence_path import SVG, TITLE, path_of
from api.evidence_tables import Words
from engine.queries.case_evidence import Evidence
from engine.queries.case_story import story

FORMAT, KIND = 1, "krabuan-evidence"
MANIFEST, SIGNATURE, KEY = "manifest.json", "manifest.sig", "public-key.pem"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # of all entries: when it was made, the manifest says


class Signs(Protocol):
    """The key of the service (engine/history/signing.py)."""

    def sign(self, body: str) -> str:
        """The signature of the text's UTF-8, base64."""
        ...

    def public_pem(self) -> str:
        """The public key."""
        ...


@dataclass(frozen=True, slots=True)
class Made:
    """By whom, and when; `language` is that of the summary, `zone` where its times are shown."""

    by: str
    at: datetime
    language: str
    zone: str


class _Archive:
    """Files go in once, under names of ours."""

    def __init__(self, out: IO[bytes]) -> None:
        self.zip = zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED)
        self.files: list[dict[str, Any]] = []

    def add(self, path: str, content: bytes, listed: bool = True) -> None:
        """`listed` files stand in the manifest."""
        entry = zipfile.ZipInfo(path, _EPOCH)
        entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
        self.zip.writestr(entry, content)
        if listed:
            digest = hashlib.sha256(content).hexdigest()
            self.files.append({"path": path, "size": len(content), "sha256": digest})


def write_bundle(
    out: IO[bytes], evidence: Evidence, nodes: Any, signer: Signs, made: Made, content: Callable[[str], bytes]
) -> int:
    """Write the archive; how many files the manifest names. `content` reads a document by its id."""
    # what makes PDFs takes a third of a second to load: a server that starts does not wait for it
    from api.evidence_pdf import summary_pdf

    archive, told = _Archive(out), story(evidence.events, nodes)
    facts = _facts(evidence, made)
    archive.add("README.txt", _README.encode())
    archive.add("summary.pdf", summary_pdf(evidence, told, facts, made, nodes))
    archive.add("case.json", _json(facts | told))
    archive.add("history/shown.jsonl", _lines(evidence.events))
    if evidence.stored is not None:
        archive.add("history/events.jsonl", _lines(evidence.stored))
    if evidence.people or evidence.keys:
        archive.add("history/people.jsonl", _lines(evidence.people))
        archive.add("history/keys.jsonl", _lines(evidence.keys))
    if evidence.inclusion is not None:
        archive.add("history/checkpoint.json", _json(evidence.inclusion))
    for path, text in evidence.files.items():
        archive.add(path, text.encode())
    words = Words(made.language, made.zone)
    if (drawn := path_of(evidence, nodes, words)) is not None:
        archive.add(SVG, svg(drawn, words(*TITLE)).encode())
    rows = []
    for number, attachment in enumerate(evidence.attachments, 1):
        rows.append({**attachment.row, "file": f"{number}.bin"})
        archive.add(f"attachments/{number}.bin", content(attachment.id))
    archive.add("attachments/index.jsonl", _lines(rows))
    _sign(archive, facts, signer)
    archive.zip.close()
    return len(archive.files)


def _sign(archive: _Archive, facts: Mapping[str, Any], signer: Signs) -> None:
    body = _json({"format": FORMAT, "kind": KIND, **facts, "files": archive.files})
    archive.add(MANIFEST, body, listed=False)
    archive.add(SIGNATURE, _json({"signature": signer.sign(body.decode())}), listed=False)
    archive.add(KEY, signer.public_pem().encode(), listed=False)


def _facts(evidence: Evidence, made: Made) -> dict[str, Any]:
    found, included = evidence.verification, evidence.inclusion
    history = {
        "valid": found.valid, "events": found.events, "head": found.head, "firstBadSequence": found.first_bad_sequence,
        "given": evidence.stored is not None, "signedEvents": 0 if included is None else included["sequence"],
    }  # fmt: skip
    return {
        "madeAt": made.at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"), "madeBy": made.by,
        "people": "names" if evidence.named else "pseudonyms", "case": evidence.case,
        "history": history,
        "withheldDocuments": evidence.withheld,
    }  # fmt: skip


def _json(value: Any) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_INDENT_2)


def _lines(rows: Iterable[Mapping[str, Any]]) -> bytes:
    return b"".join(orjson.dumps(dict(row)) + b"\n" for row in rows)


_README = """ชุดหลักฐานของเรื่องหนึ่งจากระบบกระบวน / Evidence of one case of Krabuan

summary.pdf            สรุปสำหรับอ่าน / the summary, to be read
case.json              ข้อมูลเดียวกันสำหรับโปรแกรม / the same for programs
history/shown.jsonl    เหตุการณ์ทั้งหมดตามที่ผู้จัดทำมีสิทธิเห็น / all events as its maker may see them
history/events.jsonl   เหตุการณ์ตามที่เก็บและคำนวณแฮชไว้ / the events as they are stored and hashed
history/people.jsonl, keys.jsonl
                       ชื่อและกุญแจที่เปิดประวัติ (เฉพาะชุดที่ระบุชื่อ) / names and keys that open the history (only with names)
history/checkpoint.json
                       จุดตรวจสอบที่ลงลายมือชื่อไว้ / the signed checkpoint that covers the history
diagrams/ forms/ decisions/
                       แผนภาพ แบบฟอร์ม และตารางตัดสินใจของฉบับที่ใช้ / diagrams, forms, decision tables of the versions in use
diagrams/path.svg      เส้นทางของเรื่องบนแผนภาพ / the path of the case on its diagram
attachments/           เอกสารแนบ ชื่อจริงอยู่ใน index.jsonl / documents; their names stand in index.jsonl
manifest.json          รายชื่อไฟล์พร้อม SHA-256 / every file with its SHA-256
manifest.sig           ลายมือชื่อ Ed25519 ของ manifest.json / the Ed25519 signature of manifest.json

แตกไฟล์ลงโฟลเดอร์ว่าง แล้วตรวจสอบ / unpack into an empty folder, then verify:
  python -m krabuan_verify FOLDER --key PUBLIC-KEY.pem
ใช้กุญแจสาธารณะที่ได้จากหน่วยงานโดยตรง ไม่ใช่จากไฟล์นี้ / take the public key from the office itself, not from this file.
"""
