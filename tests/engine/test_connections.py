"""Which connection a transaction gets, and what it keeps in memory."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from engine.errors import Busy
from engine.store.database import Database
from engine.store.prepared import driver_of


def test_the_connection_that_was_used_last_is_taken_first(tmp_path: Path) -> None:
    with closing(Database(f"sqlite:///{tmp_path / 'krabuan.db'}")) as database:
        with database.read() as first:
            with database.read() as second:
                inner = driver_of(second)
            last = driver_of(first)
        assert inner is not last
        for _ in range(3):
            with database.read() as db:
                assert driver_of(db) is last


def test_who_writes_to_sqlite_has_one_connection_whatever_was_read_meanwhile(tmp_path: Path) -> None:
    with closing(Database(f"sqlite:///{tmp_path / 'krabuan.db'}")) as database:
        with database.write() as db:
            writing = driver_of(db)
            db.execute(text("CREATE TABLE papers (number INTEGER)"))
        with database.read() as first, database.read() as second:
            assert writing not in (driver_of(first), driver_of(second))
        with database.write() as db:
            assert driver_of(db) is writing


def test_a_connection_whose_work_was_not_kept_is_not_written_through_again(tmp_path: Path) -> None:
    with closing(Database(f"sqlite:///{tmp_path / 'krabuan.db'}")) as database:
        with pytest.raises(Busy), database.write() as db:
            db.execute(text("CREATE TABLE papers (number INTEGER)"))
            driver_of(db).execute("ROLLBACK")  # as SQLite itself does where the disk is full
            raise Busy("the disk is full")
        with database.write() as db:
            db.execute(text("CREATE TABLE papers (number INTEGER)"))
        with database.read() as db:
            assert db.execute(text("SELECT count(*) FROM papers")).scalar_one() == 0


def test_who_writes_keeps_16_mib_of_the_file_and_who_reads_2(tmp_path: Path) -> None:
    with closing(Database(f"sqlite:///{tmp_path / 'krabuan.db'}")) as database:
        with database.write() as db:
            assert db.execute(text("PRAGMA cache_size")).scalar_one() == -16 * 1024
        with database.read() as db:
            assert db.execute(text("PRAGMA cache_size")).scalar_one() == -2_000


def test_a_database_that_was_closed_has_no_file_open(tmp_path: Path) -> None:
    file = tmp_path / "krabuan.db"
    database = Database(f"sqlite:///{file}")
    with database.write() as db:
        db.execute(text("CREATE TABLE papers (number INTEGER)"))
    database.close()
    assert not Path(f"{file}-wal").exists()  # SQLite takes it away with the last connection
