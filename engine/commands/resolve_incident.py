"""Resolve an incident: its cause is repaired, the element tries again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update

from engine.commands.applying import close_incident
from engine.commands.dead_letters import send_again
from engine.commands.registry import Target, handles
from engine.commands.run_builtin_job import TYPES
from engine.commands.running import running
from engine.commands.second_person import check_second_person
from engine.commands.targets import incident_target
from engine.commands.transaction import Transaction
from engine.errors import InvalidState
from engine.execution import effects as fx
from engine.model.jobs import FOR_WORKERS
from engine.store.tables import delivery, job

RETRIES = 3  # of what the engine does itself: timers, reminders, built-in jobs


@dataclass(frozen=True, slots=True)
class ResolveIncident:
    """Try again."""

    incident_key: int
    reason: str | None = None

    def told(self) -> dict[str, Any]:
        """Which, and why, if it was said."""
        return {"incident": str(self.incident_key)} | ({} if self.reason is None else {"reason": self.reason})


@handles(ResolveIncident, permission="incident:resolve", event="incident-resolution", target=incident_target)
def resolve_incident(command: ResolveIncident, target: Target, tx: Transaction) -> None:
    """Raises InvalidState when it is resolved already, its case is suspended, or its job has no retries
    left (update the job first). If the cause is still there, a new incident is raised in the same transaction."""
    row, instance = target.rows["incident"], target.instance
    assert instance is not None
    check_second_person(tx, instance, "resolve", command.reason)
    if row.state != "ACTIVE" or instance.state != "ACTIVE":
        raise InvalidState(incidentKey=str(row.key), state=row.state, instanceState=instance.state)
    r = running(tx)
    if row.delivery_key is not None:
        parcel = select(delivery.c.parcel_key).where(delivery.c.key == row.delivery_key)
        send_again(tx, tx.db.execute(parcel).scalar_one())
        return
    if row.job_key is None:
        r.case(instance).resolve(row.element_instance_key)
        r.settle(instance)
        return
    c = job.c
    work = tx.db.execute(select(c.retries, c.kind, c.type).where(c.key == row.job_key)).one()
    ours = work.kind not in FOR_WORKERS or work.type in TYPES
    if work.retries < 1 and not ours:
        raise InvalidState("the job has no retries left; update it first", jobKey=str(row.job_key))
    again = {"state": "PENDING", "due_at": tx.now, "retries": RETRIES if ours else work.retries}
    tx.db.execute(update(job).where(c.key == row.job_key, c.state == "FAILED").values(**again))
    close_incident(r, instance, fx.IncidentClosed(row.key))
    tx.wake_at(tx.now)
