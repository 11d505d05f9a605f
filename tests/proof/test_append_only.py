"""The database itself refuses to change or delete what proves."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from engine.store.database import Database
from engine.store.migrations import upgrade
from engine.store.tables.append_only import REFUSAL, TABLES, lifted
from tests.dsl import Office
from tests.proof.notary import Notary


def refused(office: Office, statement: str) -> bool:
    before = office.snapshot()
    with pytest.raises(DBAPIError, match=REFUSAL), office.database.write() as db:
        db.execute(text(statement))
    return office.snapshot() == before


@pytest.mark.parametrize("statement", [
    "UPDATE history_event SET actor = 'nobody'", "DELETE FROM history_event WHERE sequence = 2",
    "UPDATE checkpoint SET root = ''", "DELETE FROM checkpoint_head", "UPDATE service_event SET actor = 'nobody'", "UPDATE checkpoint_head SET sequence = 1",
])  # fmt: skip
def test_rows_stay_as_they_are(notary: Notary, statement: str) -> None:
    assert refused(notary.office, statement)


def test_a_row_is_not_replaced(small_office: Office) -> None:
    """SQLite alone has REPLACE, which deletes without saying so."""
    from tests.proof.notary import TWO

    small_office.deploy(TWO)
    small_office.start()
    assert refused(small_office, "REPLACE INTO history_event SELECT * FROM history_event WHERE sequence = 2")


def test_tables_are_not_emptied_at_once(notary: Notary) -> None:
    if not notary.office.database.is_sqlite:  # which has no TRUNCATE
        assert refused(notary.office, "TRUNCATE history_event")


def test_the_switch_lifts_the_rule_and_puts_it_back(notary: Notary) -> None:
    with notary.office.database.write() as db, lifted(db):
        assert db.execute(text("DELETE FROM history_event WHERE sequence = 2")).rowcount == 2
    assert refused(notary.office, "DELETE FROM history_event")


def test_the_switch_is_undone_with_its_transaction(notary: Notary) -> None:
    with pytest.raises(ZeroDivisionError), notary.office.database.write() as db, lifted(db):
        db.execute(text("DELETE FROM history_event"))
        raise ZeroDivisionError
    assert refused(notary.office, "DELETE FROM history_event")
    assert notary.found() == []


def test_migrations_make_the_rule_too(database_url: str) -> None:
    database = Database(database_url)
    upgrade(database)
    with database.write() as db:
        listed = "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'"
        if not database.is_sqlite:
            listed = "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal"
        assert {table for table, _ in db.execute(text(listed))} >= set(TABLES)
        with lifted(db):  # which knows each by its name
            pass
    database.close()


def test_an_account_that_does_not_own_the_tables_cannot_lift_the_rule(postgres_url: str) -> None:
    database = Database(postgres_url)
    upgrade(database)
    with database.write() as db:
        for statement in (
            "CREATE ROLE krabuan_service_test", "GRANT USAGE ON SCHEMA public TO krabuan_service_test",
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO krabuan_service_test",
        ):  # fmt: skip
            db.execute(text(statement))
    try:
        for statement in ("ALTER TABLE history_event DISABLE TRIGGER USER", "DROP TRIGGER history_event_append_only ON history_event"):
            with pytest.raises(DBAPIError, match="must be owner"), database.write() as db:
                db.execute(text("SET LOCAL ROLE krabuan_service_test"))
                db.execute(text(statement))
        with pytest.raises(DBAPIError, match=REFUSAL), database.write() as db:
            db.execute(text("SET LOCAL ROLE krabuan_service_test"))
            db.execute(text("DELETE FROM history_event"))
    finally:
        with database.write() as db:
            db.execute(text("DROP OWNED BY krabuan_service_test"))
            db.execute(text("DROP ROLE krabuan_service_test"))
        database.close()
