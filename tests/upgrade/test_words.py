"""Words are found in cases of before, and the indexes for it are built without keeping anybody waiting."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from typing import Any

import pytest
from sqlalchemy import text

from engine.model.actor import SYSTEM
from engine.queries.noun import Context
from engine.queries.words import words_sought
from engine.store.database import Database
from engine.store.migrations import revisions, upgrade
from engine.store.tables import metadata
from tests.upgrade.test_migrations import differences


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url)
    yield opened
    opened.close()


def a_case(number: str) -> list[tuple[str, dict[str, Any]]]:
    """Of a schema from 0050 on."""
    return [
        ("deployment", {"key": 1, "deployed_at": "-", "deployed_by": "-"}),
        ("process_definition", {
            "key": 2, "process_id": "p", "version": 1, "resource_name": "p", "deployment_key": 1, "xml": "-", "checksum": "-",
            "startable": True, "deployed_at": "-",
        }),
        ("process_instance", {
            "key": 3, "root_key": 3, "definition_key": 2, "process_id": "p", "version": 1, "state": "ACTIVE", "execution_format": 1,
            "rev": 1, "started_at": "-", "started_by": "-", "history_sequence": 0, "history_head": "-", "business_id": number,
        }),
        ("variable", {"key": 4, "process_instance_key": 3, "scope_key": 3, "name": "a", "value": '"คําขอ ๑๒"'}),
        ("comment", {"key": 5, "process_instance_key": 3, "author": "a", "written_at": "-", "text": "รับทราบ"}),
    ]  # fmt: skip


def write(database: Database, rows: list[tuple[str, dict[str, Any]]]) -> None:
    with database.write() as db:
        for table, row in rows:
            names = ", ".join(row)
            db.execute(text(f"INSERT INTO {table} ({names}) VALUES ({', '.join(f':{name}' for name in row)})"), row)


def led_to(database: Database, said: str) -> list[int]:
    """The cases to which the pieces of the words lead."""
    with database.read() as db:
        sought = words_sought(said, Context(db.dialect.name, SYSTEM))
        return [key for part in sought.parts or () for key in db.execute(part).scalars()]


def test_cases_of_before_are_found_by_words_and_those_of_an_older_node_as_well(database: Database) -> None:
    """Who writes as the release before did writes them for the index, too."""
    upgrade(database, "0051")
    write(database, a_case("กษ ๗/2569"))
    upgrade(database)
    for said in ("กษ 7", "คำขอ", "รับทร", "12"):
        assert led_to(database, said) == [3], said
    write(database, [("variable", {"key": 6, "process_instance_key": 3, "scope_key": 3, "name": "b", "value": '"ของใหม่"'})])
    assert led_to(database, "ของใหม่") == [3]
    with database.write() as db:
        db.execute(text("DELETE FROM variable"))
    assert led_to(database, "ของใหม่") == led_to(database, "คำขอ") == []


def begun(database: Database) -> bool:
    """Whether an index is being built."""
    with database.read() as db:
        return bool(db.execute(text("SELECT count(*) FROM pg_stat_progress_create_index")).scalar_one())


def test_large_tables_get_their_indexes_while_others_write(postgres_url: str) -> None:
    """Whoever has written and not committed yet holds up the index, and the index nobody who writes."""
    first, second, third = (Database(postgres_url) for _ in range(3))
    upgrade(first, "0051")
    write(first, a_case("กษ 7"))
    with ThreadPoolExecutor(1) as pool:
        with first.write() as db:
            db.execute(text("UPDATE process_instance SET rev = 2"))
            building = pool.submit(upgrade, second)
            while not begun(third):
                assert not wait([building], 0.05).done, "it waited for nobody"
            with third.write() as other:
                other.execute(text("SET LOCAL lock_timeout = '5s'"))
                other.execute(text("UPDATE variable SET value = '\"x\"'"))
                other.execute(text("UPDATE comment SET text = 'y'"))
        building.result(60)
    with first.read() as db:
        assert revisions(db)[0] == revisions(db)[1]
    assert led_to(first, "กษ 7") == [3]
    for one in (first, second, third):
        one.close()


def test_an_index_that_was_given_up_is_built_anew(postgres_url: str) -> None:
    database = Database(postgres_url)
    upgrade(database, "0049")
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as db:
        db.execute(text("CREATE INDEX ix_process_instance_business_id ON process_instance (business_id, key)"))
        db.execute(text("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'ix_process_instance_business_id'::regclass"))
    upgrade(database)
    with database.read() as db:
        assert db.execute(text("SELECT count(*) FROM pg_index WHERE NOT indisvalid")).scalar_one() == 0
    assert differences(database) == []
    database.close()


def test_whoever_makes_the_tables_makes_what_finds_words(database: Database) -> None:
    """Tests and scenarios make them without migrations."""
    upgrade(database)
    listed = "SELECT name, sql FROM sqlite_master WHERE name LIKE '%\\_grams%' ESCAPE '\\' ORDER BY name"
    if not database.is_sqlite:
        listed = "SELECT indexname, indexdef FROM pg_indexes WHERE indexname LIKE '%\\_grams' ORDER BY 1"
    with database.write() as db:
        migrated = [tuple(row) for row in db.execute(text(listed))]
    assert len(migrated) > 2
    if database.is_sqlite:
        other = Database("sqlite://")
        metadata.create_all(other.engine)
        with other.read() as db:
            assert [tuple(row) for row in db.execute(text(listed))] == migrated
        other.close()
