"""Keep the books of a batch operation: what failed, how many are done, whether it has ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select, update

from engine.commands.batches import move_batch
from engine.commands.registry import NO_INSTANCE, Target, handles
from engine.commands.transaction import Transaction
from engine.model.batch import CHOICES
from engine.store.batches import counts, lock_batch
from engine.store.tables import batch_operation, process_instance
from engine.store.tables import batch_operation_item as item


@dataclass(frozen=True, slots=True)
class FailBatchItem:
    """An item could not be done; `message` says why."""

    item_key: int
    message: str


@dataclass(frozen=True, slots=True)
class AdvanceBatchOperation:
    """Count anew. `wait` are seconds before it goes on."""

    key: int
    wait: int = 0


@handles(FailBatchItem, permission="system:run", event=NO_INSTANCE)
def fail_batch_item(command: FailBatchItem, _target: Target, tx: Transaction) -> None:
    """The item is FAILED; SKIPPED when the case has meanwhile come to a state that the operation is not for."""
    p, b = process_instance.c, batch_operation.c
    query = select(p.state, b.type).select_from(item.join(batch_operation).join(process_instance))
    found = tx.db.execute(query.where(item.c.key == command.item_key)).one()
    state = "FAILED" if found.state in CHOICES[found.type].states else "SKIPPED"
    done = {"state": state, "processed_at": tx.now, "error_message": command.message}
    tx.db.execute(update(item).where(item.c.key == command.item_key, item.c.state == "ACTIVE").values(**done))


@handles(AdvanceBatchOperation, permission="system:run", event=NO_INSTANCE)
def advance_batch_operation(command: AdvanceBatchOperation, _target: Target, tx: Transaction) -> None:
    """Nothing happens unless it goes on. When no item is left it ends: COMPLETED if none failed, FAILED if all did."""
    if lock_batch(tx.db, command.key).state != "ACTIVE":
        return
    number = counts(tx.db, command.key)
    failed = number.get("FAILED", 0)
    done = {"completed": number.get("COMPLETED", 0), "failed": failed}
    if number.get("ACTIVE"):
        move_batch(tx, command.key, "PENDING", done, tx.now + timedelta(seconds=command.wait))
        return
    state = "COMPLETED" if not failed else "FAILED" if failed == sum(number.values()) else "PARTIALLY_COMPLETED"
    move_batch(tx, command.key, "COMPLETED", {"state": state, "ended_at": tx.now, **done})
