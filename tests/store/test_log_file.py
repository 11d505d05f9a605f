"""The log of an SQLite file grows while somebody reads for long, and is small again afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from engine.store import database as store
from engine.store.database import Database

LIMIT = 256 * 1024  # bytes


def test_the_log_is_small_again_when_who_read_has_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "LOG", LIMIT)
    database, log = Database(f"sqlite:///{tmp_path}/k.db"), tmp_path / "k.db-wal"

    def write(megabytes: int) -> None:
        for _ in range(megabytes):
            with database.write() as db:
                db.execute(text("INSERT INTO thing VALUES (zeroblob(1048576))"))

    with database.write() as db:
        db.execute(text("CREATE TABLE thing (content BLOB)"))
    with database.read() as db:
        db.execute(text("SELECT count(*) FROM thing")).scalar_one()
        write(8)
        assert log.stat().st_size > 8 * 2**20, "all of it is still to be read"
    write(1)  # brings the rest into the file
    with database.write() as db:  # begins the log anew
        db.execute(text("CREATE TABLE small (id INTEGER)"))
    assert log.stat().st_size <= LIMIT
    database.close()
