"""Numbers and texts of workers: what does not fit is refused, never a crash."""

from __future__ import annotations

from typing import Any

import pytest

from engine.commands.activate_jobs import ActivateJobs
from engine.commands.complete_job import CompleteJob
from engine.commands.fail_job import FailJob
from engine.commands.throw_job_error import ThrowJobError
from engine.commands.update_job import UpdateJob
from engine.errors import InvalidArgument
from tests.dsl import WORKER, Office
from tests.execution.bench import diagram, flows, node, user

HUGE = 10**18


@pytest.fixture
def job(office: Office) -> int:
    """The key of a job that a worker has."""
    task = node("serviceTask", "j", '<zeebe:taskDefinition type="pay"/>')
    office.deploy(diagram(node("startEvent", "s") + task + user("u") + flows("s j", "j u")))
    office.start()
    (row,) = office.run(ActivateJobs("pay", "w", 60_000, 1), WORKER)
    return int(row["jobKey"])


@pytest.mark.parametrize(
    ("make", "values"),
    [
        (FailJob, {"retries": -1}), (FailJob, {"retries": HUGE}), (FailJob, {"retries": 1, "back_off_ms": -1}),
        (FailJob, {"retries": 1, "back_off_ms": HUGE}), (FailJob, {"variables": {"": 1}}),
        (UpdateJob, {}), (UpdateJob, {"retries": 0}), (UpdateJob, {"retries": HUGE}), (UpdateJob, {"timeout_ms": -1}),
        (UpdateJob, {"timeout_ms": HUGE}), (UpdateJob, {"priority": HUGE}), (UpdateJob, {"priority": -HUGE}),
        (ThrowJobError, {"error_code": ""}), (ThrowJobError, {"error_code": "x", "variables": {"n" * 300: 1}}),
        (CompleteJob, {"variables": {"a\x00": 1}}), (FailJob, {"error_message": "a\x00b"}),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_and_changes_nothing(office: Office, job: int, make: type, values: dict[str, Any]) -> None:
    before = office.snapshot()
    with pytest.raises(InvalidArgument):
        office.run(make(job, **values), WORKER)
    assert office.snapshot() == before


@pytest.mark.parametrize("values", [("", "w", 1, 1), ("t", "w", 0, 1), ("t", "w", HUGE, 1), ("t", "w", 1, 0), ("t", "w", 1, 1001)])
def test_activation(office: Office, values: tuple[str, str, int, int]) -> None:
    with pytest.raises(InvalidArgument):
        office.run(ActivateJobs(*values), WORKER)
