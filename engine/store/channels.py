"""Read which hosts are allowed, and where what people are told goes besides mail."""

from __future__ import annotations

from sqlalchemy import Connection, select

from engine.model.hosts import AllowedHost
from engine.store.tables import allowed_host


def allowed_hosts(db: Connection) -> list[AllowedHost]:
    """The whole list: it is short (MOST_HOSTS of commands/allow_host.py)."""
    c = allowed_host.c
    rows = db.execute(select(c.pattern, c.port, c.scheme, c.private))
    return [AllowedHost(row.pattern, row.port, row.scheme, row.private) for row in rows]
