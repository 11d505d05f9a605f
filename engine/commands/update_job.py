"""Change a job's retries, priority, or the time its worker has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import update

from engine.commands.job_limits import check_integer, check_wait
from engine.commands.registry import Target, handles
from engine.commands.targets import job_target
from engine.commands.transaction import Transaction
from engine.errors import InvalidArgument, InvalidState
from engine.store.tables import job


@dataclass(frozen=True, slots=True)
class UpdateJob:
    """What is None stays."""

    job_key: int
    retries: int | None = None
    timeout_ms: int | None = None
    priority: int | None = None

    def told(self) -> dict[str, Any]:
        """The new values."""
        return {
            "job": str(self.job_key), "retries": self.retries, "timeout": self.timeout_ms,
            "priority": self.priority,
        }  # fmt: skip


@handles(UpdateJob, permission="job:update", event="job-updated", target=job_target)
def update_job(command: UpdateJob, target: Target, tx: Transaction) -> None:
    """Raises InvalidState when the job has ended, InvalidArgument for an impossible value."""
    row = target.rows["job"]
    if row.state not in ("PENDING", "LOCKED", "FAILED"):
        raise InvalidState(jobKey=str(row.key), state=row.state)
    values: dict[str, Any] = {}
    if command.retries is not None:
        check_integer("retries", command.retries, 1)
        values["retries"] = command.retries
    if command.timeout_ms is not None:
        if row.state != "LOCKED":
            raise InvalidState("no worker has the job", jobKey=str(row.key))
        check_wait("timeout", command.timeout_ms)
        values["locked_until"] = tx.now + timedelta(milliseconds=command.timeout_ms)
    if command.priority is not None:
        check_integer("priority", command.priority)
        values["priority"] = command.priority
    if not values:
        raise InvalidArgument("nothing to change")
    tx.db.execute(update(job).where(job.c.key == row.key).values(**values, updated_at=tx.now))
