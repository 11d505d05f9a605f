"""A worker ends a job with a BPMN error."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.commands.complete_job import WORKABLE
from engine.commands.registry import Target, handles
from engine.commands.running import NotWaiting, running
from engine.commands.targets import job_target
from engine.commands.transaction import Transaction
from engine.commands.values import variables_in
from engine.errors import InvalidArgument, InvalidState
from engine.feel import to_json
from engine.model.jobs import ELEMENT


@dataclass(frozen=True, slots=True)
class ThrowJobError:
    """The error goes outward to the nearest boundary event that catches it; if none does, an incident."""

    job_key: int
    error_code: str
    error_message: str = ""
    variables: Mapping[str, Any] = field(default_factory=dict)

    def told(self) -> dict[str, Any]:
        """The error."""
        return {
            "job": str(self.job_key), "code": self.error_code, "message": self.error_message,
            "variables": to_json(dict(self.variables)),
        }  # fmt: skip


@handles(ThrowJobError, permission="job:work", event="job-error-thrown", target=job_target)
def throw_job_error(command: ThrowJobError, target: Target, tx: Transaction) -> None:
    """Raises InvalidState when the job is not to be done any more, or is a listener's, which throws none;
    InvalidArgument without a code."""
    row, instance = target.rows["job"], target.instance
    assert instance is not None
    if not command.error_code:
        raise InvalidArgument("an error needs a code")
    if row.state not in WORKABLE:
        raise InvalidState(jobKey=str(row.key), state=row.state)
    if row.kind != ELEMENT:
        raise InvalidState("a listener throws no BPMN error", jobKey=str(row.key), kind=row.kind)
    r = running(tx)
    r.writer.close_job(row.key, "ERROR_THROWN")
    try:
        r.case(instance).throw_error_at(
            row.element_instance_key, command.error_code, command.error_message, variables_in(command.variables)
        )
    except NotWaiting as error:
        raise InvalidState(jobKey=str(row.key)) from error
    r.settle(instance)
