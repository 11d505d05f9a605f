"""Resolve an incident: its cause is repaired, the element tries again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update

from engine.commands.applying import close_incident
from engine.commands.registry import Target, handles
from engine.commands.running import running
from engine.commands.targets import incident_target
from engine.commands.transaction import Transaction
from engine.errors import InvalidState
from engine.execution import effects as fx
from engine.store.tables import job


@dataclass(frozen=True, slots=True)
class ResolveIncident:
    """Try again."""

    incident_key: int

    def told(self) -> dict[str, Any]:
        """Which."""
        return {"incident": str(self.incident_key)}


@handles(ResolveIncident, permission="incident:resolve", event="incident-resolution", target=incident_target)
def resolve_incident(command: ResolveIncident, target: Target, tx: Transaction) -> None:
    """Raises InvalidState when it is resolved already, or its job has no retries left (update the job
    first). If the cause is still there, a new incident is raised in the same transaction."""
    row, instance = target.rows["incident"], target.instance
    assert instance is not None
    if row.state != "ACTIVE":
        raise InvalidState(incidentKey=str(row.key), state=row.state)
    r = running(tx)
    if row.job_key is None:
        r.case(instance).resolve(row.element_instance_key)
        r.settle(instance)
        return
    retries = tx.db.execute(select(job.c.retries).where(job.c.key == row.job_key)).scalar() or 0
    if retries < 1:
        raise InvalidState("the job has no retries left; update it first", jobKey=str(row.job_key))
    tx.db.execute(
        update(job).where(job.c.key == row.job_key, job.c.state == "FAILED").values(state="PENDING", due_at=tx.now)
    )
    close_incident(r, instance, fx.IncidentClosed(row.key))
    tx.wake_at(tx.now)
