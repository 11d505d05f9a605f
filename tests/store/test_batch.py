"""The writes of a command go to the driver together, and fail together, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import bindparam, insert, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from engine.store.batch import Batch
from engine.store.database import Database
from engine.store.prepared import Prepared
from engine.store.tables import metadata, person

P = person.c
ADD = Prepared(insert(person))
RENAME = Prepared(update(person).where(P.username == bindparam("who")).values(display_name=bindparam("name")))
BY_NAME = Prepared(select(P.username, P.active, P.locked_until).where(P.username == bindparam("who")))
LOCKED = datetime(2026, 4, 10, 16, 0, tzinfo=UTC)


def a_person(username: str) -> dict[str, object]:
    row: dict[str, object] = {column.name: None for column in P}
    return row | {"username": username, "display_name": username, "active": True, "failed_sign_ins": 0, "clearance": 0, "rev": 0,
                  "locked_until": LOCKED}  # fmt: skip


@pytest.fixture
def database(office_url: str) -> Iterator[Database]:
    found = Database(office_url)
    metadata.create_all(found.engine)
    yield found
    found.close()


def add(database: Database, *usernames: str) -> None:
    batch = Batch()
    for username in usernames:
        batch.add(ADD, [a_person(username)])
    with database.write() as db:
        batch.run(db)


def names(database: Database) -> list[str]:
    with database.read() as db:
        return list(db.execute(select(P.display_name).order_by(P.username)).scalars())


def test_values_are_stored_and_read_back_as_their_columns_say(database: Database) -> None:
    add(database, "ann")
    with database.read() as db:
        assert BY_NAME.rows(db, {"who": "ann"}) == [("ann", True, LOCKED)]
        assert BY_NAME.rows(db, {"who": "nobody"}) == []


def test_a_write_is_told_how_many_rows_it_changed(database: Database) -> None:
    add(database, "ann", "bob")
    batch, changed = Batch(), list[int]()
    batch.add(RENAME, [{"who": who, "name": who.upper()} for who in ("ann", "bob", "nobody")], changed.append)
    batch.add(RENAME, [], changed.append)  # nothing to do: not even asked
    with database.write() as db:
        batch.run(db)
    assert changed == [2]
    assert names(database) == ["ANN", "BOB"]
    assert len(batch) == 0


def test_one_write_that_fails_takes_the_others_with_it(database: Database) -> None:
    add(database, "ann")
    with pytest.raises(IntegrityError):
        add(database, "bob", "ann", "cid")
    assert names(database) == ["ann"]
    add(database, "bob")  # the connection is as good as before
    assert names(database) == ["ann", "bob"]


def test_a_check_that_fails_leaves_nothing_behind(database: Database) -> None:
    def refuse(_count: int) -> None:
        raise LookupError

    batch = Batch()
    batch.add(ADD, [a_person("ann")], refuse)
    with pytest.raises(LookupError), database.write() as db:
        batch.run(db)
    assert names(database) == []


def test_a_question_that_the_database_refuses_is_an_error_of_sqlalchemy(database: Database) -> None:
    wrong = Prepared(select(text("no_such_column")).where(bindparam("who") == "ann"))
    with pytest.raises(DBAPIError), database.read() as db:
        wrong.rows(db, {"who": "ann"})


def test_a_row_that_lacks_a_value_is_an_error_and_not_a_null(database: Database) -> None:
    add(database, "ann")
    batch = Batch()
    batch.add(RENAME, [{"who": "ann"}])
    with pytest.raises(KeyError, match="name"), database.write() as db:
        batch.run(db)
    with pytest.raises(KeyError, match="who"), database.read() as db:
        BY_NAME.rows(db, {})
    assert names(database) == ["ann"]


def test_a_look_is_no_transaction_and_leaves_none_open(database: Database) -> None:
    """What is committed meanwhile is seen by the next one, also where the look failed."""
    add(database, "somsri")
    with database.look() as db:
        assert [row[0] for row in BY_NAME.rows(db, {"who": "somsri"})] == ["somsri"]
        assert BY_NAME.rows(db, {"who": "manee"}) == []
        add(database, "manee")
        assert [row[0] for row in BY_NAME.rows(db, {"who": "manee"})] == ["manee"]
    with pytest.raises(DBAPIError), database.look() as db:
        Prepared(text("SELECT nothing FROM person")).rows(db, {})
    with pytest.raises(LookupError), database.write() as db:  # the pool gives out connections as they were
        batch = Batch()
        batch.add(RENAME, [{"who": "manee", "name": "changed"}])
        batch.run(db)
        raise LookupError
    with database.look() as db:
        found = Prepared(select(P.display_name).where(P.username == bindparam("who"))).rows(db, {"who": "manee"})
    assert found == [("manee",)]
