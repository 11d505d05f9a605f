"""One durable transaction for several writers of SQLite: who comes while another writes is written together with it.

A commit writes each changed page once and waits for the disk once, however many took part. Each writer works alone,
within a savepoint, so that one that fails takes back its own work and nobody else's; each goes on only when all is on
the disk, also one that changed nothing: what it was told of may be the work of another. If the commit fails, all of
them fail.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.engine import Engine

from engine.errors import Busy
from engine.store.prepared import driver_of

MOST = 16  # writers in one transaction
LONGEST = 0.02  # seconds after which nobody else joins: who is in it waits for who comes
PAGES = 16 * 1024  # KiB of the file that who writes keeps in memory; who reads, SQLite's own 2,000


class _Group:
    """A transaction that is open, and how it ended. Its connection stays open only when all of it was kept."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        try:
            self._transaction = connection.begin()
        except BaseException:
            connection.close()
            raise
        self._driver: Any = driver_of(self.connection)
        self._began, self._members = time.monotonic(), 0
        self._over, self._kept = threading.Event(), False

    @contextmanager
    def member(self) -> Iterator[Connection]:
        """The work of one writer: wholly or not at all."""
        self._members += 1
        self._driver.execute("SAVEPOINT member")
        try:
            yield self.connection
        except BaseException:
            if self.is_open:
                self._driver.execute("ROLLBACK TO member")
                self._driver.execute("RELEASE member")
            raise
        self._driver.execute("RELEASE member")

    @property
    def is_open(self) -> bool:
        """SQLite takes a whole transaction back where the disk is full or fails."""
        return bool(self._driver.in_transaction)

    @property
    def is_full(self) -> bool:
        """Whether nobody else is to join."""
        return self._members >= MOST or time.monotonic() - self._began > LONGEST

    def end(self) -> None:
        """Commit. Raises what the database raises; then nothing of what any member did is kept."""
        try:
            if self.is_open:
                self._transaction.commit()
                self._kept = True
        finally:
            if not self._kept:
                self._driver.rollback()  # whatever failed, the pool gets back a connection without a transaction
                self.connection.close()
            self._over.set()

    def wait(self) -> None:
        """Until it has ended. Raises Busy when nothing of it was kept."""
        self._over.wait()
        if not self._kept:
            raise Busy("what was to be written together with this could not be kept: nothing was changed")


class Writers:
    """Those who write to one SQLite file, one after the other, through one connection: SQLite makes a connection forget
    all its pages when another one has written, so the one that writes is the only one that knows the file by heart."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection: Connection | None = None
        self._turn, self._counting = threading.Lock(), threading.Lock()
        self._waiting = 0
        self._group: _Group | None = None

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """As Database.write; the connection is the block's own until it ends."""
        self._wait_for_turn()
        joined = False
        try:
            group = self._group = self._group or _Group(self._writing())
            try:
                with group.member() as connection:
                    yield connection
            finally:
                # who waits ends it, in its turn
                joined = self._waiting > 0 and group.is_open and not group.is_full
                if not joined:
                    self._group = None
                    group.end()
        finally:
            self._turn.release()
            if joined:
                group.wait()

    def close(self) -> None:
        """Give the connection back, after who writes."""
        with self._turn:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def _writing(self) -> Connection:
        if self._connection is None or self._connection.closed:
            self._connection = self._engine.connect().execution_options(krabuan_write=True)
            driver_of(self._connection).execute(f"PRAGMA cache_size=-{PAGES}")
        return self._connection

    def _wait_for_turn(self) -> None:
        with self._counting:
            self._waiting += 1
        self._turn.acquire()
        with self._counting:
            self._waiting -= 1
