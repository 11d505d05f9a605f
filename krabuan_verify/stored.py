"""The checkpoints that the database itself keeps, against those that were exported from it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from krabuan_verify.checkpoints import Covered
from krabuan_verify.digests import sha256
from krabuan_verify.findings import Finding
from krabuan_verify.signatures import is_signed

Row = dict[str, Any]
_COLUMNS = ("number", "madeAt", "instances", "events", "root", "previous")


def verify_stored(rows: Iterable[Row], covered: Covered, keys: list[Ed25519PublicKey]) -> tuple[list[Finding], int]:
    """What differs, and how many checkpoints are later than those given (signed and chained like them)."""
    findings, later, last = [], 0, max(covered.signed, default=0)
    bodies, seen = {number: body for number, (body, _) in covered.signed.items()}, set()
    known_faults = {finding.checkpoint for finding in covered.findings}
    for row in sorted(rows, key=lambda row: str(row["number"]).zfill(20)):
        number, body, signature = row["number"], str(row["body"]), str(row["signature"])
        seen.add(number)
        if number in covered.signed:
            exported = dict(zip(("body", "signature"), covered.signed[number], strict=True))
            findings += [Finding("changed", checkpoint=number, field=f) for f, v in exported.items() if row[f] != v]
            body = exported["body"]
        elif number in known_faults:
            continue
        elif number <= last or not is_signed(body, signature, keys) or not _continues(number, body, bodies):
            findings.append(Finding("added", checkpoint=number, detail="it is not one that was signed"))
            continue
        else:
            later += 1
        bodies[number] = body
        said = json.loads(body)
        findings += [Finding("changed", checkpoint=number, field=f) for f in _COLUMNS if row[f] != said[f]]
    gone = [number for number in covered.signed if number not in seen]
    findings += [Finding("removed", checkpoint=number, detail="the database has it no more") for number in gone]
    return findings, later


def ends_before(rows: Iterable[Row], covered: Covered) -> str | None:
    """In words, that the database ends at an earlier checkpoint than those given, as one does that was restored from a
    backup; None where it does not. Whether that is why cannot be known: an end that was cut off looks the same."""
    last = max((row["number"] for row in rows if isinstance(row["number"], int)), default=0)
    newest = max(covered.signed, default=0)
    if last >= newest:
        return None
    end = f"checkpoint {last} of {_made_at(covered, last)}" if last in covered.signed else "no checkpoint"
    return (
        f"the database ends at {end}, and the checkpoints go on to {newest} of {_made_at(covered, newest)}: it was "
        "restored from a backup of before, or its end was cut off. What was written since, as far as it was signed, is "
        "named as removed"
    )


def _made_at(covered: Covered, number: int) -> str:
    return str(json.loads(covered.signed[number][0])["madeAt"])


def _continues(number: int, body: str, bodies: dict[int, str]) -> bool:
    """Whether a signed body is that of this number, and continues the one before it."""
    said, before = json.loads(body), bodies.get(number - 1)
    if said["number"] != number or (before is None) != (number == 1):
        return False
    return bool(said["previous"] == (sha256(before) if before is not None else "0" * 64))


def verify_index(rows: Iterable[Row], covered: Covered) -> Iterator[Finding]:
    """The database's own list of what each checkpoint covers."""
    left, last = dict(covered.index), max(covered.signed, default=0)
    for row in rows:
        expected = left.pop((row["case"], row["sequence"]), None)
        place = {"case": row["case"], "event": row["sequence"], "checkpoint": row["checkpoint"]}
        if expected is None:
            if row["checkpoint"] <= last:
                yield Finding("added", **place, field="checkpointHead")
        elif (row["head"], row["checkpoint"]) != expected:
            yield Finding("changed", **place, field="checkpointHead")
    for (case, sequence), (_, number) in left.items():
        yield Finding("removed", case=case, event=sequence, checkpoint=number, field="checkpointHead")
