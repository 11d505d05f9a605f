"""Long polling of job activation: the request is held, no transaction is."""

from __future__ import annotations

import time
from typing import Any

from flask import request

from api.connection import watch
from api.context import actor, runtime, step_aside
from engine.commands.activate_jobs import ActivateJobs
from engine.errors import Busy
from engine.queries.work import has_activatable_job

DEFAULT_WAIT, LONGEST_WAIT = 5.0, 60.0
LOOK_EVERY = 1.0  # another process, a back-off or a time-out makes jobs ready without telling us
PAUSE = 0.02  # between two looks, so that a busy engine is not asked after every commit


def activate(body: dict[str, Any]) -> list[dict[str, Any]]:
    """Activate jobs, waiting for `requestTimeout` (0: some seconds, negative: not at all) while there are none.

    Raises Busy when too many requests wait already: clients try again by themselves.
    """
    command = ActivateJobs(
        body["type"],
        body["worker"] or "",
        body["timeout"],
        body["maxJobsToActivate"],
        tuple(body["fetchVariable"] or ()),
    )
    asked = (body["requestTimeout"] or 0) / 1000
    changes = runtime().live.changes
    jobs = _run(command)
    if jobs or asked < 0:
        return jobs
    if not runtime().polls.take():
        raise Busy("too many workers wait already")
    step_aside()
    try:
        return _wait(command, changes, min(asked, LONGEST_WAIT) if asked else DEFAULT_WAIT)
    finally:
        runtime().polls.give_back()


def _wait(command: ActivateJobs, changes: int, seconds: float) -> list[dict[str, Any]]:
    until, gone = time.monotonic() + seconds, watch(request.environ)
    while (left := until - time.monotonic()) > 0:
        changes = runtime().live.wait(changes, min(left, LOOK_EVERY))
        if gone() or runtime().live.ended:  # a job handed to nobody would be lost until its time is over
            return []
        with runtime().database.read() as db:
            ready = has_activatable_job(db, actor(), command.type, runtime().clock.now())
        if ready and (jobs := _run(command)):
            return jobs
        time.sleep(PAUSE)
    return []


def _run(command: ActivateJobs) -> list[dict[str, Any]]:
    jobs: list[dict[str, Any]] = runtime().bus.run(command, actor())
    return jobs
