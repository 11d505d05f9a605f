"""Locks on names, for what has no row to lock yet; held until the end of the transaction."""

from __future__ import annotations

import hashlib

from sqlalchemy import BigInteger, Connection, bindparam, func, select, text

from engine.store.batch import Batch
from engine.store.prepared import Prepared

_TAKE = text("SELECT pg_advisory_xact_lock(:name)").bindparams(bindparam("name", type_=BigInteger))
_SHARE = Prepared(select(func.pg_advisory_xact_lock_shared(bindparam("b_name", type_=BigInteger))))


def lock_name(db: Connection, *name: str) -> None:
    """Wait until no other transaction holds or shares the name. On SQLite a writer is alone anyway."""
    if db.dialect.name == "postgresql":
        db.execute(_TAKE, {"name": number_of(*name)})


def share_name(batch: Batch, *name: str) -> None:
    """Before anything of the batch is written, wait until no other transaction holds the name; any number may share it.
    For PostgreSQL alone."""
    batch.first(_SHARE, {"b_name": number_of(*name)})


def number_of(*name: str) -> int:
    """The number by which PostgreSQL knows the name."""
    digest = hashlib.sha256("\0".join(name).encode()).digest()
    return int.from_bytes(digest[:8], "big", signed=True)
