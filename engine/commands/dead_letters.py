"""What becomes of a parcel that could not be delivered, when somebody says so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, select, update

from engine.commands.applying import close_incident
from engine.commands.running import running
from engine.commands.transaction import Transaction
from engine.execution import effects as fx
from engine.model.telling import DROPPED, FAILED, PACKED
from engine.store.tables import delivery, incident


def send_again(tx: Transaction, parcel_key: int) -> None:
    """The whole parcel, as what it was: the receiver may have got it after all, and knows it by its key. The incidents
    of its cases are resolved; if it fails again, there are new ones. What was taken out of it when its case was
    classified is dropped."""
    c = delivery.c
    rows = _failed(tx, c.parcel_key == parcel_key)
    again = {"state": PACKED, "attempts": 0, "due_at": tx.now, "error_message": None}
    these = update(delivery).where(c.key.in_([row.key for row in rows]))
    tx.db.execute(these.where(c.content.is_not(None)).values(**again))
    tx.db.execute(these.where(c.content.is_(None)).values(state=DROPPED, error_message="not cleared for the case"))
    _resolve(tx, rows)
    tx.wake_at(tx.now)


def drop(tx: Transaction, delivery_key: int, reason: str) -> None:
    """It is not sent any more, and nothing of it is kept but that it was not."""
    c = delivery.c
    rows = _failed(tx, c.key == delivery_key)
    dropped = update(delivery).where(c.key.in_([row.key for row in rows]))
    tx.db.execute(dropped.values(state=DROPPED, content=None, error_message=reason))
    _resolve(tx, rows)


def _failed(tx: Transaction, where: Any) -> Sequence[Row[Any, Any]]:
    """Their cases are locked."""
    c = delivery.c
    query = select(c.key, c.process_instance_key).where(where, c.state == FAILED)
    rows = tx.db.execute(query.order_by(c.process_instance_key, c.key)).all()
    for row in rows:
        if row.process_instance_key is not None:
            tx.lock_instance(row.process_instance_key)
    return rows


def _resolve(tx: Transaction, rows: Sequence[Row[Any, Any]]) -> None:
    i = incident.c
    keys = [row.key for row in rows if row.process_instance_key is not None]
    query = select(i.key, i.process_instance_key).where(i.delivery_key.in_(keys), i.state == "ACTIVE")
    for row in tx.db.execute(query.order_by(i.key)).all() if keys else ():
        close_incident(running(tx), tx.relative(row.process_instance_key), fx.IncidentClosed(row.key))
