"""A worker has done a job."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.commands.registry import Target, handles
from engine.commands.running import NotWaiting, running
from engine.commands.targets import job_target
from engine.commands.task_changes import in_json
from engine.commands.task_listeners import deny
from engine.commands.transaction import Transaction
from engine.commands.values import variables_in
from engine.commands.work_done import work_done
from engine.errors import InvalidArgument, InvalidState
from engine.feel import to_json
from engine.model.jobs import TASK_LISTENER

WORKABLE = ("PENDING", "LOCKED")


@dataclass(frozen=True, slots=True)
class CompleteJob:
    """The job's results. The listener of a user task may say no (`denied`) or make `corrections` (of
    task_changes.NAMES; None clears)."""

    job_key: int
    variables: Mapping[str, Any] = field(default_factory=dict)
    denied: bool = False
    denied_reason: str | None = None
    corrections: Mapping[str, Any] = field(default_factory=dict)

    def told(self) -> dict[str, Any]:
        """The results."""
        told: dict[str, Any] = {"job": str(self.job_key), "variables": to_json(dict(self.variables))}
        if self.denied:
            told |= {"denied": True, "reason": self.denied_reason}
        if self.corrections:
            told["corrections"] = in_json(self.corrections)
        return told


@handles(CompleteJob, permission="job:work", event="job-completed", target=job_target)
def complete_job(command: CompleteJob, target: Target, tx: Transaction) -> None:
    """Raises InvalidState when the job is not to be done any more: a doubled completion does nothing.
    Raises InvalidArgument for a denial or corrections where none can be."""
    row, instance = target.rows["job"], target.instance
    assert instance is not None
    if row.state not in WORKABLE:
        raise InvalidState(jobKey=str(row.key), state=row.state)
    r, results = running(tx), variables_in(command.variables)
    try:
        if not command.denied:
            work_done(r, instance, row, results, command.corrections)
        elif row.kind != TASK_LISTENER or results or command.corrections:
            raise InvalidArgument("only the listener of a user task denies, and then it changes nothing")
        else:
            deny(r, instance, row, command.denied_reason)
    except NotWaiting as error:
        raise InvalidState(jobKey=str(row.key)) from error
