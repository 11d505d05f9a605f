"""Take turns among nodes, for as long as a piece of work takes that is no transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError

from engine.store.database import Database
from engine.store.locks import number_of

# so that whoever asks again and again does not spin; a turn that ends meanwhile is taken at once
PATIENCE = 1000  # milliseconds
_WAIT = text("SELECT set_config('lock_timeout', :wait, false)")
_TAKE, _LEAVE = text("SELECT pg_advisory_lock(:name)"), text("SELECT pg_advisory_unlock(:name)")
_AS_BEFORE = text("RESET lock_timeout")
_NOT_AVAILABLE = "55P03"


@contextmanager
def turn(database: Database, *name: str) -> Iterator[bool]:
    """Whether nobody else has the turn of this name, or leaves it soon; it is ours until the block ends, or this
    process does.

    On SQLite there is one process, which asks for each name from one thread.
    """
    if database.is_sqlite:
        yield True
        return
    # by itself, not in a transaction, which would keep old rows alive while others are waited for
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as db:
        number = {"name": number_of(*name)}
        ours = _take(db, number)
        try:
            yield ours
        finally:
            if ours:
                db.execute(_LEAVE, number)


def _take(db: Connection, number: dict[str, int]) -> bool:
    db.execute(_WAIT, {"wait": f"{PATIENCE}ms"})
    try:
        db.execute(_TAKE, number)
    except OperationalError as error:
        if getattr(error.orig, "sqlstate", None) != _NOT_AVAILABLE:
            raise
        return False
    finally:
        db.execute(_AS_BEFORE)
    return True
