"""Which connection a transaction gets, and what it keeps in memory."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from sqlalchemy import text

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


def test_a_connection_to_sqlite_keeps_no_more_than_16_mib_of_pages(tmp_path: Path) -> None:
    with closing(Database(f"sqlite:///{tmp_path / 'krabuan.db'}")) as database, database.read() as db:
        assert db.execute(text("PRAGMA cache_size")).scalar_one() == -16 * 1024
