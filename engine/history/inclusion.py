"""That a case's history is in a signed checkpoint, without the checkpoint's other cases: an audit path (RFC 6962,
section 2.1.1) from the case's leaf to the root that was signed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, func, select

from engine.history.digests import leaf
from engine.store.archives import archived
from engine.store.many import among
from engine.store.tables import checkpoint, checkpoint_head, history_event, moment_text

_C, _H = checkpoint.c, checkpoint_head.c


def inclusion(db: Connection, case: int) -> dict[str, Any] | None:
    """The latest checkpoint that covers the case, and the path to its root; None before the first one.

    Keys: checkpoint (its number), body, signature, sequence and head of the case in it, path: from the leaf upwards,
    [{side: left | right, hash}], `side` being where the other half stands.
    """
    found = select(_H.checkpoint_key, _H.sequence, _H.head).where(_H.process_instance_key == case)
    mine = db.execute(found.order_by(_H.sequence.desc()).limit(1)).one_or_none()
    if mine is None:
        return None
    query = select(_H.process_instance_key, _H.sequence, _H.head).where(_H.checkpoint_key == mine.checkpoint_key)
    heads = db.execute(query.order_by(_H.process_instance_key)).all()
    at = next(n for n, head in enumerate(heads) if head.process_instance_key == case)
    signed = db.execute(select(_C.body, _C.signature).where(_C.key == mine.checkpoint_key)).one()
    path = [{"side": side, "hash": other.hex()} for side, other in _path([leaf(*head) for head in heads], at)]
    return {
        "checkpoint": mine.checkpoint_key, "body": signed.body, "signature": signed.signature,
        "sequence": mine.sequence, "head": mine.head, "path": path,
    }  # fmt: skip


def inclusions(db: Connection, cases: Sequence[int]) -> Iterator[dict[str, Any]]:
    """As `inclusion`, of many cases: each checkpoint once, {checkpoint, body, signature}, and then of each case that it
    covers {case, checkpoint, sequence, head, path}. A case that no checkpoint covers is left out."""
    last = select(_H.process_instance_key, func.max(_H.sequence).label("sequence"))
    last = last.where(among(db, _H.process_instance_key, cases)).group_by(_H.process_instance_key)
    newest = last.subquery()
    found = select(_H.process_instance_key, _H.checkpoint_key).join(
        newest, (_H.process_instance_key == newest.c.process_instance_key) & (_H.sequence == newest.c.sequence)
    )
    wanted: dict[int, set[int]] = {}
    for case, number in db.execute(found):
        wanted.setdefault(number, set()).add(case)
    for number in sorted(wanted):
        signed = db.execute(select(_C.body, _C.signature).where(_C.key == number)).one()
        yield {"checkpoint": number, "body": signed.body, "signature": signed.signature}
        query = select(_H.process_instance_key, _H.sequence, _H.head).where(_H.checkpoint_key == number)
        heads = db.execute(query.order_by(_H.process_instance_key)).all()
        leaves = [leaf(*head) for head in heads]
        for at, (case, sequence, head) in enumerate(heads):
            if case in wanted[number]:
                path = [{"side": side, "hash": other.hex()} for side, other in _path(leaves, at)]
                yield {"case": case, "checkpoint": number, "sequence": sequence, "head": head, "path": path}


def _path(leaves: Sequence[bytes], at: int) -> Iterator[tuple[str, bytes]]:
    """Bottom up: neighbours are joined, and one that is left over moves up as it is (as digests.merkle_root)."""
    level = list(leaves)
    while len(level) > 1:
        other = at ^ 1
        if other < len(level):
            yield "left" if other < at else "right", level[other]
        level = [_joined(level[n : n + 2]) for n in range(0, len(level), 2)]
        at //= 2


def _joined(pair: Sequence[bytes]) -> bytes:
    return pair[0] if len(pair) == 1 else hashlib.sha256(b"\1" + pair[0] + pair[1]).digest()


def covered(db: Connection, case: int) -> dict[str, Any] | None:
    """The latest checkpoint that covers the case, and whether the history that there is now is the one that was signed:
    {checkpoint, madeAt, events, agrees}; None before the first one."""
    query = select(_H.sequence, _H.head, _C.key, _C.made_at).where(_H.process_instance_key == case)
    last = query.where(_C.key == _H.checkpoint_key).order_by(_H.sequence.desc()).limit(1)
    mine = db.execute(last).one_or_none()
    if mine is None:
        return None
    e = history_event.c
    hash_ = db.execute(select(e.hash).where(e.process_instance_key == case, e.sequence == mine.sequence)).scalar()
    if hash_ is None and (filed := archived(db, case)) is not None and filed.events == mine.sequence:
        hash_ = filed.head
    at = moment_text(mine.made_at)
    return {"checkpoint": mine.key, "madeAt": at, "events": mine.sequence, "agrees": hash_ == mine.head}
