"""What somebody ordered to be done with the histories of many cases: deleted by a certificate, or moved to an archive.

Each order has a body: JSON, signed with the key of the checkpoints, numbered, and chained to that of the order before
by its SHA-256. Of each case it names, a line of JSON has the key, the number of its events and its head; the body
holds the SHA-256 of these lines.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

import orjson
from sqlalchemy import Connection, Table, select

from engine.history.checkpoint import NONE, Head
from engine.store.tables import moment_text

FORMAT = 1


def order_body(
    kind: str,
    number: int,
    previous: str,
    at: datetime,
    ordered_by: str,
    reason: str,
    cases: Sequence[Head],
    **more: str,
) -> str:
    """The text that is signed, for cases in the order of their keys. By its `kind` it is told from a checkpoint."""
    return orjson.dumps(
        {
            "kind": kind,
            "format": FORMAT,
            "number": number,
            "madeAt": moment_text(at),
            "previous": previous,
            "orderedBy": ordered_by,
            "reason": reason,
            **more,
            "cases": len(cases),
            "events": sum(case.sequence for case in cases),
            "manifest": hashlib.sha256(case_lines(cases)).hexdigest(),
        }
    ).decode()


def case_lines(cases: Sequence[Head]) -> bytes:
    """What the body holds the SHA-256 of."""
    said = ({"case": case.case, "events": case.sequence, "head": case.head} for case in cases)
    return b"".join(orjson.dumps(line) + b"\n" for line in said)


def latest_order(db: Connection, orders: Table) -> tuple[int, str]:
    """The number of the last one and the SHA-256 of its body; 0 and 64 zeros before the first."""
    c = orders.c
    row = db.execute(select(c.key, c.body).order_by(c.key.desc()).limit(1)).one_or_none()
    return (0, NONE) if row is None else (row.key, hashlib.sha256(row.body.encode()).hexdigest())
