"""Hold a batch operation, let it go on, call it off: what is done stays done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, update

from engine.commands.batches import move_batch
from engine.commands.registry import OfService, Target, handles
from engine.commands.transaction import Transaction
from engine.errors import InvalidState
from engine.model.batch import UNFINISHED
from engine.policy.permissions import Facts
from engine.store.batches import counts, lock_batch
from engine.store.tables import batch_operation_item as item

PERMISSION = "batch-operation:control"


@dataclass(frozen=True, slots=True)
class SuspendBatchOperation:
    """No further case is begun with."""

    key: int


@dataclass(frozen=True, slots=True)
class ResumeBatchOperation:
    """Go on where it stopped."""

    key: int


@dataclass(frozen=True, slots=True)
class CancelBatchOperation:
    """What is not done yet will not be."""

    key: int


def _of(done: str) -> OfService:
    return OfService(f"batch-{done}", lambda command, _: command.key)


def _target(command: Any, tx: Transaction) -> Target:
    """The operation, locked; it belongs to who asked for it. Raises NotFound."""
    row = lock_batch(tx.db, command.key)
    return Target(Facts(person=row.actor), rows={"batch": row})


def _must_be(row: Row[Any], *states: str) -> None:
    if row.state not in states:
        raise InvalidState(batchOperationKey=str(row.key), state=row.state)


@handles(SuspendBatchOperation, permission=PERMISSION, event=_of("suspended"), target=_target)
def suspend_batch_operation(command: SuspendBatchOperation, target: Target, tx: Transaction) -> None:
    """Raises InvalidState unless it is to be begun or goes on."""
    _must_be(target.rows["batch"], "CREATED", "ACTIVE")
    move_batch(tx, command.key, "SUSPENDED", {"state": "SUSPENDED"})


@handles(ResumeBatchOperation, permission=PERMISSION, event=_of("resumed"), target=_target)
def resume_batch_operation(command: ResumeBatchOperation, target: Target, tx: Transaction) -> None:
    """Raises InvalidState unless it is suspended."""
    row = target.rows["batch"]
    _must_be(row, "SUSPENDED")
    move_batch(tx, command.key, "PENDING", {"state": "CREATED" if row.started_at is None else "ACTIVE"})


@handles(CancelBatchOperation, permission=PERMISSION, event=_of("cancelled"), target=_target)
def cancel_batch_operation(command: CancelBatchOperation, target: Target, tx: Transaction) -> None:
    """Raises InvalidState when it has ended."""
    _must_be(target.rows["batch"], *UNFINISHED)
    left = update(item).where(item.c.batch_key == command.key, item.c.state == "ACTIVE")
    tx.db.execute(left.values(state="CANCELED", processed_at=tx.now))
    number = counts(tx.db, command.key)
    done = {"completed": number.get("COMPLETED", 0), "failed": number.get("FAILED", 0)}
    move_batch(tx, command.key, "CANCELED", {"state": "CANCELED", "ended_at": tx.now, **done})
