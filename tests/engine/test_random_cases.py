"""Cases of any shape through the bus: at the end nothing waits, nothing is left over, and the chain verifies."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.commands.activate_jobs import ActivateJobs
from engine.commands.cancel_instance import CancelInstance
from engine.commands.complete_job import CompleteJob
from engine.store import tables as t
from tests.dsl import OWNER, WORKER, Office
from tests.execution.test_random_processes import BLOCKS, Block, process


def leftovers(office: Office) -> dict[str, list[Any]]:
    """Rows that say something of the ended case is still open."""
    return {
        "tasks": [r for r in office.rows(t.user_task) if r.state == "CREATED"],
        "jobs": [r for r in office.rows(t.job) if r.state in ("PENDING", "LOCKED")],
        "subscriptions": office.rows(t.subscription),
        "elements": [r for r in office.rows(t.element_instance) if r.state == "ACTIVE" or r.ended_at is None],
        "inbox": [r for r in office.rows(t.task_candidate) if r.status != "closed"],
        "locals": [r for r in office.rows(t.variable) if r.scope_key != office.key],
        "incidents": [r for r in office.rows(t.incident) if r.state == "ACTIVE"],
    }


def step(office: Office, turn: int) -> None:
    """Do one thing that waits: a task, a job, or the time until the next timer."""
    tasks = [r for r in office.rows(t.user_task) if r.state == "CREATED"]
    jobs = office.run(ActivateJobs("t", "w", 1, 1), WORKER)
    if jobs and (turn % 2 or not tasks):
        office.run(CompleteJob(int(jobs[0]["jobKey"])), WORKER)
    elif tasks:
        office.complete(tasks[turn % len(tasks)].element_id, OWNER)
    else:
        office.advance("PT1H")


@settings(max_examples=25)
@given(BLOCKS, st.lists(st.integers(0, 7), max_size=8), st.lists(st.integers(0, 9), max_size=20), st.integers(0, 25))
def test_nothing_is_left_over(block: Block, choices: list[int], turns: list[int], stop: int) -> None:
    office = Office("sqlite://")
    try:
        office.deploy(process(block, choices))
        office.start(runs=0)
        done = 0
        while office.instance.state == "ACTIVE" and done < 300:
            if done == stop and stop % 3 == 0:
                office.run(CancelInstance(office.key), OWNER)
                break
            step(office, turns[done % len(turns)] if turns else 0)
            done += 1
        assert office.instance.state in ("COMPLETED", "TERMINATED")
        assert {name: rows for name, rows in leftovers(office).items() if rows} == {}
        assert office.instance.execution is None
        assert office.verified()
    finally:
        office.close()
