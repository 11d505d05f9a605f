"""What the commands on batch operations share: how one is opened, and how its row of the job table moves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import insert, update

from engine.commands.transaction import Transaction
from engine.store.tables import batch_operation, job

KIND = "BATCH"


def open_batch(
    tx: Transaction, type_: str, wanted: Mapping[str, Any], plan: Mapping[str, Any], **columns: Any
) -> dict[str, Any]:
    """Insert an operation of the actor, and answer as the API does. Without `columns` it waits to be begun, by the
    row of the job table that has its key."""
    key = tx.key()
    row = {
        "key": key, "type": type_, "state": "CREATED", "actor": tx.actor.id, "actor_kind": tx.actor.kind,
        "on_behalf_of": tx.actor.on_behalf_of, "filter": dict(wanted), "plan": dict(plan), "total": 0, "completed": 0,
        "failed": 0, "errors": [], "created_at": tx.now,
    }  # fmt: skip
    tx.db.execute(insert(batch_operation), row | columns)
    if not columns:
        waits = {
            "key": key, "kind": KIND, "type": "batch-operation", "state": "PENDING", "due_at": tx.now, "retries": 3,
            "priority": 0, "payload": {}, "created_at": tx.now,
        }  # fmt: skip
        tx.db.execute(insert(job), waits)
        tx.wake_at(tx.now)
    return {"batchOperationKey": str(key), "batchOperationType": type_}


def move_batch(
    tx: Transaction, key: int, job_state: str, columns: Mapping[str, Any], due_at: datetime | None = None
) -> None:
    """Change an operation, and what becomes of its row of the job table: due now unless `due_at` says when."""
    tx.db.execute(update(batch_operation).where(batch_operation.c.key == key).values(**columns))
    ended = tx.now if job_state in ("COMPLETED", "CANCELED") else None
    due = due_at or tx.now
    row = {"state": job_state, "due_at": due, "updated_at": tx.now, "ended_at": ended}
    tx.db.execute(update(job).where(job.c.key == key).values(**row))
    if job_state == "PENDING":
        tx.wake_at(due)
