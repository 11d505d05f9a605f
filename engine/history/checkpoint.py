"""Draft checkpoints: what is to be signed of the histories that grew since the last one.

A checkpoint is a body (JSON, signed), chained to the one before by that one's SHA-256, and a manifest: one line of JSON
for each history, with its head and what `fingerprint` says of each event. The body holds the Merkle root over the heads
and the SHA-256 of the manifest. The manifest is never stored in the database: it follows from what is there, or the
history was changed, which is why it is exported (docs/reference/checkpoints.md).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import orjson
from sqlalchemy import Connection, exists, func, select

from engine.history.digests import fingerprint, leaf, merkle_root
from engine.history.service import service_head
from engine.history.verify import OF_CASES, OF_SERVICE, agrees, service_agrees
from engine.model.chain import SERVICE, genesis, link
from engine.store.tables import (
    checkpoint,
    checkpoint_head,
    history_event,
    moment_text,
    process_instance,
    service_event,
)

FORMAT = 1
AT_ONCE = 1_000  # histories of one checkpoint; a manifest is held in memory
BACK = timedelta(hours=1)  # before the last checkpoint: how far clocks may differ and a transaction last
NONE = "0" * 64  # in the place of the checkpoint before the first
_P, _H, _C = process_instance.c, checkpoint_head.c, checkpoint.c


@dataclass(frozen=True, slots=True)
class Head:
    """How far a history goes: after `sequence` events, the hash of its chain."""

    case: int
    sequence: int
    head: str


@dataclass(slots=True)
class Draft:
    """What the next checkpoint covers, and the histories that verify no more and are not signed: (case, event)."""

    heads: list[Head] = field(default_factory=list)
    manifest: list[bytes] = field(default_factory=list)
    events: int = 0
    broken: list[tuple[int, int]] = field(default_factory=list)


def lately(db: Connection) -> datetime | None:
    """From when on there are surely the events that came since the last checkpoint, unless a clock was set back by
    more than BACK; None before the first."""
    made: datetime | None = db.execute(select(_C.made_at).order_by(_C.key.desc()).limit(1)).scalar()
    return None if made is None else made - BACK


def grown(db: Connection, after: int, since: datetime | None = None) -> list[Head]:
    """The present heads that no checkpoint covers, of keys beyond `after`, by key; some at a time. With `since` only
    those of histories with an event from then on, which are found without looking at any other.

    The service's own chain is the first of all, under the key SERVICE.
    """
    covered = exists().where(_H.process_instance_key == _P.key, _H.sequence == _P.history_sequence)
    query = select(_P.key, _P.history_sequence, _P.history_head)
    query = query.where(_P.key > after, _P.history_sequence > 0, ~covered)
    if since is not None:
        e = history_event.c
        query = query.where(_P.key.in_(select(e.process_instance_key).where(e.at >= since)))
    heads = [Head(*row) for row in db.execute(query.order_by(_P.key).limit(AT_ONCE))]
    service = service_head(db)
    known = select(_H.sequence).where(_H.process_instance_key == SERVICE, _H.sequence == service.sequence)
    if after < SERVICE and service.sequence > 0 and db.execute(known).first() is None:
        return [Head(SERVICE, service.sequence, service.hash), *heads]
    return heads


def draft(db: Connection, heads: Sequence[Head], rest: Callable[[], None]) -> Draft:
    """Read the events of these histories since their last checkpoint. What does not verify is left out and named.
    `rest` is called after each event."""
    keys = [head.case for head in heads]
    known = select(_H.process_instance_key, func.max(_H.sequence).label("sequence"))
    known = known.where(_H.process_instance_key.in_(keys)).group_by(_H.process_instance_key)
    last = known.subquery()
    joined = select(checkpoint_head).join(
        last, (_H.process_instance_key == last.c.process_instance_key) & (_H.sequence == last.c.sequence)
    )
    before = {row.process_instance_key: (row.sequence, row.head) for row in db.execute(joined)}
    made = Draft()
    for head in heads:
        sequence, hash_ = before.get(head.case, (0, genesis(head.case)))
        found = manifest_line(db, head, Head(head.case, sequence, hash_), rest)
        if isinstance(found, int):
            made.broken.append((head.case, found))
            continue
        made.heads.append(head)
        made.manifest.append(found)
        made.events += head.sequence - sequence
    return made


def manifest_line(db: Connection, head: Head, before: Head, rest: Callable[[], None]) -> bytes | int:
    """The line of a history from the event after `before` to `head`; the number of the event that does not fit.
    `rest` is called after each event."""
    of_service = head.case == SERVICE
    e, fits = (service_event.c, service_agrees) if of_service else (history_event.c, agrees)
    query = select(*(OF_SERVICE if of_service else OF_CASES)).order_by(e.sequence)
    query = query.where(e.sequence > before.sequence, e.sequence <= head.sequence)
    if not of_service:
        query = query.where(e.process_instance_key == head.case)
    hash_, prints = before.head, []
    for number, row in enumerate(db.execute(query).mappings(), before.sequence + 1):
        hash_ = link(hash_, str(row["body"]))
        if row["sequence"] != number or row["hash"] != hash_ or not fits(dict(row)):
            return number
        prints.append(fingerprint(head.case, str(row["body"])))
        rest()
    if before.sequence + len(prints) != head.sequence or hash_ != head.head:
        return before.sequence + len(prints) + 1
    line: dict[str, Any] = {"case": head.case, "from": before.sequence + 1, "before": before.head, "to": head.sequence}
    return orjson.dumps(line | {"head": head.head, "events": prints}) + b"\n"


def body_of(draft: Draft, number: int, previous: str, at: datetime, stamped: bool = False) -> str:
    """The text that is signed; it says whether a time stamp is to be asked for."""
    return orjson.dumps(
        {
            "format": FORMAT,
            "number": number,
            "madeAt": moment_text(at),
            "previous": previous,
            "timeStamp": stamped,
            "instances": len(draft.heads),
            "events": draft.events,
            "root": merkle_root([leaf(head.case, head.sequence, head.head) for head in draft.heads]),
            "manifest": hashlib.sha256(b"".join(draft.manifest)).hexdigest(),
            "broken": [{"case": case, "event": event} for case, event in draft.broken],
        }
    ).decode()


def latest(db: Connection) -> tuple[int, str]:
    """The number of the last checkpoint and the SHA-256 of its body; 0 and 64 zeros before the first."""
    row = db.execute(select(_C.key, _C.body).order_by(_C.key.desc()).limit(1)).one_or_none()
    return (0, NONE) if row is None else (row.key, hashlib.sha256(row.body.encode()).hexdigest())


def numbers(db: Connection, after: int = 0) -> list[int]:
    """The checkpoints that there are beyond a number."""
    return list(db.execute(select(_C.key).where(_C.key > after).order_by(_C.key)).scalars())


def file_of(body: str, signature: str, manifest: bytes) -> bytes:
    """What the file of an exported checkpoint holds."""
    return orjson.dumps({"body": body, "signature": signature}) + b"\n" + manifest


def exported(db: Connection, number: int, rest: Callable[[], None]) -> bytes | None:
    """The file of a checkpoint; None when the history that it covers does not give its manifest any more. `rest` is
    called after each event."""
    row = db.execute(select(_C.body, _C.signature).where(_C.key == number)).one()
    lines = []
    heads = select(_H.process_instance_key, _H.sequence, _H.head).where(_H.checkpoint_key == number)
    for found in db.execute(heads.order_by(_H.process_instance_key)).all():
        head = Head(*found)
        earlier = select(_H.process_instance_key, _H.sequence, _H.head).where(
            _H.process_instance_key == head.case, _H.sequence < head.sequence
        )
        known = db.execute(earlier.order_by(_H.sequence.desc()).limit(1)).one_or_none()
        before = Head(head.case, 0, genesis(head.case)) if known is None else Head(*known)
        line = manifest_line(db, head, before, rest)
        if isinstance(line, int):
            return None
        lines.append(line)
    manifest = b"".join(lines)
    if hashlib.sha256(manifest).hexdigest() != orjson.loads(row.body)["manifest"]:
        return None
    return file_of(row.body, row.signature, manifest)
