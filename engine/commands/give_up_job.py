"""A row that came due could not be done as often as it may be tried: an incident says so."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select, update

from engine.commands.applying import add_incident
from engine.commands.fire_timer import due_target
from engine.commands.registry import NO_INSTANCE, Target, handles
from engine.commands.running import running
from engine.commands.transaction import Transaction
from engine.model.jobs import NO_RETRIES
from engine.store.instances import ALIVE
from engine.store.tables import element_instance, job


@dataclass(frozen=True, slots=True)
class GiveUpJob:
    """`message` is what went wrong, for the people who will repair it."""

    job_key: int
    message: str


@handles(GiveUpJob, permission="system:run", event=NO_INSTANCE, target=due_target)
def give_up_job(command: GiveUpJob, target: Target, tx: Transaction) -> None:
    """Nothing happens when the row is done in the meantime. The incident is of the row's element, or of
    the case as a whole; resolving it tries again."""
    row, instance = target.rows["job"], target.instance
    if row is None or row.state != "PENDING":
        return
    values = {"state": "FAILED", "retries": 0, "error_message": command.message, "updated_at": tx.now}
    tx.db.execute(update(job).where(job.c.key == row.key).values(**values))
    if instance is None or instance.state not in ALIVE:
        return
    e = element_instance.c
    known = tx.db.execute(select(e.element_id).where(e.key == row.element_instance_key, e.state == "ACTIVE")).scalar()
    key, element_id = (row.element_instance_key, known) if known is not None else (instance.key, instance.process_id)
    what = f"{row.type}: {command.message}"
    kind = NO_RETRIES.get(row.kind, "JOB_NO_RETRIES")
    add_incident(running(tx), instance, tx.key(), key, element_id, kind, what, row.key)
