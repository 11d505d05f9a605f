"""Two commands at the same moment, stopped where it matters: the first just before its commit, the second behind it.

The first thread holds every lock it will ever hold when the second begins; the second is let go on only
when it waits for one of them (or needs none). Nothing here sleeps on a guess.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, text

from engine.adapters.keys import Keys
from engine.adapters.vault import KeyVault
from engine.bus import Bus
from engine.commands.definitions import Definitions
from engine.commands.transaction import Services
from engine.store.database import Database
from tests.dsl import KEY, Office, PlainHasher

PATIENCE = 60.0  # seconds: only a deadlock takes so long

_WAITING = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


class StoppingDatabase(Database):
    """Stops a thread that asked for it before its commit, and tells when a thread comes to a transaction."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self._here = threading.local()
        self.arrived = threading.Event()  # the second thread is about to begin its transaction
        self.stopped = threading.Event()  # the first has done everything but commit
        self.go_on = threading.Event()

    def role(self, name: str) -> None:
        """This thread is the `first` or the `second` of a race."""
        self._here.name = name

    @contextmanager
    def write(self) -> Iterator[Connection]:
        role = getattr(self._here, "name", None)
        if role == "second":
            self.arrived.set()
        with super().write() as db:
            yield db
            if role == "first" and not self.stopped.is_set():
                self.stopped.set()
                assert self.go_on.wait(PATIENCE)

    def wait_until_second_waits(self, second: threading.Thread) -> None:
        """Returns when the second thread waits for a lock of the first, or has ended without one."""
        assert self.arrived.wait(PATIENCE)
        pause = threading.Event()
        while not self.is_sqlite and second.is_alive():
            with self.read() as db:
                if db.execute(_WAITING).scalar():
                    return
            pause.wait(0.005)


class RacingOffice(Office):
    """An office whose commands can be run against each other."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.database.close()
        self.database: Any = StoppingDatabase(url)
        self.bus = Bus(self.database, self.clock, Services(Keys(1), Definitions(), PlainHasher(), vault=KeyVault(KEY)))

    def race(self, first: Callable[[], Any], second: Callable[[], Any]) -> tuple[Any, Any]:
        """What both return, or the exception that they raise. `first` commits while `second` waits."""
        results: list[Any] = [None, None]
        database = self.database

        def run(index: int, role: str, action: Callable[[], Any]) -> None:
            database.role(role)
            try:
                results[index] = action()
            except Exception as error:
                results[index] = error
            finally:
                (database.stopped if role == "first" else database.arrived).set()

        for event in (database.arrived, database.stopped, database.go_on):
            event.clear()
        threads = [
            threading.Thread(target=run, args=(0, "first", first)),
            threading.Thread(target=run, args=(1, "second", second)),
        ]
        threads[0].start()
        assert database.stopped.wait(PATIENCE)
        threads[1].start()
        database.wait_until_second_waits(threads[1])
        database.go_on.set()
        for thread in threads:
            thread.join(PATIENCE)
            assert not thread.is_alive(), "a deadlock"
        return results[0], results[1]

    def crowd(self, actions: Sequence[Callable[[], Any]]) -> list[Any]:
        """All at once, from one barrier: what each returns or raises."""
        barrier, results = threading.Barrier(len(actions)), [None] * len(actions)

        def run(index: int, action: Callable[[], Any]) -> None:
            barrier.wait(PATIENCE)
            try:
                results[index] = action()
            except Exception as error:
                results[index] = error  # type: ignore[call-overload]

        threads = [threading.Thread(target=run, args=(i, a)) for i, a in enumerate(actions)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(PATIENCE)
            assert not thread.is_alive(), "a deadlock"
        return list(results)
