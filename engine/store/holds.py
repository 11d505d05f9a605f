"""Which cases are on legal hold."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Connection, select

from engine.store.tables import legal_hold, process_instance

AT_ONCE = 500  # keys of one statement


def held(db: Connection, case_keys: Iterable[int]) -> frozenset[int]:
    """Those of these cases that nobody may delete or erase now.

    A hold on one case holds its whole call hierarchy. Whoever locked the cases before (Transaction.lock_instance) can
    rely on the answer until the end of the transaction: to place a hold takes the same lock.
    """
    p = process_instance.c
    keys, found = list(case_keys), set[int]()
    for start in range(0, len(keys), AT_ONCE):
        some = p.key.in_(keys[start : start + AT_ONCE])
        found.update(db.execute(select(p.key).where(some, on_hold(p.root_key))).scalars())
    return frozenset(found)


def on_hold(root_key: ColumnElement[Any]) -> ColumnElement[bool]:
    """The same as a condition: whether the call hierarchy of this root is held."""
    h = legal_hold.c
    return select(h.key).where(h.root_key == root_key, h.ended_at.is_(None)).exists()
