"""A worker has done a job."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.commands.registry import Target, handles
from engine.commands.running import NotWaiting, running
from engine.commands.targets import job_target
from engine.commands.transaction import Transaction
from engine.commands.values import variables_in
from engine.errors import InvalidState
from engine.feel import to_json

WORKABLE = ("PENDING", "LOCKED")


@dataclass(frozen=True, slots=True)
class CompleteJob:
    """The job's results."""

    job_key: int
    variables: Mapping[str, Any] = field(default_factory=dict)

    def told(self) -> dict[str, Any]:
        """The results."""
        return {"job": str(self.job_key), "variables": to_json(dict(self.variables))}


@handles(CompleteJob, permission="job:work", event="job-completed", target=job_target)
def complete_job(command: CompleteJob, target: Target, tx: Transaction) -> None:
    """Raises InvalidState when the job is not to be done any more: a doubled completion does nothing."""
    row, instance = target.rows["job"], target.instance
    assert instance is not None
    if row.state not in WORKABLE:
        raise InvalidState(jobKey=str(row.key), state=row.state)
    r = running(tx)
    r.writer.close_job(row.key, "COMPLETED")
    try:
        r.case(instance).complete(row.element_instance_key, variables_in(command.variables))
    except NotWaiting as error:
        raise InvalidState(jobKey=str(row.key)) from error
    r.settle(instance)
