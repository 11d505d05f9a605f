"""Take turns among nodes, for as long as a piece of work takes that is no transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import text

from engine.store.database import Database
from engine.store.locks import number_of

_TAKE, _LEAVE = text("SELECT pg_try_advisory_lock(:name)"), text("SELECT pg_advisory_unlock(:name)")


@contextmanager
def turn(database: Database, *name: str) -> Iterator[bool]:
    """Whether nobody else has the turn of this name; it is ours until the block ends, or this process does.

    On SQLite there is one process, which asks for each name from one thread.
    """
    if database.is_sqlite:
        yield True
        return
    # by itself, not in a transaction, which would keep old rows alive while others are waited for
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as db:
        ours: bool = db.execute(_TAKE, {"name": number_of(*name)}).scalar_one()
        try:
            yield ours
        finally:
            if ours:
                db.execute(_LEAVE, {"name": number_of(*name)})
