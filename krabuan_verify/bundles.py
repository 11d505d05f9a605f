"""A case that was taken out as evidence: the unpacked folder, with a signed manifest (docs/reference/evidence.md).

Nothing outside of the folder is read: neither links are followed, nor are names taken from what is to be verified but
those of files that are there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from krabuan_verify.digests import parsed, proven_root
from krabuan_verify.documents import verify_documents
from krabuan_verify.findings import Finding
from krabuan_verify.histories import verify_history
from krabuan_verify.sealed import Opening
from krabuan_verify.signatures import is_signed

Row = dict[str, Any]
KIND = "krabuan-evidence"
MANIFEST, SIGNATURE, KEY = "manifest.json", "manifest.sig", "public-key.pem"
_OWN = frozenset({MANIFEST, SIGNATURE, KEY})
MOST_FILES = 10_000


@dataclass(slots=True)
class BundleReport:
    """All that was found. `signed` says how many events a checkpoint covers besides the manifest."""

    case: int | None = None
    files: int = 0
    events: int | None = None
    signed: int = 0
    withheld: int = 0
    findings: list[Finding] = field(default_factory=list)

    @property
    def valid(self) -> bool:
        """Whether nothing was changed, removed or added."""
        return not self.findings

    def __str__(self) -> str:
        found = f"{self.files} files verified against the signed manifest: {len(self.findings)} findings"
        text = f"case {self.case}: {found}"
        if self.events is None:
            return text + "; the stored events are not in the bundle, so their chain cannot be verified with it"
        text += f"; {self.events} events, of which {self.signed} are covered by a checkpoint"
        return text + (f"; {self.withheld} documents of the case are not in the bundle" if self.withheld else "")


def is_bundle(folder: Path) -> bool:
    """Whether this is such a folder, and no export of everything."""
    return (folder / MANIFEST).is_file()


def verify_bundle(folder: Path, keys: list[Ed25519PublicKey]) -> BundleReport:
    """Raises OSError for a folder that cannot be read, or holds more files than a bundle can."""
    report = BundleReport()
    _verify(_Reader(folder), keys, report)
    return report


class _Reader:
    """Reads the files of a folder by their paths in it, with `/` between their parts."""

    def __init__(self, folder: Path) -> None:
        self._files: dict[str, Path] = {}
        self.links: list[str] = []
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder).as_posix()
            if path.is_symlink():
                self.links.append(name)
            elif path.is_file():
                self._files[name] = path
        self.names = list(self._files)
        if len(self.names) > MOST_FILES:
            raise OSError(f"the folder has more than {MOST_FILES} files")

    def read(self, name: str) -> bytes:
        """All that a file holds; empty for one that is not there."""
        return self._files[name].read_bytes() if name in self._files else b""

    def sha256(self, name: str) -> str:
        """Of what a file holds, hexadecimal; that of nothing for one that is not there."""
        if name not in self._files:
            return hashlib.sha256(b"").hexdigest()
        with open(self._files[name], "rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()

    def rows(self, name: str) -> list[Row] | None:
        """The lines of a file; None when it is not there. What is no JSON object is left out: its file is named."""
        if name not in self._files:
            return None
        return [row for line in self.read(name).splitlines() if (row := parsed(line.decode("utf-8", "replace")))]


def _verify(bundle: _Reader, keys: list[Ed25519PublicKey], report: BundleReport) -> None:
    body = bundle.read(MANIFEST).decode("utf-8", "replace")
    signature = parsed(bundle.read(SIGNATURE).decode("utf-8", "replace")).get("signature")
    said = parsed(body)
    if not is_signed(body, str(signature), keys):
        report.findings.append(_of(MANIFEST, "changed", "none of the keys has signed it"))
    elif said.get("kind") != KIND:
        report.findings.append(_of(MANIFEST, "changed", "it is the manifest of something else"))
    report.findings += _files(bundle, said, report)
    case, history = said.get("case"), said.get("history")
    if isinstance(case, dict) and str(case.get("processInstanceKey")).isdecimal():
        report.case = int(case["processInstanceKey"])
    withheld = said.get("withheldDocuments")
    report.withheld = withheld if isinstance(withheld, int) else 0
    rows = bundle.rows("history/events.jsonl")
    if rows is not None and report.case is not None and isinstance(history, dict):
        report.findings += _history(bundle, report, rows, history, keys)


def _of(path: str, what: str, detail: str = "") -> Finding:
    return Finding(what, file=path, detail=detail)


def _files(bundle: _Reader, said: Row, report: BundleReport) -> Iterator[Finding]:
    """Every file against the manifest, both ways."""
    listed = said.get("files")
    rows = [row for row in listed if isinstance(row, dict)] if isinstance(listed, list) else []
    expected = {str(row.get("path")): row for row in rows}
    report.files = len(expected)
    for name in bundle.links:
        yield _of(name, "added", "it is a link, which no bundle has")
    for name in bundle.names:
        if name not in expected and name not in _OWN:
            yield _of(name, "added", "the manifest knows nothing of it")
    for name, row in expected.items():
        if name not in bundle.names:
            yield _of(name, "removed")
        elif bundle.sha256(name) != row.get("sha256"):
            yield _of(name, "changed")


def _history(
    bundle: _Reader, report: BundleReport, rows: list[Row], history: Row, keys: list[Ed25519PublicKey]
) -> Iterator[Finding]:
    """The chain of the events, the checkpoint that covers them, and the documents that they tell of."""
    case = report.case
    assert case is not None
    whole = [row for row in rows if row.keys() >= _COLUMNS]
    if len(whole) < len(rows):
        yield Finding("changed", case=case, file="history/events.jsonl", detail="some of its rows are no events")
    report.events = len(whole)
    end = {"key": case, "historySequence": history.get("events"), "historyHead": history.get("head")}
    yield from verify_history(end, whole, None, lambda _case: [])
    yield from _checkpoint(bundle, report, whole, keys)
    people, sealed = bundle.rows("history/people.jsonl"), bundle.rows("history/keys.jsonl")
    opening = Opening(given=people is not None)
    opening.add_people(row for row in people or () if row.keys() >= {"pseudonym", "username", "salt"})
    opening.add_keys(row for row in sealed or () if row.keys() >= {"id", "key", "case"})
    for row in whole:
        opening.note(case, str(row["body"]))
    yield from opening.findings
    yield from _documents(bundle, case, whole, opening)


_COLUMNS = {
    "sequence", "at", "type", "actor", "onBehalfOf", "elementId", "elementInstanceKey", "body", "hash"
}  # fmt: skip


def _documents(bundle: _Reader, case: int, rows: list[Row], opening: Opening) -> Iterator[Finding]:
    """Those that are in the bundle; that one is not, the manifest says."""
    stored = {}
    for row in bundle.rows("attachments/index.jsonl") or ():
        if row.keys() >= {"id", "fileName", "contentType", "size", "sha256", "uploadedBy", "uploadedAt", "file"}:
            stored[str(row["id"])] = row | {"contentSha256": bundle.sha256(f"attachments/{row['file']}")}
    found = verify_documents(case, rows, stored, opening)
    yield from (finding for finding in found if finding.what != "removed")


def _checkpoint(
    bundle: _Reader, report: BundleReport, rows: list[Row], keys: list[Ed25519PublicKey]
) -> Iterator[Finding]:
    """Whether the checkpoint is signed, covers the case, and says the same hash as the chain."""
    text = bundle.read("history/checkpoint.json")
    if not text:
        return
    proof, case = parsed(text.decode("utf-8", "replace")), report.case
    body, number = str(proof.get("body")), proof.get("checkpoint")
    place = number if isinstance(number, int) else None
    if not is_signed(body, str(proof.get("signature")), keys) or "kind" in parsed(body):
        yield Finding(
            "changed", case=case, checkpoint=place, field="signature", detail="none of the keys has signed it"
        )
        return
    sequence, head = proof.get("sequence"), proof.get("head")
    if proven_root(proof, case) != parsed(body).get("root"):
        yield Finding(
            "changed", case=case, checkpoint=place, field="path", detail="it does not lead to the root that was signed"
        )
        return
    there = next((row for row in rows if row["sequence"] == sequence), None)
    if there is None or there["hash"] != head:
        event = sequence if isinstance(sequence, int) else None
        yield Finding(
            "changed",
            case=case,
            checkpoint=place,
            event=event,
            field="hash",
            detail="it is not the one that was signed",
        )
        return
    report.signed = int(str(sequence))
