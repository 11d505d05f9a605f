"""How much SQLite does for something, as a number that is the same on every machine."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, event

from engine.store.database import Database


def instructions(database: Database, work: Callable[[], object]) -> int:
    """How many instructions SQLite's machine carries out in the transactions that `work` begins."""
    taken: list[int] = []
    watched: set[Any] = set()

    def watch(db: Connection) -> None:
        driver: Any = db.connection.driver_connection
        driver.set_progress_handler(lambda: taken.append(1), 1)
        watched.add(driver)

    event.listen(database.engine, "begin", watch)
    try:
        work()
    finally:
        event.remove(database.engine, "begin", watch)
        for driver in watched:
            driver.set_progress_handler(None, 0)
    return len(taken)
