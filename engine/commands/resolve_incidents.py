"""Resolve every incident of a process instance: what they stopped is tried again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, insert, select, update

from engine.commands.batches import open_batch
from engine.commands.registry import Target, handles
from engine.commands.resolve_incident import ResolveIncident, resolve_incident
from engine.commands.second_person import check_second_person
from engine.commands.targets import instance_target
from engine.commands.transaction import Transaction
from engine.errors import InvalidState
from engine.model.batch import RESOLVE
from engine.store.tables import batch_operation_item, incident, job


@dataclass(frozen=True, slots=True)
class ResolveIncidents:
    """All that are open now; a job without retries left gets one. `batch` is the batch operation that this is an item
    of; without it this is a batch operation of one case, done at once."""

    process_instance_key: int
    batch: int | None = None
    reason: str | None = None

    def told(self) -> dict[str, Any]:
        """Why, if it was said; the incidents are told one by one, as they close."""
        return {} if self.reason is None else {"reason": self.reason}


@handles(ResolveIncidents, permission="incident:resolve", event="incidents-resolution", target=instance_target)
def resolve_incidents(command: ResolveIncidents, target: Target, tx: Transaction) -> dict[str, Any] | None:
    """The batch operation that it was, when it is no item of one. Raises InvalidState unless the case is active."""
    instance = target.instance
    assert instance is not None
    check_second_person(tx, instance, "resolve", command.reason)
    if instance.state != "ACTIVE":
        raise InvalidState(processInstanceKey=str(instance.key), state=instance.state)
    c = incident.c
    mine = (c.process_instance_key == instance.key) & (c.state == "ACTIVE")
    for key in tx.db.execute(select(c.key).where(mine).order_by(c.key)).scalars().all():
        row = tx.db.execute(select(incident).where(c.key == key)).one()
        # what was resolved before may have ended the case, and this incident with it
        if row.state == "ACTIVE" and instance.state == "ACTIVE":
            _resolve(row, target, tx, command.reason)
    return _as_batch(instance.key, tx) if command.batch is None else None


def _as_batch(key: int, tx: Transaction) -> dict[str, Any]:
    """Enter what was done as a batch operation that has ended."""
    now = {"created_at": tx.now, "started_at": tx.now, "ended_at": tx.now}
    wanted = {"processInstanceKey": str(key)}
    made = open_batch(tx, RESOLVE, wanted, {}, state="COMPLETED", total=1, completed=1, **now)
    row = {"key": tx.key(), "batch_key": int(made["batchOperationKey"]), "process_instance_key": key}
    tx.db.execute(insert(batch_operation_item), row | {"state": "COMPLETED", "processed_at": tx.now})
    return made


def _resolve(row: Row[Any], target: Target, tx: Transaction, reason: str | None) -> None:
    if row.job_key is not None:
        tx.db.execute(update(job).where(job.c.key == row.job_key, job.c.retries < 1).values(retries=1))
    one = Target(target.facts, target.instance, row.element_id, row.element_instance_key, None, {"incident": row})
    resolve_incident(ResolveIncident(row.key, reason), one, tx)
