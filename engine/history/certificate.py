"""Certificates of retention: which cases were deleted, by whose order, and where the chain of each ended.

A certificate is the body of an order (history/orders.py) and the lines of its cases. Its file is exported beside the
checkpoints (docs/reference/checkpoints.md), and an event of the service names its SHA-256, so that the next checkpoint
covers it, too.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import orjson
from sqlalchemy import Connection, select

from engine.history.checkpoint import Head
from engine.history.orders import case_lines, order_body
from engine.store.archives import not_restored
from engine.store.tables import archived_case, checkpoint_head, deleted_case, retention_certificate

KIND = "retention-certificate"
_C, _D, _H = retention_certificate.c, deleted_case.c, checkpoint_head.c


def certificate_body(
    number: int, previous: str, at: datetime, ordered_by: str, reason: str, cases: Sequence[Head]
) -> str:
    """The text that is signed, for cases in the order of their keys."""
    return order_body(KIND, number, previous, at, ordered_by, reason, cases)


def certificate_numbers(db: Connection) -> list[int]:
    """The certificates that there are."""
    return list(db.execute(select(_C.key).order_by(_C.key)).scalars())


def exported_certificate(db: Connection, number: int) -> bytes:
    """The file of a certificate."""
    row = db.execute(select(_C.body, _C.signature).where(_C.key == number)).one()
    listed = select(_D.process_instance_key, _D.sequence, _D.head).where(_D.certificate_key == number)
    cases = [Head(*found) for found in db.execute(listed.order_by(_D.process_instance_key))]
    return orjson.dumps({"body": row.body, "signature": row.signature}) + b"\n" + case_lines(cases)


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
