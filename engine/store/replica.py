"""A standby server of PostgreSQL that searches and history are read from, so that they take nothing from the work.

Whoever asks sees no state that is older than the moment of asking: the primary says up to where it has committed, and
the standby answers once it has replayed that. So what a person just did is there, whichever node it was done on and
whichever is asked, and nothing has to be remembered about who wrote when. That costs two short statements; a standby
follows within milliseconds. One that does not within PATIENCE is left alone for a while, and the primary answers.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection

from engine.store.database import Database

Answer = TypeVar("Answer")
BOUND = 10.0  # seconds of lag up to which a standby is asked at all
PATIENCE = 0.1  # seconds that it is waited for
LEFT_ALONE = 1.0  # seconds after it was waited for in vain, or did not answer
PROBED_EVERY, STALE = 1.0, 4.0  # how often it is looked after; an older look counts for nothing
_STEP = 0.002
_KEPT = 600  # positions of the primary that the lag is measured by
_DEAD = {"keepalives_idle": 2, "keepalives_interval": 1, "keepalives_count": 3, "tcp_user_timeout": 3000}
_POSITION = text("SELECT (pg_current_wal_flush_lsn() - '0/0'::pg_lsn)::bigint")
_PRIMARY = text(
    "SELECT (pg_current_wal_flush_lsn() - '0/0'::pg_lsn)::bigint, system_identifier FROM pg_control_system()"
)
# nothing once it is a primary itself: then it goes its own way
_REPLAYED = text("SELECT (pg_last_wal_replay_lsn() - '0/0'::pg_lsn)::bigint WHERE pg_is_in_recovery()")
_STANDBY = text("SELECT pg_is_in_recovery(), system_identifier FROM pg_control_system()")
log = logging.getLogger("krabuan.replica")


@dataclass(frozen=True, slots=True)
class State:
    """`lag` in seconds: it has all that was committed so long ago; None until it was reached once. `fault` says why it
    is not asked, None when it is; `reached` is whether it answers and follows this primary."""

    reached: bool
    lag: float | None
    fault: str | None


class Replica:
    """A standby of `primary` at `url` (`postgresql+psycopg://...`). Safe to share between threads.

    It is asked from the first `probe` on that finds it well; `start` has it probed every second. Raises ValueError when
    the primary is no PostgreSQL.
    """

    def __init__(self, url: str, primary: Database, *, bound: float = BOUND, pool_size: int = 16) -> None:
        if primary.is_sqlite:
            raise ValueError("SQLite has no replicas")
        self._primary, self._bound = primary, bound
        options: dict[str, Any] = {"pool_reset_on_return": None, "hide_parameters": True, "pool_timeout": 2}
        # a server that was cut off is known to be so after some seconds, not after two hours
        options |= {"pool_size": pool_size, "max_overflow": pool_size, "connect_args": {"connect_timeout": 2, **_DEAD}}
        self._engine = create_engine(url, **options)
        self._lock = threading.Lock()
        self._positions: deque[tuple[float, int]] = deque(maxlen=_KEPT)  # when the primary was how far
        self._whole_at: float | None = None  # it has all of that moment
        self._looked_at, self._fault = float("-inf"), "it was not looked for yet"
        self._reached = False
        self._left_alone_until = float("-inf")
        self._stop, self._thread = threading.Event(), threading.Thread(target=self._look_after, daemon=True)

    def start(self) -> None:
        """Look after it from now on until `close`."""
        self._thread.start()

    def ask(self, question: Callable[[Connection], Answer]) -> Answer:
        """The answer of the standby, else of the primary; `question` only reads, and may be asked twice. Raises what it
        raises."""
        if self.state().fault is None and time.monotonic() >= self._left_alone_until:
            try:
                return self._of_standby(question)
            except _Behind:
                self._leave_alone("it does not follow fast enough")
            except (OperationalError, NoConnection) as error:  # it is gone, or its replay was in the way
                self._leave_alone(type(error).__name__)
            except DBAPIError as error:  # what a standby cannot do
                log.warning("the replica refused a query: %s", type(error.orig).__name__)
        with self._primary.read() as db:
            return question(db)

    def _of_standby(self, question: Callable[[Connection], Answer]) -> Answer:
        with self._primary.read() as db:
            wanted: int = db.execute(_POSITION).scalar_one()
        with self._engine.connect() as db, db.begin():
            until = time.monotonic() + PATIENCE
            while (replayed := db.execute(_REPLAYED).scalar()) is None or replayed < wanted:
                if replayed is None or time.monotonic() > until or self._stop.wait(_STEP):
                    raise _Behind
            return question(db)

    def probe(self) -> None:
        """Look how it is. Never raises for what the standby or the primary does."""
        try:
            with self._primary.read() as db:
                position, system = db.execute(_PRIMARY).one()
        except (DBAPIError, NoConnection):
            return  # of the standby this says nothing
        asked_at, fault, replayed = time.monotonic(), None, None
        try:
            with self._engine.connect() as db, db.begin():
                in_recovery, of_system = db.execute(_STANDBY).one()
                replayed = db.execute(_REPLAYED).scalar()
        except (DBAPIError, NoConnection) as error:
            fault = f"it does not answer ({type(error).__name__})"
        else:
            if of_system != system:
                fault = "it is no replica of this database"
            elif not in_recovery:
                fault = "it does not follow any more: it is a primary itself"
        with self._lock:
            self._note(asked_at, position, replayed if fault is None else None, fault)

    def _note(self, at: float, position: int, replayed: int | None, fault: str | None) -> None:
        self._positions.append((at, position))
        while replayed is not None and self._positions and self._positions[0][1] <= replayed:
            self._whole_at = self._positions.popleft()[0]
        if (fault is None) != self._reached or (fault is not None and fault != self._fault):
            log.log(logging.INFO if fault is None else logging.WARNING, "the replica: %s", fault or "it is there")
        self._looked_at, self._reached, self._fault = time.monotonic(), fault is None, fault or ""

    def state(self) -> State:
        """As it was when it was last looked for."""
        with self._lock:
            now = time.monotonic()
            # one that had everything when it was last looked at has no lag, however long that is ago
            caught_up = self._reached and not self._positions
            lag = None if self._whole_at is None else 0.0 if caught_up else now - self._whole_at
            if not self._reached:
                return State(False, lag, self._fault)
            if now - self._looked_at > STALE:
                return State(False, lag, "it does not answer")
            late = lag is None or lag > self._bound
            return State(True, lag, f"it lags more than {self._bound:g} seconds" if late else None)

    def _leave_alone(self, why: str) -> None:
        log.info("the primary is asked instead of the replica: %s", why)
        self._left_alone_until = time.monotonic() + LEFT_ALONE

    def _look_after(self) -> None:
        while not self._stop.is_set():
            self.probe()
            self._stop.wait(PROBED_EVERY)

    def close(self) -> None:
        """End looking after it, and close every connection."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(10)
        self._engine.dispose()


class _Behind(Exception):
    """The standby has not replayed what the primary has committed."""
