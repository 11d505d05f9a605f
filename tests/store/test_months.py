"""History by month on PostgreSQL: where a case's events stand, that months are there in time, and how they came."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from engine.history.verify import verify_instance
from engine.store.database import Database
from engine.store.migrations import upgrade
from engine.store.tables.append_only import REFUSAL, lifted
from engine.store.tables.months import AHEAD, BEFORE, REST, make_months, partitions

_DEFINITION = (
    "INSERT INTO deployment (key, deployed_at, deployed_by) VALUES (1, '-', '-');"
    "INSERT INTO process_definition (key, process_id, version, resource_name, deployment_key, xml, checksum, startable, deployed_at)"
    " VALUES (2, 'p', 1, 'p', 1, '-', '-', true, '-');"
)
CASE = (
    "INSERT INTO process_instance (key, root_key, definition_key, process_id, version, state, execution_format, rev, started_at,"
    " started_by, history_sequence, history_head) VALUES (%(key)s, %(key)s, 2, 'p', 1, 'ACTIVE', 1, 1, '-', '-', 0, '-')"
)
EVENT = (
    "INSERT INTO history_event (process_instance_key, sequence, at, type, actor, on_behalf_of, element_id, element_instance_key,"
    " body, hash) VALUES (%(key)s, %(sequence)s, '-', 't', 'a', NULL, NULL, NULL, 'b', 'h')"
)


def key_of(year: int, month: int, day: int = 1, more: int = 0) -> int:
    """As adapters/keys.py draws one at the beginning of that day, or so many milliseconds after it."""
    since = datetime(year, month, day, tzinfo=UTC) - datetime(2026, 1, 1, tzinfo=UTC)
    return (int(since.total_seconds() * 1000) + more) << 22


def later(months: int, more: int = 0) -> int:
    """The first key of a month from now."""
    now = datetime.now(UTC)
    year, month = divmod(now.year * 12 + now.month - 1 + months, 12)
    return key_of(year, month + 1, more=more)


def name_of(months: int) -> str:
    now = datetime.now(UTC)
    year, month = divmod(now.year * 12 + now.month - 1 + months, 12)
    return f"history_event_{year}_{month + 1:02}"


def driver(url: str) -> psycopg.Connection:
    return psycopg.connect(url.replace("postgresql+psycopg://", "postgresql://", 1))


@pytest.fixture
def database(postgres_url: str) -> Iterator[Database]:
    found = Database(postgres_url)
    upgrade(found)
    with found.write() as db:
        db.execute(text(_DEFINITION))
    yield found
    found.close()


def begun(database: Database, *keys: int) -> None:
    """Cases with these keys and an event each, as the driver writes them."""
    with database.write() as db:
        driver = db.connection.driver_connection
        for key in keys:
            driver.execute(CASE, {"key": key})
            driver.execute(EVENT, {"key": key, "sequence": 1})


def where(database: Database, key: int) -> str:
    with database.read() as db:
        query = "SELECT tableoid::regclass::text FROM history_event WHERE process_instance_key = :key"
        found: str = db.execute(text(query), {"key": key}).scalar_one()
    return found


def test_a_case_stands_in_the_month_in_which_it_began(database: Database) -> None:
    """From the first moment of the month to its last, and what was before there were months in one place."""
    begun(database, 7, later(0, -1), later(0), later(1, -1), later(1), later(AHEAD + 1, -1), later(AHEAD + 1))
    found = [where(database, key) for key in (7, later(0, -1), later(0), later(1, -1), later(1), later(AHEAD + 1, -1))]
    assert found == [BEFORE, BEFORE, name_of(0), name_of(0), name_of(1), name_of(AHEAD)]
    assert where(database, later(AHEAD + 1)) == REST  # nobody made that month, and nothing failed


def test_months_are_made_once_among_many_nodes(database: Database) -> None:
    barrier = threading.Barrier(6)

    def node(_: int) -> int:
        barrier.wait(30)
        with database.write() as db:
            return make_months(db, AHEAD + 5)

    with ThreadPoolExecutor(6) as nodes:
        made = list(nodes.map(node, range(6)))
    with database.write() as db:
        assert sorted(made)[:-1] == [0] * 5 and sum(made) + make_months(db, AHEAD + 5) == 5
        assert partitions(db) == sorted([BEFORE, REST, *(name_of(m) for m in range(AHEAD + 6))])


def test_what_fell_into_the_rest_stays_there_and_months_go_on_after_it(database: Database) -> None:
    begun(database, later(AHEAD + 2, 5))
    with database.write() as db:
        assert make_months(db, AHEAD + 4) == 2
        assert {name_of(AHEAD + 3), name_of(AHEAD + 4)} < set(partitions(db))
    begun(database, later(AHEAD + 1), later(AHEAD + 3))
    assert [where(database, later(AHEAD + n)) for n in (1, 3)] == [REST, name_of(AHEAD + 3)]


def test_a_reader_that_goes_on_for_long_is_not_waited_for(database: Database) -> None:
    with database.read() as reader:
        reader.execute(text("SELECT count(*) FROM history_event"))
        with database.write() as db:
            assert make_months(db, AHEAD + 1) == 0
        begun(database, later(AHEAD + 1))  # which goes to the rest, and is written while the other reads
    assert where(database, later(AHEAD + 1)) == REST


@pytest.mark.parametrize("statement", [
    "DELETE FROM {0}", "UPDATE {0} SET actor = 'nobody'", "TRUNCATE {0}", "TRUNCATE history_event", "DELETE FROM history_event",
])  # fmt: skip
def test_every_month_refuses_change(database: Database, statement: str) -> None:
    """Also one that is named by itself, and one that was made later."""
    begun(database, 7, later(0), later(1))
    with database.write() as db:
        make_months(db, AHEAD + 1)
        parts = partitions(db)
    assert len(parts) == AHEAD + 4
    for part in parts:
        with pytest.raises(DBAPIError, match=REFUSAL), database.write() as db:
            db.execute(text(statement.format(part)))
    with database.write() as db, lifted(db):
        db.execute(text(statement.format(name_of(0))))


def test_two_writers_of_a_case_cannot_write_the_same_number(database: Database) -> None:
    begun(database, later(0))
    with pytest.raises((psycopg.errors.UniqueViolation, IntegrityError)), database.write() as db:
        db.connection.driver_connection.execute(EVENT, {"key": later(0), "sequence": 1})  # type: ignore[union-attr]


def test_reading_a_case_touches_one_month(database: Database) -> None:
    with database.write() as db:
        make_months(db, 36)
        query = "EXPLAIN SELECT * FROM history_event WHERE process_instance_key = :key ORDER BY sequence LIMIT 50"
        plan = "\n".join(db.execute(text(query), {"key": later(1)}).scalars())
    assert plan.count(" on history_event") == 1 and name_of(1) in plan


def test_who_serves_owns_nothing_and_months_are_made_nevertheless(database: Database) -> None:
    """A table of the same name that the account makes for itself changes nothing."""
    with database.write() as db:
        for statement in (
            "CREATE ROLE krabuan_months_test", "GRANT USAGE ON SCHEMA public TO krabuan_months_test",
            "GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA public TO krabuan_months_test",
        ):  # fmt: skip
            db.execute(text(statement))
    try:
        with database.write() as db:
            db.execute(text("SET LOCAL ROLE krabuan_months_test"))
            db.execute(text("CREATE TEMP TABLE history_event (process_instance_key bigint) ON COMMIT DROP"))
            assert make_months(db, AHEAD + 1) == 1
        begun(database, later(AHEAD + 1))
        assert where(database, later(AHEAD + 1)) == name_of(AHEAD + 1)
    finally:
        with database.write() as db:
            db.execute(text("DROP OWNED BY krabuan_months_test"))
            db.execute(text("DROP ROLE krabuan_months_test"))


def test_the_release_before_goes_on_while_months_come(postgres_url: str) -> None:
    """Its statements, prepared before, start cases and go on with others without one that fails, and nothing is lost."""
    database = Database(postgres_url)
    upgrade(database, "0048")
    with database.write() as db:
        db.execute(text(_DEFINITION))
        db.execute(text("GRANT SELECT ON history_event TO PUBLIC"))
    begun(database, 7)
    over, ready = threading.Event(), threading.Barrier(4)

    def node(number: int) -> tuple[int, int]:
        """Each with cases of its own; how many it started, and how many events it added to the case of before."""
        started = added = 0
        with driver(postgres_url) as own:
            own.prepare_threshold = 0
            while not over.is_set() or started < 20:
                if started == 10:
                    ready.wait(30)
                last = own.execute("SELECT max(sequence) FROM history_event WHERE process_instance_key = %s", (7,)).fetchone()
                own.execute("SELECT rev FROM process_instance WHERE key = 7 FOR UPDATE")
                last = own.execute("SELECT max(sequence) FROM history_event WHERE process_instance_key = %s", (7,)).fetchone()
                assert last is not None
                own.execute(EVENT, {"key": 7, "sequence": last[0] + 1})
                own.execute("UPDATE process_instance SET rev = rev + 1 WHERE key = 7")
                own.commit()
                started, added = started + 1, added + 1
                key = later(0, started) + number
                own.execute(CASE, {"key": key})
                own.execute(EVENT, {"key": key, "sequence": 1})
                own.commit()
        return started, added

    with ThreadPoolExecutor(3) as nodes:
        running = [nodes.submit(node, number) for number in range(3)]
        ready.wait(30)
        try:
            upgrade(database, "0051")
        finally:
            over.set()
        done = [one.result(60) for one in running]
    with database.read() as db:
        count = "SELECT count(*), max(sequence) FROM history_event WHERE process_instance_key "
        assert db.execute(text(count + "= 7")).one() == (1 + sum(a for _, a in done),) * 2
        assert db.execute(text(count + "<> 7")).scalar_one() == sum(s for s, _ in done)
        granted = "SELECT has_table_privilege('pg_read_all_settings', 'history_event', 'SELECT')"
        assert db.execute(text(granted)).scalar_one()
        assert BEFORE in partitions(db) and name_of(0) not in partitions(db)  # this month had begun without months
        assert verify_instance(db, 7) is not None
    begun(database, later(1))
    assert where(database, later(1)) == name_of(1)
    database.close()
