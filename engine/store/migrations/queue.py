"""The tables of Procrastinate, which its package brings along: made when there are none, else brought to its version.

A migration that comes with another version of the package calls `bring_queue` again.
"""

from __future__ import annotations

from importlib import metadata, resources

from packaging.version import Version
from sqlalchemy import Connection, text

from engine.store.prepared import driver_of

_SETTING = "queue-schema"  # the version of the package whose tables there are
_FOUND = text("SELECT value FROM setting WHERE name = :name")
_KEPT = text(
    "INSERT INTO setting (name, value) VALUES (:name, :value) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
)


def bring_queue(db: Connection) -> None:
    """On PostgreSQL the tables are those of the package's version afterwards; SQLite has no queue."""
    if db.dialect.name != "postgresql":
        return
    version = metadata.version("procrastinate")
    present: str | None = db.execute(_FOUND, {"name": _SETTING}).scalar()
    for script in _scripts(present, version):
        driver_of(db).execute(script)
    db.execute(_KEPT, {"name": _SETTING, "value": version})


def _scripts(present: str | None, version: str) -> list[str]:
    """What is run, in this order. Migrations are called after the version that they belong to: 03.02.00_01_pre_..."""
    folder = resources.files("procrastinate").joinpath("sql")
    if present is None:
        return [folder.joinpath("schema.sql").read_text(encoding="utf-8")]
    files = sorted(file.name for file in folder.joinpath("migrations").iterdir() if file.name.endswith(".sql"))
    wanted = [name for name in files if Version(present) < Version(name.partition("_")[0]) <= Version(version)]
    return [folder.joinpath("migrations", name).read_text(encoding="utf-8") for name in wanted]
