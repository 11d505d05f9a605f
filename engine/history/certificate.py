"""Certificates of retention: which cases were deleted, by whose order, and where the chain of each ended.

A certificate is a body (JSON, signed with the key of the checkpoints), chained to the one before by that one's SHA-256,
and one line of JSON for each case with the number of its events and its head; the body holds the SHA-256 of the lines.
Its file is exported beside the checkpoints (docs/reference/checkpoints.md), and an event of the service names its
SHA-256, so that the next checkpoint covers it, too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

import orjson
from sqlalchemy import Connection, select

from engine.history.checkpoint import NONE, Head
from engine.store.archives import not_restored
from engine.store.tables import archived_case, checkpoint_head, deleted_case, moment_text, retention_certificate

FORMAT, KIND = 1, "retention-certificate"  # by which it is told from a checkpoint, signed with the same key
_C, _D, _H = retention_certificate.c, deleted_case.c, checkpoint_head.c


def certificate_body(
    number: int, previous: str, at: datetime, ordered_by: str, reason: str, cases: Sequence[Head]
) -> str:
    """The text that is signed, for cases in the order of their keys."""
    return orjson.dumps(
        {
            "kind": KIND,
            "format": FORMAT,
            "number": number,
            "madeAt": moment_text(at),
            "previous": previous,
            "orderedBy": ordered_by,
            "reason": reason,
            "cases": len(cases),
            "events": sum(case.sequence for case in cases),
            "manifest": hashlib.sha256(_lines(cases)).hexdigest(),
        }
    ).decode()


def _lines(cases: Sequence[Head]) -> bytes:
    said = ({"case": case.case, "events": case.sequence, "head": case.head} for case in cases)
    return b"".join(orjson.dumps(line) + b"\n" for line in said)


def latest_certificate(db: Connection) -> tuple[int, str]:
    """The number of the last certificate and the SHA-256 of its body; 0 and 64 zeros before the first."""
    row = db.execute(select(_C.key, _C.body).order_by(_C.key.desc()).limit(1)).one_or_none()
    return (0, NONE) if row is None else (row.key, hashlib.sha256(row.body.encode()).hexdigest())


def certificate_numbers(db: Connection) -> list[int]:
    """The certificates that there are."""
    return list(db.execute(select(_C.key).order_by(_C.key)).scalars())


def exported_certificate(db: Connection, number: int) -> bytes:
    """The file of a certificate."""
    row = db.execute(select(_C.body, _C.signature).where(_C.key == number)).one()
    listed = select(_D.process_instance_key, _D.sequence, _D.head).where(_D.certificate_key == number)
    cases = [Head(*found) for found in db.execute(listed.order_by(_D.process_instance_key))]
    return orjson.dumps({"body": row.body, "signature": row.signature}) + b"\n" + _lines(cases)


def covered_cases(db: Connection, cases: Sequence[Head]) -> set[int]:
    """Those whose history is covered by checkpoints to its end."""
    found: set[int] = set()
    for start in range(0, len(cases), 500):
        some = {case.case: case for case in cases[start : start + 500]}
        query = select(_H.process_instance_key, _H.sequence, _H.head).where(_H.process_instance_key.in_(some))
        found.update(key for key, sequence, head in db.execute(query) if some[key] == Head(key, sequence, head))
    return found


def covers_absent(db: Connection, checkpoint: int) -> bool:
    """Whether a checkpoint covers a case that retention has deleted, or whose history is in an archive: its file cannot
    be made anew."""
    a = archived_case.c
    deleted = select(_D.process_instance_key).where(_D.process_instance_key == _H.process_instance_key).exists()
    filed = select(a.archive_key).where(a.process_instance_key == _H.process_instance_key, not_restored()).exists()
    gone = deleted | filed
    return db.execute(select(_H.sequence).where(_H.checkpoint_key == checkpoint, gone).limit(1)).first() is not None
