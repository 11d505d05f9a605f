"""Schema migrations: what brings any older database to the tables of this release.

A release adds what it needs before its code runs; what it no longer needs is removed by the next
one. `tests/upgrade` proves that all migrations together give the tables of `store/tables.py`.
"""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config

from engine.store.database import Database
from engine.store.locks import lock_name


def upgrade(database: Database, revision: str = "head") -> None:
    """Bring the schema to `revision`, in one transaction: wholly or not at all."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    with database.write() as db:
        lock_name(db, "migrations")  # two servers that start at once migrate one after the other
        config.attributes["connection"] = db
        command.upgrade(config, revision)
