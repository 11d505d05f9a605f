"""Begin a batch operation: its cases are found, and from now on fixed."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import insert

from engine.commands.batches import move_batch
from engine.commands.registry import NO_INSTANCE, Target, handles
from engine.commands.transaction import Transaction
from engine.store.batches import lock_batch
from engine.store.tables import batch_operation_item as item


@dataclass(frozen=True, slots=True)
class BeginBatchOperation:
    """`instances` are the keys of the cases; with `failure` (type, message) there was no finding them."""

    key: int
    instances: tuple[int, ...] = ()
    failure: tuple[str, str] | None = None


@handles(BeginBatchOperation, permission="system:run", event=NO_INSTANCE)
def begin_batch_operation(command: BeginBatchOperation, _target: Target, tx: Transaction) -> None:
    """Nothing happens unless it waits to be begun. With nothing to do it has ended at once."""
    row = lock_batch(tx.db, command.key)
    if row.state != "CREATED":
        return
    if command.failure is not None:
        kind, message = command.failure
        told = [{"partitionId": 1, "type": kind, "message": message}]
        ended = {"state": "FAILED", "errors": told, "started_at": tx.now, "ended_at": tx.now}
        move_batch(tx, command.key, "COMPLETED", ended)
        return
    if not command.instances:
        nothing = {"state": "COMPLETED", "started_at": tx.now, "ended_at": tx.now}
        move_batch(tx, command.key, "COMPLETED", nothing)
        return
    rows = [
        {"key": tx.key(), "batch_key": command.key, "process_instance_key": instance, "state": "ACTIVE"}
        for instance in command.instances
    ]
    tx.db.execute(insert(item), rows)
    move_batch(tx, command.key, "PENDING", {"state": "ACTIVE", "started_at": tx.now, "total": len(rows)})
