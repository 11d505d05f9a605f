"""What was answered to a request that said by a key that it is to be done once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert, select

from engine.store.tables import idempotency_key

_C = idempotency_key.c


def known_answer(db: Connection, actor: str, key: str) -> tuple[str, str] | None:
    """The hash of the request and its answer (JSON); None for a key that this actor did not use yet."""
    query = select(_C.request_hash, _C.answer).where(_C.actor == actor, _C.key == key)
    row = db.execute(query).one_or_none()
    return None if row is None else (row.request_hash, row.answer)


def keep_answer(db: Connection, actor: str, key: str, request_hash: str, answer: str, at: datetime) -> None:
    """Keep it for repetitions. Raises IntegrityError when the key was used meanwhile."""
    row = {"actor": actor, "key": key, "request_hash": request_hash, "answer": answer, "made_at": at}
    db.execute(insert(idempotency_key), row)
