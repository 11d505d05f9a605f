"""Schema migrations: what brings any older database to the tables of this release.

A release adds what it needs before its code runs; what it no longer needs is removed by the next
one. `tests/upgrade` proves that all migrations together give the tables of `store/tables.py`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from engine.store.database import Database
from engine.store.locks import lock_name


def upgrade(database: Database, revision: str = "head") -> None:
    """Bring the schema to `revision`, in one transaction: wholly or not at all."""
    config = _config()
    with database.write() as db:
        lock_name(db, "migrations")  # two servers that start at once migrate one after the other
        config.attributes["connection"] = db
        command.upgrade(config, revision)


def revisions(db: Connection) -> tuple[str | None, str | None]:
    """The revision of the schema as it is (None: it was never migrated), and the newest of this release."""
    return MigrationContext.configure(db).get_current_revision(), _newest()


@cache
def _newest() -> str | None:
    return ScriptDirectory.from_config(_config()).get_current_head()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    return config
