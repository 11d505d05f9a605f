"""Batch operations as rows: locked, and each item taken by who does it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select, update

from engine.errors import NotFound
from engine.store.tables import batch_operation as b
from engine.store.tables import batch_operation_item as item


def lock_batch(db: Connection, key: int) -> Row[Any]:
    """The operation, locked until the end of the transaction. Raises NotFound."""
    row = db.execute(select(b).where(b.c.key == key).with_for_update()).one_or_none()
    if row is None:
        raise NotFound(batchOperationKey=str(key))
    return row


def take_item(db: Connection, now: datetime, key: int) -> bool:
    """Mark an item done, if it is still to be done and its operation goes on; who gets True does it, in this
    transaction: if that fails the item is as it was, and nobody does it twice."""
    goes_on = select(b.c.key).where(b.c.key == item.c.batch_key, b.c.state == "ACTIVE").exists()
    taken = update(item).where(item.c.key == key, item.c.state == "ACTIVE", goes_on)
    return db.execute(taken.values(state="COMPLETED", processed_at=now)).rowcount == 1


def open_items(db: Connection, batch_key: int, limit: int) -> list[Row[Any]]:
    """The next items to be done (key, process_instance_key), in their order."""
    waits = select(item.c.key, item.c.process_instance_key).where(item.c.batch_key == batch_key)
    return list(db.execute(waits.where(item.c.state == "ACTIVE").order_by(item.c.key).limit(limit)))


def counts(db: Connection, batch_key: int) -> dict[str, int]:
    """How many items there are by state."""
    query = select(item.c.state, func.count()).where(item.c.batch_key == batch_key).group_by(item.c.state)
    return {row[0]: row[1] for row in db.execute(query)}
