"""Schema migrations: what brings any older database to the tables of this release.

A release adds what it needs before its code runs; what it no longer needs is removed by the next
one: so servers of two releases run side by side. `tests/upgrade` proves that all migrations together
give the tables of `store/tables.py`.
"""

from __future__ import annotations

import logging
import time
from functools import cache
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from engine.errors import Busy
from engine.store.database import Database
from engine.store.locks import lock_name
from engine.store.migrations.indexes import build_indexes

log = logging.getLogger("krabuan.migrations")
_FOLDER = Path(__file__).parent
ATTEMPTS = 200
REST = 0.2  # seconds between two
# whoever waits for a whole table holds up all who come after it; and PostgreSQL looks for deadlocks after a second, in
# which somebody at work must never be the victim
_GIVE_WAY = text("SET LOCAL lock_timeout = '300ms'")


def upgrade(database: Database, revision: str = "head") -> None:
    """Bring the schema to `revision`, wholly or not at all. One that a newer release has brought further already is
    left as it is: this release runs beside that one, or once more after it.

    On PostgreSQL nodes of the release before may be at work meanwhile: each migration that is missing is a transaction
    of its own, so that it holds few tables for a short time, and what waits for them gives way and tries again, so that
    nobody stands behind it. Indexes of large tables are built before it, while others write. Raises Busy when others
    do not let it through within some minutes.
    """
    with database.read() as db:
        present, newest = revisions(db)
    if revision == "head" and present is not None and present >= newest:
        if present > newest:
            log.warning("the schema is of a newer release: %s, this one brings it to %s", present, newest)
        return
    wanted = newest if revision == "head" else revision
    alone = present is None or database.is_sqlite
    for step in [wanted] if alone else [one for one in _numbers() if str(present) < one <= wanted]:
        if not alone:
            build_indexes(database, step)
        _bring(database, step)


def _bring(database: Database, revision: str) -> None:
    # Alembic takes a third of a second to load: a server whose schema is as it should be does without
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with database.write() as db:
                lock_name(db, "migrations")  # two servers that start at once migrate one after the other
                if not database.is_sqlite:
                    db.execute(_GIVE_WAY)
                config.attributes["connection"] = db
                command.upgrade(config, revision)
            return
        except Busy:
            if attempt == ATTEMPTS:
                raise
            time.sleep(REST)


def revisions(db: Connection) -> tuple[str | None, str]:
    """The revision of the schema as it is (None: it was never migrated), and the newest of this release."""
    if not inspect(db).has_table("alembic_version"):
        return None, newest_revision()
    present: str | None = db.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return present, newest_revision()


@cache
def newest_revision() -> str:
    """The revision of this release. Migrations stand in one row, and their files are named by their numbers."""
    return _numbers()[-1]


def _numbers() -> list[str]:
    return sorted(file.name.partition("_")[0] for file in (_FOLDER / "versions").glob("[0-9]*.py"))
