"""Indexes of large tables on PostgreSQL: built before the migration that has them, outside of a transaction, so that
nobody who writes waits for as long as that takes. The migration then finds them there.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from sqlalchemy import Connection, text

from engine.store.database import Database
from engine.store.locks import number_of
from engine.store.tables.grams import LONG, SEARCHED, of_long, statements
from engine.store.tables.months import partitions

REST = 0.5  # seconds between two looks whether another server has built them
OF_EACH_MONTH = "{month}"  # in the place of a table: each partition of history
# what each migration needs; an index is built if it is not there, whatever else is run
NEEDED: Mapping[str, Sequence[str]] = {
    "0050": ["CREATE INDEX IF NOT EXISTS ix_process_instance_business_id ON process_instance (business_id, key)"],
    "0052": [*(one for table in SEARCHED for one in statements("postgresql", table)), *map(of_long, LONG)],
    "0053": [
        "CREATE INDEX IF NOT EXISTS ix_job_open ON job (type, priority DESC, key) WHERE state IN ('PENDING', 'LOCKED')",
    ],
    "0054": [
        "CREATE INDEX IF NOT EXISTS ix_process_instance_listed"
        " ON process_instance (process_id, state, key, access_class)",
        "CREATE INDEX IF NOT EXISTS ix_process_instance_of_process ON process_instance (process_id, started_at, key)",
        "CREATE INDEX IF NOT EXISTS ix_job_built_in ON job (due_at, key)"
        " WHERE state = 'PENDING' AND substr(type, 1, 8) = 'krabuan:'",
        f"CREATE INDEX IF NOT EXISTS {OF_EACH_MONTH}_at_type_idx ON {OF_EACH_MONTH} (at, type)",
    ],
}
_AN_INDEX = "CREATE INDEX IF NOT EXISTS "
_VALID = text("SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass(:name)")


def build_indexes(database: Database, revision: str) -> None:
    """Have the indexes of this migration there, on PostgreSQL. One that was given up half way is built anew. Servers
    that start together build one after the other; a build waits for transactions that began before it."""
    if database.is_sqlite or revision not in NEEDED:
        return
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as db, _alone(db):
        months = partitions(db)
        for statement in (one for needed in NEEDED[revision] for one in _each(needed, months)):
            if not statement.startswith(_AN_INDEX):
                db.execute(text(statement))
                continue
            name = statement.removeprefix(_AN_INDEX).split()[0]
            valid = db.execute(_VALID, {"name": name}).scalar()
            if valid is False:
                db.execute(text(f"DROP INDEX CONCURRENTLY {name}"))
            if not valid:
                db.execute(text(statement.replace("CREATE INDEX", "CREATE INDEX CONCURRENTLY", 1)))


def _each(statement: str, months: Sequence[str]) -> list[str]:
    """A statement of each month of history instead of one of all: PostgreSQL builds no index of a partitioned table
    while others write."""
    return [statement.replace(OF_EACH_MONTH, month) for month in months] if OF_EACH_MONTH in statement else [statement]


@contextmanager
def _alone(db: Connection) -> Iterator[None]:
    """By asking again: whoever waited in a statement would be a transaction that a build waits for."""
    lock = {"number": number_of("migrations-indexes")}
    while not db.execute(text("SELECT pg_try_advisory_lock(:number)"), lock).scalar():
        time.sleep(REST)
    try:
        yield
    finally:
        db.execute(text("SELECT pg_advisory_unlock(:number)"), lock)
