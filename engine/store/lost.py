"""What happens when PostgreSQL goes away: how soon that is noticed, and what is told of it.

A transaction whose connection is lost before its commit was sent has changed nothing. While it commits, nobody can
know: the server may have done it and its answer been lost. Whoever repeats that does so with an idempotency key.
"""

from __future__ import annotations

import select
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.engine import URL, Engine
from sqlalchemy.exc import DBAPIError, DisconnectionError

from engine.errors import Busy
from engine.store.prepared import driver_of

# seconds, but for the last: after these a network that swallows everything counts as a lost connection
_NOTICED = {
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,  # milliseconds
}
# what the server does for a session of ours (milliseconds): a node that is frozen or cut off in the middle of a
# transaction gives its locks back, and nobody waits for a lock for ever
_SESSION = {
    "lock_timeout": 15_000,
    "idle_in_transaction_session_timeout": 60_000,
    "client_connection_check_interval": 10_000,
}
_READ_ONLY = "25006"  # it was the primary when we connected, and is a standby now


class Unreachable(Busy):
    """The database cannot be reached just now, and nothing was done; try again in a moment."""

    code = "database-unreachable"
    th = "ติดต่อฐานข้อมูลไม่ได้ชั่วคราวและยังไม่ได้ดำเนินการใด โปรดลองใหม่อีกครั้ง"


class OutcomeUnknown(Busy):
    """The database went away while it wrote: look whether it was done, or repeat it with the same Idempotency-Key."""

    code = "outcome-unknown"
    th = "การเชื่อมต่อฐานข้อมูลขาดไประหว่างบันทึก โปรดตรวจดูว่าดำเนินการแล้วหรือไม่ หรือส่งคำขอเดิมซ้ำด้วย Idempotency-Key เดิม"


def connect_arguments(url: URL) -> dict[str, Any]:
    """What the driver is told for every connection, besides what the URL says; where the URL says it, that holds."""
    session = [f"-c {name}={value}" for name, value in _SESSION.items()]
    said = url.query.get("options", ())
    session += [said] if isinstance(said, str) else said
    arguments: dict[str, Any] = {name: value for name, value in _NOTICED.items() if name not in url.query}
    return arguments | {"options": " ".join(session)}


def replace_closed(connection: Any, _record: Any, _proxy: Any) -> None:
    """Called for each connection that leaves the pool: one on which the server has said something while nobody asked
    was closed by it, as good as always. Costs no round trip."""
    if connection.closed or _has_something_to_say(connection.fileno()):
        raise DisconnectionError("the server closed the connection")


def _has_something_to_say(file: int) -> bool:
    looking = select.poll()
    looking.register(file, select.POLLIN)
    return bool(looking.poll(0))


@contextmanager
def telling_of_loss(engine: Engine, *, writes: bool = True) -> Iterator[Connection]:
    """A transaction, committed when the block ends well. Raises Unreachable, and OutcomeUnknown where it `writes`."""
    committing = False
    driver: Any = None
    try:
        with engine.connect() as connection:
            driver = driver_of(connection)
            try:
                with connection.begin():
                    yield connection
                    committing = True
            except DBAPIError:
                if is_lost(driver) and not connection.invalidated:
                    connection.invalidate()
                raise
    except DBAPIError as error:
        if driver is not None and not is_lost(driver) and not _is_demoted(error):
            raise
        if _is_demoted(error):
            engine.dispose()
        if committing and writes:
            raise OutcomeUnknown() from error
        raise Unreachable() from error


def is_lost(driver: Any) -> bool:
    """Whether a connection, after a transaction, is not at rest again. Who was cut off while several statements were
    sent at once may be stuck between them, when it has been told so and not yet seen the connection closed."""
    return bool(driver.info.transaction_status.name != "IDLE")


def _is_demoted(error: DBAPIError) -> bool:
    return getattr(error.orig, "sqlstate", None) == _READ_ONLY
