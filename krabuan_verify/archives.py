"""Archives: files with histories that were moved out of the database, by themselves and together with it."""

from __future__ import annotations

import gzip
import hashlib
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from krabuan_verify.digests import parsed, proven_root
from krabuan_verify.findings import Finding
from krabuan_verify.histories import verify_history
from krabuan_verify.signatures import is_signed

Row = dict[str, Any]
KIND, LONGEST_LINE = "history-archive", 1 << 26
NAME = re.compile(r"archive-([0-9]{8,})-.*\.jsonl\.gz")
_COLUMNS = {
    "case", "sequence", "at", "type", "actor", "onBehalfOf", "elementId", "elementInstanceKey", "body", "hash"
}  # fmt: skip


@dataclass(slots=True)
class Archive:
    """One file. `heads` is what was signed: of each case the number of its events in the file, and the head after them;
    nothing in it where the signature does not hold. `signed` counts events that a checkpoint proves, too."""

    file: Path
    number: int | None = None
    body: str = ""
    heads: dict[int, tuple[int, str]] = field(default_factory=dict)
    events: int = 0
    signed: int = 0
    findings: list[Finding] = field(default_factory=list)
    _proofs: dict[int, Row] = field(default_factory=dict)
    _checkpoints: dict[int, Row] = field(default_factory=dict)

    @property
    def valid(self) -> bool:
        """Whether nothing was changed, removed or added."""
        return not self.findings

    def __str__(self) -> str:
        return (
            f"archive {self.number}: {len(self.heads)} cases with {self.events} events verified: "
            f"{len(self.findings)} findings; {self.signed} events are covered by a checkpoint in it"
        )

    def found(self, what: str, detail: str, case: int | None = None, name: str | None = None) -> None:
        """Add a finding in this file."""
        self.findings.append(Finding(what, file=self.file.name, case=case, field=name, detail=detail))

    def histories(self, keys: list[Ed25519PublicKey]) -> Iterator[tuple[int, list[Row]]]:
        """Each case with its events, in the order of the file, verified against what was signed of the whole. All
        findings are there once the last was taken."""
        lines = self._lines()
        first = next(lines, {})
        self.body = str(first.get("body"))
        said = parsed(self.body)
        if not is_signed(self.body, str(first.get("signature")), keys):
            self.found("changed", "none of the keys has signed it", name="signature")
            return
        if said.get("kind") != KIND:
            self.found("changed", "it is the body of something else", name="kind")
            return
        self.number = said["number"]
        rest = self._manifest(lines, said)
        seen: set[int] = set()
        for case, group in groupby(self._events(rest, keys), key=lambda row: int(row["case"])):
            rows = list(group)
            if case in seen or case not in self.heads:
                self.found("added", "the archive that was signed has it not, or not here", case)
                continue
            seen.add(case)
            self._verify(case, rows)
            yield case, rows
        for case in self.heads.keys() - seen:
            self.found("removed", "its events are missing", case)

    def _manifest(self, lines: Iterator[Row], said: Row) -> Iterator[Row]:
        """Read what was signed of the cases; the lines after it."""
        digest = hashlib.sha256()
        for _ in range(int(said["cases"])):
            row = next(lines, {})
            told = f'{{"case":{row.get("case")},"events":{row.get("events")},"head":"{row.get("head")}"}}\n'
            digest.update(told.encode())
            if row.keys() == {"case", "events", "head"}:
                self.heads[row["case"]] = row["events"], row["head"]
        if digest.hexdigest() != said.get("manifest"):
            self.heads.clear()
            self.found("changed", "the cases that it names are not those that were signed", name="manifest")
        return lines

    def _events(self, lines: Iterator[Row], keys: list[Ed25519PublicKey]) -> Iterator[Row]:
        for row in lines:
            if row.keys() == _COLUMNS and isinstance(row["case"], int):
                yield row
            elif "path" in row and row.get("case") in self.heads:
                self._proofs[row["case"]] = row
            elif row.keys() == {"checkpoint", "body", "signature"}:
                if not is_signed(str(row["body"]), str(row["signature"]), keys) or "kind" in parsed(str(row["body"])):
                    self.found("changed", f"none of the keys has signed checkpoint {row['checkpoint']} in it")
                self._checkpoints[row["checkpoint"]] = row
            else:
                self.found("added", "a line that no archive has")

    def _verify(self, case: int, rows: list[Row]) -> None:
        events, head = self.heads[case]
        end = {"key": case, "historySequence": events, "historyHead": head}
        self.findings += verify_history(end, rows, None, lambda _case: [])
        self.events += len(rows)
        proof = self._proofs.get(case, {})
        checkpoint = parsed(str(self._checkpoints.get(proof.get("checkpoint", 0), {}).get("body")))
        if (proof.get("sequence"), proof.get("head")) != (events, head) or not checkpoint:
            self.found("removed", "the checkpoint that covers it is missing", case)
        elif proven_root(proof, case) != checkpoint.get("root"):
            self.found("changed", "its path does not lead to the root that was signed", case)
        else:
            self.signed += events

    def _lines(self) -> Iterator[Row]:
        try:
            with gzip.open(self.file, "rb") as opened:
                while line := opened.readline(LONGEST_LINE):
                    yield parsed(line.decode("utf-8", "replace"))
        except (EOFError, zlib.error, gzip.BadGzipFile):
            self.found("changed", "it is cut off or damaged")


def verify_archive(file: Path, keys: list[Ed25519PublicKey]) -> Archive:
    """Verify one file by itself. Raises OSError when it cannot be read."""
    archive = Archive(file)
    for _ in archive.histories(keys):
        pass
    return archive


@dataclass(frozen=True, slots=True)
class Held:
    """That the first `events` events of a case are in an archive alone, and the head after them."""

    events: int
    head: str
    archive: int


@dataclass(slots=True)
class Filed:
    """What the database says of its archives, as far as it is signed."""

    held: dict[int, Held] = field(default_factory=dict)
    bodies: dict[int, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def verify_filed(rows: Iterable[Row], cases: Iterable[Row], keys: list[Ed25519PublicKey]) -> Filed:
    """The archives that the database keeps a record of, and the cases that it says are in them."""
    filed, named = Filed(), dict[int, list[Row]]()
    for row in cases:
        named.setdefault(row["archive"], []).append(row)
    for row in sorted(rows, key=lambda row: str(row["number"]).zfill(20)):
        number, body = row["number"], str(row["body"])
        mine = sorted(named.pop(number, []), key=lambda line: str(line["case"]).zfill(20))
        fault = _fault(row, mine, filed.bodies.get(number - 1), keys)
        if fault is not None:
            filed.findings.append(Finding("changed", archive=number, field=fault, detail="it is not what was signed"))
            continue
        filed.bodies[number] = body
        for line in mine:
            if not line["restored"]:
                filed.held[line["case"]] = Held(line["events"], line["head"], number)
    for number, lines in named.items():
        filed.findings += [Finding("added", case=line["case"], archive=number, field="archivedCase") for line in lines]
    return filed


def _fault(row: Row, cases: list[Row], before: str | None, keys: list[Ed25519PublicKey]) -> str | None:
    """By the name of the field, what is wrong with an archive's record."""
    number, body = row["number"], str(row["body"])
    if not is_signed(body, str(row["signature"]), keys):
        return "signature"
    said = parsed(body)
    if said.get("kind") != KIND:
        return "kind"
    previous = "0" * 64 if before is None else hashlib.sha256(before.encode()).hexdigest()
    if said.get("previous") != previous:
        return "previous"
    told = "".join(f'{{"case":{r["case"]},"events":{r["events"]},"head":"{r["head"]}"}}\n' for r in cases)
    if hashlib.sha256(told.encode()).hexdigest() != said.get("manifest"):
        return "manifest"
    columns = ("number", "madeAt", "orderedBy", "cases", "events", "previous")
    return next((name for name in columns if said.get(name) != row[name]), None) or (
        None if said.get("number") == number else "number"
    )


def verify_filed_told(rows: Iterable[Row], filed: Filed) -> Iterator[Finding]:
    """Whether the events of the service, `rows`, tell of each archive, and of no other."""
    told: dict[str, Any] = {}
    for row in rows:
        said = parsed(str(row["body"]))
        if said.get("type") == "history-archived" and isinstance(data := said.get("data"), dict):
            told[str(data.get("entityKey"))] = data.get("archive")
    faulty = {str(finding.archive) for finding in filed.findings}
    for number, body in filed.bodies.items():
        if told.pop(str(number), None) != hashlib.sha256(body.encode()).hexdigest():
            yield Finding("changed", archive=number, detail="the events of the service do not tell of it")
    for key in told.keys() - faulty:
        detail = f"the events of the service tell of archive {key}, and it is not there"
        yield Finding("removed", archive=int(key) if key.isdecimal() else None, detail=detail)
