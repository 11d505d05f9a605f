"""Up to which confidentiality class people are cleared."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, select

from engine.store.tables import person


def clearances(db: Connection, names: Iterable[str]) -> dict[str, int]:
    """The rank of each of these people; who has no account is not in it, and cleared for nothing."""
    wanted = set(names)
    if not wanted:
        return {}
    query = select(person.c.username, person.c.clearance).where(person.c.username.in_(wanted))
    return {row.username: row.clearance for row in db.execute(query)}
