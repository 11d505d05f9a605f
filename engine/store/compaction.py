"""Make the files of the database forget what was deleted: a deleted row is gone for queries, not from the disk.

SQLite keeps deleted rows in free pages and in the write-ahead log; PostgreSQL in dead tuples, in the samples of its
planner and in its write-ahead log, whose old segments are kept to be written over some day.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from engine.store.database import Database
from engine.store.tables import metadata
from engine.store.tables.grams import SEARCHED

ROUNDS = 1_000  # of the write-ahead log, 16 MiB each, that are written over at most


@dataclass(slots=True)
class Compacted:
    """Bytes of the database before and after; in words, what could not be done, and what no database can do."""

    before: int = 0
    after: int = 0
    failed: list[str] = field(default_factory=list)
    beyond: list[str] = field(default_factory=list)


def compact(database: Database) -> Compacted:
    """Write the database anew without what was deleted, and the logs over. Readers and writers wait meanwhile.

    Nothing that is in the database changes. Raises what the database raises when it cannot be written at all.
    """
    return _sqlite(database) if database.is_sqlite else _postgresql(database)


def _sqlite(database: Database) -> Compacted:
    done = Compacted(beyond=["copies of the file that were made before, such as backups and snapshots"])
    with closing(database.engine.raw_connection()) as pooled:
        driver: Any = pooled.driver_connection

        def asked(pragma: str) -> int:
            return int(driver.execute(f"PRAGMA {pragma}").fetchone()[0])

        done.before = asked("page_count") * asked("page_size")
        driver.execute("PRAGMA secure_delete = ON")
        for table in SEARCHED:  # in which pieces of deleted texts stand beside the note that they are deleted
            driver.execute(f"INSERT INTO {table.name}_grams ({table.name}_grams) VALUES ('optimize')")
        driver.execute("VACUUM")
        if asked("wal_checkpoint(TRUNCATE)") == 1:
            done.failed.append("the write-ahead log is in use by another program: stop it, and compact again")
        done.after = asked("page_count") * asked("page_size")
    return done


def _postgresql(database: Database) -> Compacted:
    done = Compacted(beyond=["backups, archived write-ahead logs, standby servers, and the log files of the server"])
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as db:
        size = text("SELECT pg_database_size(current_database())")
        done.before = db.execute(size).scalar_one()
        with _warnings_of(db) as warnings:
            for table in metadata.tables:
                db.execute(text(f'VACUUM (FULL, ANALYZE) "{table}"'))
            db.execute(text("VACUUM FULL pg_catalog.pg_statistic"))  # which holds samples of every column
        done.failed += [said for said in warnings if "skipping" in said]
        try:
            done.beyond += _write_over_the_log(db)
        except DBAPIError as error:
            needed = "CHECKPOINT, pg_switch_wal and pg_ls_waldir need an account that may (a superuser)"
            done.failed.append(f"{str(error.orig).strip()}: {needed}")
        done.after = db.execute(size).scalar_one()
    return done


@contextmanager
def _warnings_of(db: Connection) -> Iterator[list[str]]:
    """What the server warns of meanwhile: it passes over a table of another owner without an error."""
    driver: Any = db.connection.driver_connection
    said: list[str] = []

    def hear(notice: Any) -> None:
        said.append(str(notice.message_primary))

    driver.add_notice_handler(hear)
    try:
        yield said
    finally:
        driver.remove_notice_handler(hear)


def _write_over_the_log(db: Connection) -> list[str]:
    """Begin a new segment and make a checkpoint: no older one is needed then, and those that the server keeps for
    use come next. Go once through all of them: leaving one fills it up with zeros. What stands against it, in words."""
    _leave_segment(db)
    db.execute(text("CHECKPOINT"))
    there = db.execute(text("SELECT count(*) FROM pg_ls_waldir()")).scalar_one()
    for _ in range(min(there + 1, ROUNDS)):
        _leave_segment(db)
    db.execute(text("CHECKPOINT"))
    slots = db.execute(text("SELECT slot_name FROM pg_replication_slots ORDER BY 1")).scalars().all()
    return [f"what replication slots keep: {', '.join(slots)}"] if slots else []


def _leave_segment(db: Connection) -> None:
    db.execute(text("SELECT pg_logical_emit_message(true, 'krabuan', 'compact')"))  # an empty one is not left
    db.execute(text("SELECT pg_switch_wal()"))
