"""Certificates of retention: which cases were deleted rightly, and by whose order."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from krabuan_verify.digests import parsed, sha256
from krabuan_verify.files import gaps, numbered
from krabuan_verify.findings import Finding
from krabuan_verify.signatures import is_signed

Row = dict[str, Any]
EVENT, KIND = "retention-carried-out", "retention-certificate"
_NAME = re.compile(r"certificate-([0-9]{8,})\.jsonl")
_COLUMNS = ("number", "madeAt", "orderedBy", "cases", "events", "previous")


@dataclass(frozen=True, slots=True)
class Deletion:
    """That a case was deleted: how many events it had, its head after them, and which certificate says so."""

    events: int
    head: str
    certificate: int


@dataclass(slots=True)
class Certificates:
    """Those that hold: signed, each continuing the one before. What does not hold is named and not relied on."""

    signed: dict[int, tuple[str, str]] = field(default_factory=dict)  # number: body, signature
    deleted: dict[int, Deletion] = field(default_factory=dict)  # by case
    findings: list[Finding] = field(default_factory=list)

    def add(self, number: int, body: str, signature: str, lines: bytes, keys: list[Ed25519PublicKey]) -> str | None:
        """Rely on a certificate if it holds; what is wrong with it, by the name of the field."""
        if not is_signed(body, signature, keys):
            return "signature"
        said, before = parsed(body), self.signed.get(number - 1)
        if said.get("kind") != KIND:  # the same key signs checkpoints, which are chained and numbered, too
            return "kind"
        if said.get("number") != number:
            return "number"
        expected = "0" * 64 if number == 1 else None if before is None else sha256(before[0])
        if expected is not None and said.get("previous") != expected:
            return "previous"
        if hashlib.sha256(lines).hexdigest() != said.get("manifest"):
            return "manifest"
        self.signed[number] = body, signature
        for line in lines.splitlines():
            row = json.loads(line)
            self.deleted[row["case"]] = Deletion(row["events"], row["head"], number)
        return None

    def copy(self) -> Certificates:
        """Of its own, to which others may be added."""
        return Certificates(dict(self.signed), dict(self.deleted), list(self.findings))


def read_certificates(folder: Path, keys: list[Ed25519PublicKey]) -> Certificates:
    """Those of a folder of exported checkpoints."""
    files, found = numbered(folder, _NAME), Certificates()
    found.findings += [Finding("removed", certificate=number, detail=said) for number, said in gaps(files)]
    for number, file in files.items():
        first, _, lines = file.read_bytes().partition(b"\n")
        said = parsed(first.decode("utf-8", "replace"))
        fault = found.add(number, str(said.get("body")), str(said.get("signature")), lines, keys)
        if fault is not None:
            found.findings.append(Finding("changed", certificate=number, field=fault, detail="its file does not hold"))
    return found


def verify_certificates(
    rows: Iterable[Row], deletions: Iterable[Row], known: Certificates, keys: list[Ed25519PublicKey]
) -> Iterator[Finding]:
    """What the database keeps of certificates, against those that were exported from it. One that is later than those,
    and signed and chained like them, is added to `known`."""
    named: dict[Any, list[Row]] = {}
    for row in deletions:
        named.setdefault(row["certificate"], []).append(row)
    exported, faulty = set(known.signed), {finding.certificate for finding in known.findings}
    seen: set[Any] = set()
    for row in sorted(rows, key=lambda row: str(row["number"]).zfill(20)):
        number, body, signature = row["number"], str(row["body"]), str(row["signature"])
        seen.add(number)
        mine = sorted(named.pop(number, []), key=lambda line: str(line["case"]).zfill(20))
        if number in exported:
            yield from _compared(number, row, mine, known)
        elif (fault := known.add(number, body, signature, _lines(mine), keys)) is not None:
            if number not in faulty:
                yield Finding("added", certificate=number, field=fault, detail="it is not one that was signed")
            continue
        told = parsed(known.signed[number][0])
        yield from (Finding("changed", certificate=number, field=f) for f in _COLUMNS if row[f] != told.get(f))
    for number in exported - seen:
        yield Finding("removed", certificate=number, detail="the database has it no more")
    for number, lines in named.items():
        if number not in exported:
            yield from (Finding("added", case=line["case"], certificate=number, field="deletedCase") for line in lines)


def _lines(rows: list[Row]) -> bytes:
    said = ({name: row[name] for name in ("case", "events", "head")} for row in rows)
    return b"".join(json.dumps(line, separators=(",", ":")).encode() + b"\n" for line in said)


def _compared(number: int, row: Row, lines: list[Row], known: Certificates) -> Iterator[Finding]:
    """A certificate of the database, and the cases that it names there, against the exported one."""
    for name, value in zip(("body", "signature"), known.signed[number], strict=True):
        if row[name] != value:
            yield Finding("changed", certificate=number, field=name)
    expected = {case: found for case, found in known.deleted.items() if found.certificate == number}
    for line in lines:
        wanted = expected.pop(line["case"], None)
        if wanted is None:
            yield Finding("added", case=line["case"], certificate=number, field="deletedCase")
        elif (line["events"], line["head"]) != (wanted.events, wanted.head):
            yield Finding("changed", case=line["case"], certificate=number, field="deletedCase")
    for case in expected:
        yield Finding("removed", case=case, certificate=number, field="deletedCase")


def verify_told(rows: Iterable[Row], known: Certificates) -> Iterator[Finding]:
    """Whether the events of the service, `rows`, tell of each certificate, and of no other."""
    told: dict[str, Any] = {}
    for row in rows:
        said = parsed(str(row["body"]))
        if said.get("type") == EVENT and isinstance(data := said.get("data"), dict):
            told[str(data.get("entityKey"))] = data.get("certificate")
    for number, (body, _) in known.signed.items():
        if told.pop(str(number), None) != sha256(body):
            yield Finding("changed", certificate=number, detail="the events of the service do not tell of it")
    faulty = {str(finding.certificate) for finding in known.findings}
    for key in told.keys() - faulty:
        detail = f"the events of the service tell of certificate {key}, and it is not there"
        yield Finding("removed", certificate=int(key) if key.isdecimal() else None, detail=detail)


def verify_deleted(present: Iterable[int], heads: dict[int, tuple[int, str]], known: Certificates) -> Iterator[Finding]:
    """Whether the cases that certificates name are gone, and were those that the checkpoints cover."""
    there = set(present)
    for case, deletion in known.deleted.items():
        if case in there:
            detail = "the certificate says that it was deleted"
            yield Finding("added", case=case, certificate=deletion.certificate, detail=detail)
        events, head = heads.get(case, (0, ""))
        if events > deletion.events or (events == deletion.events and head != deletion.head):
            detail = "the certificate names another history than the checkpoints"
            yield Finding("changed", case=case, certificate=deletion.certificate, detail=detail)
