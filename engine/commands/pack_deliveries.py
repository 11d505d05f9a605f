"""Pack what is due to leave, so that it can be sent after the commit, and again after a crash, as the same."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import update

from engine.commands.registry import NO_INSTANCE, Target, handles
from engine.commands.transaction import Transaction
from engine.model.telling import DROPPED, PENDING, WEBHOOK
from engine.notify.events import pack_events
from engine.notify.packing import pack
from engine.store.deliveries import of_kind
from engine.store.tables import delivery


@dataclass(frozen=True, slots=True)
class PackDeliveries:
    """Of one kind of channel; `served` says whether there is anybody who carries it."""

    kind: str
    served: bool = True


@handles(PackDeliveries, permission="system:run", event=NO_INSTANCE)
def pack_deliveries(command: PackDeliveries, _target: Target, tx: Transaction) -> int:
    """How many were looked at; 0 when nothing is due. What nobody carries is dropped, and says so."""
    services = tx.services
    if command.served and command.kind == WEBHOOK:
        return pack_events(tx.db, tx.key, tx.now, services.telling)
    if command.served:
        return pack(tx.db, tx.key, tx.now, command.kind, services.zone, services.telling)
    c = delivery.c
    due = (c.state == PENDING, of_kind(command.kind), c.due_at <= tx.now)
    dropped = update(delivery).where(*due).values(state=DROPPED, error_message="no server is set up for it")
    return tx.db.execute(dropped).rowcount
