"""A worker could not do a job: try again later, or raise an incident."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import update

from engine.commands.applying import add_incident
from engine.commands.complete_job import WORKABLE
from engine.commands.job_limits import check_integer, check_wait
from engine.commands.registry import Target, handles
from engine.commands.running import running
from engine.commands.targets import job_target
from engine.commands.transaction import Transaction
from engine.commands.values import variables_in
from engine.errors import InvalidState
from engine.feel import to_json
from engine.model.jobs import NO_RETRIES
from engine.store.tables import job


@dataclass(frozen=True, slots=True)
class FailJob:
    """`retries` are what is left; with 0 an incident is raised. `back_off_ms` delays the next try."""

    job_key: int
    retries: int = 0
    error_message: str = ""
    back_off_ms: int = 0
    variables: Mapping[str, Any] = field(default_factory=dict)

    def told(self) -> dict[str, Any]:
        """What the worker said."""
        return {
            "job": str(self.job_key), "retries": self.retries, "message": self.error_message,
            "variables": to_json(dict(self.variables)),
        }  # fmt: skip


@handles(FailJob, permission="job:work", event="job-failed", target=job_target)
def fail_job(command: FailJob, target: Target, tx: Transaction) -> None:
    """Raises InvalidState when the job is not to be done any more, InvalidArgument for impossible numbers."""
    row, instance = target.rows["job"], target.instance
    assert instance is not None
    if row.state not in WORKABLE:
        raise InvalidState(jobKey=str(row.key), state=row.state)
    check_integer("retries", command.retries, 0)
    check_wait("retryBackOff", command.back_off_ms)
    r = running(tx)
    if command.variables:
        r.case(instance).set_variables(row.element_instance_key, variables_in(command.variables), local=True)
        r.settle(instance)
    due_at = tx.now + timedelta(milliseconds=command.back_off_ms)
    tx.db.execute(
        update(job).where(job.c.key == row.key).values(
            state="PENDING" if command.retries else "FAILED", retries=command.retries, due_at=due_at,
            error_message=command.error_message[:4000], locked_until=None, updated_at=tx.now,
        )
    )  # fmt: skip
    if command.retries:
        tx.wake_at(due_at)
    else:
        message = command.error_message or "no retries are left"
        add_incident(
            r, instance, tx.key(), row.element_instance_key, row.element_id, NO_RETRIES[row.kind], message, row.key
        )
