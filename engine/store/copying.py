"""Copies of an SQLite database: made while it is written to, looked through, and put back while nobody has it open."""

from __future__ import annotations

import fcntl
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy.engine import make_url

_FIRST, _LENGTH = 0x40000002, 510  # the bytes of the file that whoever has it open holds a lock on


def sqlite_file(url: str) -> Path | None:
    """The file of the database; None of one that has none (PostgreSQL, or in memory)."""
    made = make_url(url)
    sqlite = made.get_backend_name() == "sqlite"
    return Path(made.database) if sqlite and made.database and made.database != ":memory:" else None


def copy_sqlite(source: Path, target: Path) -> None:
    """Copy the database as it is at one moment to the new file `target`. Others read and write meanwhile, and nobody
    waits: the copy is one read transaction. Raises OSError when there is none, or it cannot be read or written."""
    if not source.is_file():
        raise OSError(f"{source}: there is no database")
    try:
        with closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as read:
            with closing(sqlite3.connect(target)) as copy:
                read.backup(copy, pages=-1)
    except sqlite3.Error as error:
        raise OSError(f"{source} cannot be copied: {error}") from error


def looked_at(file: Path) -> str:
    """How to open a database for a look that changes nothing. Where nobody has it open, it also leaves no file beside
    it, which would belong to whoever looked."""
    still = "" if file.with_name(file.name + "-wal").exists() else "&immutable=1"
    return f"{file.resolve().as_uri()}?mode=ro{still}"


def faults_of(file: Path) -> list[str]:
    """What SQLite's `quick_check` finds wrong; nothing of a sound database. Nothing is changed."""
    try:
        with closing(sqlite3.connect(looked_at(file), uri=True)) as read:
            found = [str(row[0]) for row in read.execute("PRAGMA quick_check(20)")]
    except sqlite3.Error as error:
        return [str(error)]
    return [] if found == ["ok"] else found


def schema_of(file: Path) -> str | None:
    """The revision of the schema in it; None where it was never migrated. Raises OSError when it cannot be read."""
    return _asked(file, "alembic_version", "SELECT version_num FROM alembic_version")


def newest_of(file: Path, table: str) -> int:
    """The newest number of `checkpoint` or `retention_certificate`; 0 where there is none. Raises OSError."""
    return int(_asked(file, table, f'SELECT max(key) FROM "{table}"') or 0)


def _asked(file: Path, table: str, query: str) -> str | None:
    try:
        with closing(sqlite3.connect(looked_at(file), uri=True)) as read:
            known = read.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (table,)).fetchone()
            found = read.execute(query).fetchone() if known else None
    except sqlite3.Error as error:
        raise OSError(f"{file} cannot be read: {error}") from error
    return None if found is None or found[0] is None else str(found[0])


@contextmanager
def alone(file: Path) -> Iterator[None]:
    """While nobody has the database open; who opens it meanwhile is told that it is locked. Raises OSError when
    somebody has. A process of several connections is one holder: this is for a program that has none of its own."""
    with open(file, "r+b") as opened:
        try:
            fcntl.lockf(opened, fcntl.LOCK_EX | fcntl.LOCK_NB, _LENGTH, _FIRST)
        except OSError:
            raise OSError(f"{file} is in use: stop the service first (โปรดหยุดบริการก่อน)") from None
        yield
