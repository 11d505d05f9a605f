"""The connection to SQLite or PostgreSQL: one write transaction per command, short read transactions.

SQLite runs in WAL mode with `synchronous=FULL`: a commit that returned survives a power cut.
Writers of this process take turns before `BEGIN IMMEDIATE`, because SQLite's own busy handler sleeps and
starves (p99 of 60 ms with four writers), and are committed together (`store/groups.py`).

PostgreSQL may go away at any moment: a connection that was closed while it lay in the pool is replaced unseen, one that
is lost at work is told as Unreachable, and one that is lost while it commits as OutcomeUnknown (store/lost.py).
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import StaticPool

from engine.errors import Busy
from engine.store.groups import Writers
from engine.store.lost import connect_arguments, is_lost, replace_closed, telling_of_loss
from engine.store.prepared import driver_of

PATIENCE = 5.0  # seconds that a transaction waits for one of the connections to become free
LOG = 64 * 2**20  # bytes of SQLite's log (WAL) that stay on the disk when all of it is in the file of the database


class Database:
    """A pool of connections to one database.

    `url` is a SQLAlchemy URL of SQLite (`sqlite:///file` or `sqlite://` for one in memory) or
    PostgreSQL (`postgresql+psycopg://...`).
    """

    def __init__(self, url: str, pool_size: int = 16) -> None:
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self._writer = threading.Lock()
        self._in_memory = self.is_sqlite and not self.url.database
        # every use of a connection is a transaction that ends before the pool gets it back: nothing to reset
        # and what a statement that fails was given is nobody's to read in a log
        options: dict[str, Any] = {"pool_reset_on_return": None, "hide_parameters": True}
        if self._in_memory:
            # every user of an in-memory database shares one connection, so reads queue too
            options |= {"poolclass": StaticPool, "connect_args": {"check_same_thread": False}}
        else:
            options |= {"pool_size": pool_size, "max_overflow": pool_size, "pool_timeout": PATIENCE}
            options["pool_use_lifo"] = True  # who was used last knows most (pages, statements), and the others need not
            sqlite = {"timeout": 30, "check_same_thread": False}
            options["connect_args"] = sqlite if self.is_sqlite else connect_arguments(self.url)
        self.engine: Engine = create_engine(url, **options)
        self._writers = Writers(self.engine)
        if self.is_sqlite:
            event.listen(self.engine, "connect", _prepare_sqlite)
            event.listen(self.engine, "begin", _begin_sqlite)
        else:
            event.listen(self.engine, "checkout", replace_closed)

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that may write; committed when the block ends well, rolled back otherwise.

        Raises Busy when the database could not be locked in time or chose this transaction as the
        victim of a deadlock, Unreachable when it went away: nothing is changed then, and the caller may
        try again. Raises OutcomeUnknown when it went away while it committed.
        """
        if not self.is_sqlite:
            with self._translated(), telling_of_loss(self.engine) as connection:
                yield connection
            return
        if self._in_memory:
            with self._writer, self._translated():
                with self.engine.connect().execution_options(krabuan_write=True) as connection:
                    with connection.begin():
                        yield connection
            return
        with self._translated(), self._writers.write() as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that only reads: one consistent view. Raises Unreachable when the database went away."""
        if not self.is_sqlite:
            with telling_of_loss(self.engine, writes=False) as connection:
                yield connection
            return
        if self._in_memory:
            with self._writer, self.engine.connect() as connection, connection.begin():
                yield connection
            return
        with self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def look(self) -> Iterator[Connection]:
        """For one prepared statement that only reads (store/prepared.py), and so needs no transaction around it: on
        PostgreSQL one round trip instead of three."""
        if self._in_memory:
            with self.read() as connection:
                yield connection
            return
        if self.is_sqlite:
            with self.engine.connect() as connection:
                yield connection
            return
        with telling_of_loss(self.engine, writes=False) as connection:
            driver = driver_of(connection)
            driver.autocommit = True
            try:
                yield connection
            finally:
                if not is_lost(driver):
                    driver.autocommit = False

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except (OperationalError, sqlite3.OperationalError) as error:
            if _is_contention(error):
                raise Busy("the database is locked by another writer") from error
            raise

    def conninfo(self) -> str:
        """Of PostgreSQL: what libpq takes, for connections of their own."""
        from psycopg.conninfo import make_conninfo  # where there is SQLite, nobody loads it

        _, arguments = self.engine.dialect.create_connect_args(self.url)
        said = {name: value for name, value in arguments.items() if name != "context"}  # that is SQLAlchemy's own
        return make_conninfo(**said, **{n: v for n, v in connect_arguments(self.url).items() if n not in said})

    def close(self) -> None:
        """Close every connection, after who writes; the object is not used again."""
        self._writers.close()
        self.engine.dispose()


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "recursive_triggers=ON",  # a row that REPLACE takes away counts as deleted, which append-only tables refuse
        "busy_timeout=30000",
        f"journal_size_limit={LOG}",  # who reads for long makes it grow, and it would stay as large
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    write = connection.get_execution_options().get("krabuan_write", False)
    driver_of(connection).execute("BEGIN IMMEDIATE" if write else "BEGIN")


def _is_contention(error: OperationalError | sqlite3.OperationalError) -> bool:
    said = error.orig if isinstance(error, OperationalError) else error
    # 40P01 deadlock, 55P03 lock not available, 40001 serialization
    return getattr(said, "sqlstate", None) in ("40P01", "55P03", "40001") or "database is locked" in str(said)
