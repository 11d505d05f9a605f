"""What was to leave could not be delivered as often as it may be tried, or never will be: it is a dead letter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select, update

from engine.commands.applying import add_incident
from engine.commands.registry import NO_INSTANCE, Target, handles
from engine.commands.running import running
from engine.commands.transaction import Transaction
from engine.model.telling import FAILED, PACKED
from engine.store.instances import ALIVE
from engine.store.tables import delivery, notification, user_task


@dataclass(frozen=True, slots=True)
class GiveUpParcel:
    """`message` is what went wrong, for the people who will repair it."""

    parcel_key: int
    message: str


@handles(GiveUpParcel, permission="system:run", event=NO_INSTANCE)
def give_up_parcel(command: GiveUpParcel, _target: Target, tx: Transaction) -> None:
    """An incident of each case that it told of and that is still open; of what belongs to none, an event of the
    service. Nothing happens to what was sent or dropped meanwhile."""
    d, n = delivery.c, notification.c
    columns = [d.key, d.process_instance_key, d.channel, d.username, n.task_key]
    query = select(*columns).join_from(delivery, notification).where(d.parcel_key == command.parcel_key)
    rows = tx.db.execute(query.where(d.state == PACKED).order_by(d.process_instance_key, d.key)).all()
    failed = update(delivery).where(d.parcel_key == command.parcel_key, d.state == PACKED)
    tx.db.execute(failed.values(state=FAILED, error_message=command.message))
    for row in rows:
        instance = None if row.process_instance_key is None else tx.lock_instance(row.process_instance_key)
        if instance is None or instance.state not in ALIVE:
            tx.record_service("delivery-failed", str(row.key), channel=row.channel, message=command.message)
            continue
        task = _open_task(tx, row)
        key, element = (instance.key, instance.process_id) if task is None else (row.task_key, task)
        what = f"{row.channel}: {command.message}"
        add_incident(running(tx), instance, tx.key(), key, element, "UNSPECIFIED", what, None, row.key)


def _open_task(tx: Transaction, row: Row[Any]) -> str | None:
    """The element of the task that it was about, while that is open."""
    u = user_task.c
    query = select(u.element_id).where(u.key == row.task_key, u.completed_at.is_(None))
    return tx.db.execute(query).scalar()
