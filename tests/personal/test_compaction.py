"""What was deleted lies on the disk until the database is compacted."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, select, text, update

from api.cli import main
from engine.store import tables as t
from engine.store.compaction import compact
from engine.store.database import Database
from engine.store.migrations import upgrade
from tests.controls.points import process
from tests.dsl import Office
from tests.personal.files import files_of, found_in, uncompressed

WORDS = [f"บุคคลที่ถูกลืม-{number}" for number in range(40)]


def settings(office: Office, words: list[str]) -> None:
    with office.database.write() as db:
        db.execute(insert(t.setting), [{"name": f"n{i}", "value": f'{word} {"x" * 900}'} for i, word in enumerate(words)])


def by_itself(office: Office, statement: str) -> None:
    """What a PostgreSQL server does by itself sooner or later."""
    if not office.database.is_sqlite:
        with office.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as db:
            db.execute(text(statement))


def test_what_was_deleted_and_changed_is_in_no_file(office: Office) -> None:
    uncompressed(office.database)
    settings(office, WORDS)
    folder = files_of(office.database)
    by_itself(office, "ANALYZE setting")  # samples of the texts
    with office.database.write() as db:
        db.execute(delete(t.setting).where(t.setting.c.name != "n0"))
        db.execute(update(t.setting).values(value="kept"))
    by_itself(office, "CHECKPOINT")  # what tests do not wait for: until then all of it may be in memory alone
    assert found_in(folder, WORDS), "nothing to forget was found on the disk"
    done = compact(office.database)
    assert done.failed == [] and done.after > 0
    assert found_in(folder, WORDS) == set()
    with office.database.read() as db:
        assert db.execute(select(t.setting.c.value)).scalars().all() == ["kept"]


def test_pieces_of_what_was_deleted_are_in_no_file(tmp_path: Path) -> None:
    """What words are found by is forgotten with the words."""
    office = Office(f"sqlite:///{tmp_path / 'krabuan.db'}")
    office.deploy(process(""))
    key = office.start(a="ฬฮฌฦ")
    with office.database.write() as db:
        db.execute(update(t.variable).where(t.variable.c.process_instance_key == key).values(value='"x"'))
    with office.database.read() as db:
        blocks = "SELECT count(*) FROM variable_grams_data WHERE instr(block, CAST(:piece AS BLOB)) > 0"
        assert db.execute(text(blocks), {"piece": "ฮฌ"}).scalar_one(), "nothing to forget"
    compact(office.database)
    with office.database.read() as db:
        assert not db.execute(text(blocks), {"piece": "ฮฌ"}).scalar_one()
    office.close()


def test_who_does_not_own_the_tables_is_told_what_was_not_done(postgres_url: str) -> None:
    database = Database(postgres_url)
    upgrade(database)
    with database.write() as db:
        db.execute(text("CREATE ROLE krabuan_compact_test LOGIN"))
    other = Database(str(database.url.set(username="krabuan_compact_test").render_as_string(hide_password=False)))
    try:
        failed = " ".join(compact(other).failed)
        assert "history_event" in failed and "CHECKPOINT" in failed
    finally:
        other.close()
        with database.write() as db:
            db.execute(text("DROP ROLE krabuan_compact_test"))
        database.close()


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = ["--data", str(tmp_path)]
    assert main(["compact", *place]) == 0
    assert "backups" in capsys.readouterr().out
    reader = sqlite3.connect(tmp_path / "krabuan.db", isolation_level=None)
    with reader:
        reader.execute("PRAGMA busy_timeout = 0")
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM setting").fetchone()
        database = Database(f"sqlite:///{tmp_path / 'krabuan.db'}")
        with database.engine.connect() as db:  # does not wait long for who will not go away
            db.exec_driver_sql("PRAGMA busy_timeout = 0")
        assert any("in use" in said for said in compact(database).failed)
        database.close()
    reader.close()
