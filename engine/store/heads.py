"""Who heads whom: the head of a unit answers for everybody in it, and in the units below it."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, select

from engine.store.tables import group_, membership


def groups_headed(db: Connection, positions: Iterable[str]) -> frozenset[str]:
    """The units, with the units, committees and positions below them, whose head holds one of the positions."""
    held = set(positions)
    rows = db.execute(select(group_.c.key, group_.c.parent, group_.c.head_of)).all()
    found = {row.head_of for row in rows if row.head_of is not None and row.key in held}
    while below := {row.key for row in rows if row.parent in found} - found:
        found |= below
    return frozenset(found)


def heads(db: Connection, positions: Iterable[str], username: str) -> bool:
    """Whether one of the positions is that of the head of a unit that the person works in."""
    headed = groups_headed(db, positions)
    if not headed:
        return False
    c = membership.c
    query = select(c.username).where(c.username == username, c.group_key.in_(sorted(headed))).limit(1)
    return db.execute(query).first() is not None
