"""The writes of one command, handed to the driver together: on PostgreSQL in one round trip instead of ten."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from typing import Any

from sqlalchemy import Connection

from engine.store.prepared import Compiled, Prepared, Row, as_sqlalchemy_says, driver_of

Checked = Callable[[int], None]


class Batch:
    """Writes in the order in which they were added."""

    def __init__(self) -> None:
        self._writes: list[tuple[Prepared, Sequence[Row], Checked | None]] = []

    def add(self, write: Prepared, rows: Sequence[Row], checked: Checked | None = None) -> None:
        """Remember the rows of one statement, all of one shape; `checked` is told how many were changed."""
        if rows:
            self._writes.append((write, rows, checked))

    def first(self, statement: Prepared, row: Row, checked: Checked | None = None) -> None:
        """As `add`, for what comes before all that was added so far; of a SELECT `checked` is told how many rows it
        answers."""
        self._writes.insert(0, (statement, [row], checked))

    def run(self, db: Connection) -> None:
        """Write everything; the batch is empty afterwards. Raises what SQLAlchemy raises (IntegrityError ...)."""
        writes, self._writes = self._writes, []
        if not writes:
            return
        driver = driver_of(db)
        try:
            with driver.pipeline() if db.dialect.name == "postgresql" else nullcontext():
                done = [(_send(driver, write.compiled(db.dialect, rows[0]), rows), c) for write, rows, c in writes]
        except db.dialect.loaded_dbapi.Error as error:
            raise as_sqlalchemy_says(db, error) from error
        for cursor, checked in done:
            if checked is not None:
                checked(cursor.rowcount)

    def __len__(self) -> int:
        """How many statements there are."""
        return len(self._writes)


def _send(driver: Any, compiled: Compiled, rows: Sequence[Row]) -> Any:
    """Hand the rows to the driver; in a pipeline the cursor knows only after it what they changed."""
    cursor = driver.cursor()
    cursor.executemany(compiled.text, [compiled.parameters(row) for row in rows])
    return cursor
