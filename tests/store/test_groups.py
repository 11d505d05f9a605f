"""Writers of one SQLite file are committed together, each wholly or not at all, and none goes on before it is kept."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError

from engine.errors import Busy
from engine.store import groups
from engine.store.database import Database

Work = Callable[[Connection], None]
PATIENCE = 20  # seconds


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """A file with one table, whose rows point to rows that are there at the commit, and whose row 99 takes the whole
    transaction back. Groups are open as long as somebody waits."""
    monkeypatch.setattr(groups, "LONGEST", 60.0)
    found = Database(f"sqlite:///{tmp_path}/groups.db")
    with found.write() as db:
        points = "of INTEGER REFERENCES thing DEFERRABLE INITIALLY DEFERRED"
        db.execute(text(f"CREATE TABLE thing (id INTEGER PRIMARY KEY, {points})"))
        raises = "BEGIN SELECT RAISE(ROLLBACK, 'full'); END"
        db.execute(text(f"CREATE TRIGGER full BEFORE INSERT ON thing WHEN new.id = 99 {raises}"))
    yield found
    found.close()


def write(database: Database, *works: Work) -> list[Future[None]]:
    """Each in a thread of its own, one after the other: before each of them acts, the next waits behind it."""
    done: list[Future[None]] = []
    all_are_there = threading.Event()

    def one(place: int) -> None:
        with database.write() as db:
            if place + 1 < len(works):
                done.append(pool.submit(one, place + 1))
                until(lambda: database._writers._waiting > 0)
            else:
                all_are_there.set()
            works[place](db)

    with ThreadPoolExecutor(len(works)) as pool:
        done.append(pool.submit(one, 0))
        assert all_are_there.wait(PATIENCE)
    return done


def until(so: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not so():
        assert time.monotonic() < end


def insert(number: int, of: int | None = None) -> Work:
    """The row with this number."""

    def work(db: Connection) -> None:
        db.execute(text("INSERT INTO thing VALUES (:id, :of)"), {"id": number, "of": of})

    return work


def kept(database: Database) -> list[int]:
    with database.read() as db:
        return list(db.execute(text("SELECT id FROM thing ORDER BY id")).scalars())


def raised(done: list[Future[None]]) -> list[type[BaseException] | None]:
    return [None if (error := one.exception()) is None else type(error) for one in done]


def commits(monkeypatch: pytest.MonkeyPatch) -> list[None]:
    """Grows with each commit."""
    found: list[None] = []
    end = groups._Group.end

    def counted(group: groups._Group) -> None:
        found.append(None)
        end(group)

    monkeypatch.setattr(groups._Group, "end", counted)
    return found


def test_who_waits_is_committed_together(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    made = commits(monkeypatch)
    assert raised(write(database, *(insert(n) for n in range(1, 6)))) == [None] * 5
    assert kept(database) == [1, 2, 3, 4, 5]
    assert len(made) == 1


def test_who_comes_alone_is_committed_at_once(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    made = commits(monkeypatch)
    for number in (1, 2):
        with database.write() as db:
            insert(number)(db)
        assert len(made) == number
        assert kept(database)[-1] == number


@pytest.mark.parametrize("limit", ["MOST", "LONGEST"])
def test_a_group_takes_in_no_more_than_it_may(
    limit: str, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(groups, limit, {"MOST": 2, "LONGEST": 0.0}[limit])
    made = commits(monkeypatch)
    assert raised(write(database, *(insert(n) for n in range(1, 5)))) == [None] * 4
    assert kept(database) == [1, 2, 3, 4]
    assert len(made) == {"MOST": 2, "LONGEST": 4}[limit]


def test_who_fails_takes_back_its_own_work_and_no_other(database: Database) -> None:
    def fails(db: Connection) -> None:
        insert(2)(db)
        insert(1)(db)

    assert raised(write(database, insert(1), fails, insert(3))) == [None, IntegrityError, None]
    assert kept(database) == [1, 3]
    assert raised(write(database, fails, insert(4))) == [IntegrityError, None]
    assert kept(database) == [1, 3, 4]


def test_nobody_goes_on_before_it_is_kept(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither who wrote, nor who only learned of what was written."""
    waits: list[None] = []
    wait, end = groups._Group.wait, groups._Group.end

    def waiting(group: groups._Group) -> None:
        waits.append(None)
        wait(group)
        assert kept(database) == [1, 3]

    def ending(group: groups._Group) -> None:
        until(lambda: len(waits) == 2)
        assert kept(database) == []
        end(group)

    def learns(db: Connection) -> None:
        raise LookupError(db.execute(text("SELECT count(*) FROM thing")).scalar())

    monkeypatch.setattr(groups._Group, "wait", waiting)
    monkeypatch.setattr(groups._Group, "end", ending)
    first, second, third = write(database, insert(1), learns, insert(3))
    assert (first.exception(), str(second.exception()), third.exception()) == (None, "1", None)


def test_when_the_commit_fails_it_fails_for_all(database: Database) -> None:
    """Whose turn is the last is told why; nothing of it is kept, and the next begins anew."""
    done = write(database, insert(1), insert(2, of=404), insert(3))
    assert raised(done) == [Busy, Busy, IntegrityError]
    assert kept(database) == []
    with database.write() as db:
        insert(4)(db)
    assert kept(database) == [4]


def test_when_the_database_takes_everything_back_all_are_told(database: Database) -> None:
    """As it does where the disk is full."""
    done = write(database, insert(1), insert(99), insert(3))
    assert raised(done) == [Busy, IntegrityError, None]
    assert kept(database) == [3]


def test_who_cannot_begin_leaves_nothing_behind(database: Database, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "groups.db", isolation_level=None) as other:
        with database.read() as db:
            db.connection.driver_connection.execute("PRAGMA busy_timeout = 0")  # type: ignore[union-attr]
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Busy), database.write() as db:
            insert(1)(db)
        other.execute("ROLLBACK")
    other.close()
    with database.write() as db:
        insert(2)(db)
    assert kept(database) == [2]


def test_many_writers_lose_nothing(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(groups, "LONGEST", 0.001)

    def writer(first: int) -> None:
        for number in range(first, first + 50):
            try:
                with database.write() as db:
                    insert(number + 100)(db)
                    if number % 7 == 0:
                        raise LookupError
            except LookupError:
                pass

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(writer, range(0, 600, 100)))
    expected = [n + 100 for first in range(0, 600, 100) for n in range(first, first + 50) if n % 7]
    assert kept(database) == expected
