"""Hold a request whose command waits for listeners, until they have answered. No transaction is held meanwhile."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from flask import request

from api.connection import watch
from api.context import read, runtime, step_aside
from engine.errors import Denied, InvalidState, TimedOut
from engine.queries.outcomes import case_is_over, outcome_of

LONGEST = 10.0  # seconds; what was asked for goes on afterwards
LOOK_EVERY = 1.0  # another process may have answered without telling us


def until_answered(asked: dict[str, str] | None) -> None:
    """Wait for the listeners that a command of a user task asked; None says that it asked none.

    Raises Denied when one of them says no, InvalidState when the task was cancelled meanwhile, TimedOut.
    """
    if asked is None:
        return
    task, operation = int(asked["userTaskKey"]), asked["operation"]
    state, reason = _wait(lambda: read(outcome_of, task, operation), asked)
    if state == "DENIED":
        raise Denied(reason, **asked)
    if state == "CANCELED":
        raise InvalidState("the task was cancelled meanwhile", **asked)


def until_over(asked: dict[str, str] | None) -> None:
    """Wait until an instance has ended whose cancellation waits for listeners; None: it has. Raises TimedOut."""
    if asked is not None:
        key = int(asked["processInstanceKey"])
        _wait(lambda: read(case_is_over, key), asked)


def _wait(look: Callable[[], Any], asked: dict[str, str]) -> Any:
    """What `look` finds, once it finds something."""
    polls = runtime().polls
    if not polls.take():  # too many wait already: what was asked for goes on without this one
        raise TimedOut(**asked)
    step_aside()
    try:
        until, gone = time.monotonic() + LONGEST, watch(request.environ)
        while True:
            changes = runtime().live.changes
            found = look()
            left = until - time.monotonic()
            if found:
                return found
            if left <= 0 or gone() or runtime().live.ended:
                raise TimedOut(**asked)
            runtime().live.wait(changes, min(left, LOOK_EVERY))
    finally:
        polls.give_back()
