"""The ends of the histories of many cases, locked: for what is done to thousands of cases without loading them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

from sqlalchemy import Connection, select

from engine.errors import StaleRevision
from engine.store.batch import Batch
from engine.store.many import ManyUpdates, among
from engine.store.tables import process_instance as pi


@dataclass(slots=True)
class Chain:
    """What of a row of process_instance appending to its history needs, and what tells which case it is."""

    key: int
    root_key: int
    definition_key: int
    process_id: str
    state: str
    rev: int
    history_sequence: int
    history_head: str


_COLUMNS = [pi.c[f.name] for f in fields(Chain)]
_UPDATE = ManyUpdates(pi, ("key", "rev"), ("history_sequence", "history_head"), plus=("rev",))


def lock_chains(db: Connection, keys: Sequence[int]) -> dict[int, Chain]:
    """Lock the call hierarchies of cases, and load the cases, in the order in which every command locks: by key, and
    roots before what they called. So no two wait for each other."""
    roots = db.execute(select(pi.c.root_key).where(among(db, pi.c.key, keys))).scalars().all()
    wanted = sorted({*keys, *roots})
    query = select(*_COLUMNS).where(among(db, pi.c.key, wanted)).order_by(pi.c.key)
    if db.dialect.name == "postgresql":
        query = query.with_for_update()
    mine = set(keys)
    return {row.key: Chain(*row) for row in db.execute(query).all() if row.key in mine}


def update_chains(batch: Batch, db: Connection, chains: Iterable[Chain]) -> None:
    """Write where the histories end now, and move the revisions on. The batch raises StaleRevision when a case was
    changed since it was loaded (cannot happen under the lock; the guard stays as the proof of it)."""
    names = ("key", "rev", "history_sequence", "history_head")
    rows = [{name: getattr(chain, name) for name in names} for chain in chains]

    def all_of_them(changed: int) -> None:
        if changed != len(rows):
            raise StaleRevision(processInstanceKeys=[str(row["key"]) for row in rows])

    _UPDATE.add(batch, db, rows, all_of_them)
