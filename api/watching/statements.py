"""Every statement that goes to the database, seen where it leaves for the driver: of SQLAlchemy's and of ours that go
past it (engine/store/prepared.py). Only the text of a statement is looked at, never what it is given."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

Seen = Callable[[str, str, float, bool], None]  # kind of statement, its text, seconds, whether it failed
KINDS = ("SELECT", "INSERT", "UPDATE", "DELETE", "BEGIN", "COMMIT", "SYNC", "OTHER")
_KINDS = {kind[:5]: kind for kind in KINDS} | {"WITH ": "SELECT"}
LONGEST = 2_000  # characters of a text


def see(engine: Engine, seen: Seen) -> None:
    """Tell `seen` of each statement over connections that `engine` opens from now on. SYNC is the wait for a pipeline
    of PostgreSQL, whose statements are only handed over before it."""
    sqlite = engine.dialect.name == "sqlite"
    connect = _sqlite(seen) if sqlite else _postgresql(seen)

    def do_connect(_dialect: Any, _record: Any, arguments: Any, options: dict[str, Any]) -> Any:
        return connect(*arguments, **options)

    event.listen(engine, "do_connect", do_connect)


def kind_of(text: str) -> str:
    """One of KINDS."""
    return _KINDS.get(text[:5].upper(), "OTHER")


def _timed(seen: Seen, text: str, does: Callable[..., Any], *given: Any, **options: Any) -> Any:
    started, failed = time.perf_counter(), True
    try:
        answer = does(*given, **options)
        failed = False
        return answer
    finally:
        seen(kind_of(text), text[:LONGEST], time.perf_counter() - started, failed)


def _sqlite(seen: Seen) -> Callable[..., Any]:
    class Cursor(sqlite3.Cursor):
        """Tells of what it executes."""

        def execute(self, sql: str, *given: Any) -> Any:
            return _timed(seen, sql, super().execute, sql, *given)

        def executemany(self, sql: str, *given: Any) -> Any:
            return _timed(seen, sql, super().executemany, sql, *given)

    class Connection(sqlite3.Connection):
        """Makes such cursors."""

        def cursor(self, factory: Any = Cursor) -> Any:
            return super().cursor(factory)

        def commit(self) -> None:
            _timed(seen, "COMMIT", super().commit)

    return lambda *arguments, **options: sqlite3.connect(*arguments, factory=Connection, **options)


def _postgresql(seen: Seen) -> Callable[..., Any]:
    import psycopg  # only who uses it loads it

    class Cursor(psycopg.Cursor[Any]):
        """Tells of what it executes."""

        def execute(self, query: Any, *given: Any, **options: Any) -> Any:
            return _timed(seen, _text(query), super().execute, query, *given, **options)

        def executemany(self, query: Any, *given: Any, **options: Any) -> None:
            _timed(seen, _text(query), super().executemany, query, *given, **options)

    class Connection(psycopg.Connection[Any]):
        """Makes such cursors."""

        def commit(self) -> None:
            _timed(seen, "COMMIT", super().commit)

        @contextmanager
        def pipeline(self) -> Iterator[psycopg.Pipeline]:
            written = 0.0
            with super().pipeline() as opened:
                yield opened
                written = time.perf_counter()
            seen("SYNC", "", time.perf_counter() - written, False)

    def connect(*arguments: Any, **options: Any) -> Any:
        return Connection.connect(*arguments, cursor_factory=Cursor, **options)

    return connect


def _text(query: Any) -> str:
    """Of a statement that the driver was given as bytes or in parts, nothing is told."""
    return query if isinstance(query, str) else ""
