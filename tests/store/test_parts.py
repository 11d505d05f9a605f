"""What somebody took away from the database is missed, whatever it was."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import text

from engine.store.database import Database
from engine.store.migrations import upgrade
from engine.store.parts import missing_parts


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url)
    upgrade(opened)
    yield opened
    opened.close()


def missing(database: Database) -> list[str]:
    with database.read() as db:
        return [part.name for part in missing_parts(db)]


def carry_out(database: Database, *statements: str) -> None:
    with database.write() as db:
        for statement in statements:
            db.execute(text(statement))


def test_what_the_migrations_made_is_all_there(database: Database) -> None:
    assert missing(database) == []


def test_each_kind_is_missed(database: Database) -> None:
    """With a table all that is of it is gone, and need not be named. What is only for speed is told from the rest."""
    trigger = "person_stamp_update" + ("" if database.is_sqlite else " ON person")
    taken = ("TABLE task_mark", "INDEX ix_job_open", f"TRIGGER {trigger}", "INDEX uq_delivery")
    carry_out(database, *(f"DROP {one}" for one in taken))
    with database.read() as db:
        found = {part.name: part.only_for_speed for part in missing_parts(db)}
    assert found == {"task_mark": False, "ix_job_open": True, "person_stamp_update": False, "uq_delivery": False}


def test_an_index_is_there_again_by_its_statement(database: Database) -> None:
    carry_out(database, "DROP INDEX ix_job_open")
    with database.read() as db:
        (part,) = missing_parts(db)
    carry_out(database, part.statement)
    assert missing(database) == []


def test_triggers_that_keep_history_are_looked_at_elsewhere(database: Database) -> None:
    name = "history_event_no_update" if database.is_sqlite else "history_event_append_only ON history_event"
    carry_out(database, f"DROP TRIGGER {name}")
    assert missing(database) == []


@pytest.mark.postgres
def test_what_is_there_and_does_nothing_is_missed(postgres_url: str) -> None:
    """An index whose building was given up, and a trigger that is switched off."""
    database = Database(postgres_url)
    upgrade(database)
    carry_out(
        database, "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'ix_job_open'::regclass",
        "ALTER TABLE person DISABLE TRIGGER person_stamp",
    )  # fmt: skip
    assert missing(database) == ["person_stamp", "ix_job_open"]
    database.close()
