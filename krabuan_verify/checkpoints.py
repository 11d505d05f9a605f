"""The exported checkpoints: their signatures, their chain, and what they cover."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from krabuan_verify.certificates import Certificates, read_certificates
from krabuan_verify.digests import leaf, sha256, tree_root
from krabuan_verify.files import gaps, numbered
from krabuan_verify.findings import Finding
from krabuan_verify.signatures import is_signed

_NAME = re.compile(r"checkpoint-([0-9]{8,})\.jsonl")


@dataclass(slots=True)
class Covered:
    """What checkpoints prove: how far each history goes, and where it says what its events were."""

    heads: dict[int, tuple[int, str]] = field(default_factory=dict)  # case: events, head
    signed: dict[int, tuple[str, str]] = field(default_factory=dict)  # number: body, signature
    index: dict[tuple[int, int], tuple[str, int]] = field(default_factory=dict)  # case, events: head, number
    findings: list[Finding] = field(default_factory=list)
    certificates: Certificates = field(default_factory=Certificates)  # of cases that retention deleted
    _lines: dict[int, list[tuple[Path, int, int]]] = field(default_factory=dict)

    def prints(self, case: int) -> list[Any]:
        """[identity, {field: digest}] of each covered event of a case, in order."""
        found: list[Any] = []
        for path, start, length in self._lines.get(case, ()):
            with open(path, "rb") as opened:
                opened.seek(start)
                line = json.loads(opened.read(length))
            found[line["from"] - 1 :] = line["events"]
        return found


def read_checkpoints(folder: Path, keys: list[Ed25519PublicKey]) -> Covered:
    """Read a folder of exported checkpoints and certificates. What does not hold is named and not relied on."""
    covered, files = Covered(), numbered(folder, _NAME)
    covered.findings += [Finding("removed", checkpoint=number, detail=said) for number, said in gaps(files)]
    for number, file in files.items():
        fault = _read(covered, number, file, keys)
        if fault is not None:
            covered.findings.append(Finding("changed", checkpoint=number, field=fault[0], detail=fault[1]))
    covered.certificates = read_certificates(folder, keys)
    return covered


def _read(covered: Covered, number: int, path: Path, keys: list[Ed25519PublicKey]) -> tuple[str, str] | None:
    with open(path, "rb") as opened:
        try:
            first = json.loads(opened.readline())
            body, signature = str(first["body"]), str(first["signature"])
            said = json.loads(body)
        except (ValueError, KeyError, TypeError, RecursionError):
            return "body", "its file cannot be read"
        if not is_signed(body, signature, keys):
            return "signature", "none of the keys has signed it"
        if "kind" in said:
            return "body", "it is no checkpoint"
        if said["number"] != number:
            return "number", f"its body is that of checkpoint {said['number']}"
        before = covered.signed.get(number - 1)
        expected = "0" * 64 if number == 1 else None if before is None else sha256(before[0])
        if expected is not None and said["previous"] != expected:
            return "previous", "it does not continue the checkpoint before it"
        digest = hashlib.sha256()
        start = opened.tell()
        for line in opened:
            digest.update(line)
        if digest.hexdigest() != said["manifest"]:
            return "manifest", "what it says of events is not what was signed"
        lines = list(_lines(path, start))
    if said["root"] != tree_root([leaf(line["case"], line["to"], line["head"]) for line, _, _ in lines]):
        return "root", "the hash tree over its heads has another root"
    covered.signed[number] = body, signature
    _cover(covered, number, path, lines)
    return None


def _lines(path: Path, start: int) -> Iterator[tuple[dict[str, Any], int, int]]:
    """The lines of a manifest without their events, and where they stand in the file."""
    with open(path, "rb") as opened:
        opened.seek(start)
        for line in opened:
            said = json.loads(line)
            del said["events"]
            yield said, start, len(line)
            start += len(line)


def _cover(covered: Covered, number: int, path: Path, lines: list[tuple[dict[str, Any], int, int]]) -> None:
    for line, start, length in lines:
        case, events = line["case"], line["to"]
        known = covered.heads.get(case)
        if known is not None and (line["from"], line["before"]) != (known[0] + 1, known[1]):
            covered.findings.append(
                Finding("changed", case=case, checkpoint=number, detail="it does not continue what was signed before")
            )
            continue
        covered.heads[case] = events, line["head"]
        covered.index[case, events] = line["head"], number
        covered._lines.setdefault(case, []).append((path, start, length))
