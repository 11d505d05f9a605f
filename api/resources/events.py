"""Live updates: server-sent events, each only to those who may see what changed."""

from __future__ import annotations

import queue
import time
from collections.abc import Callable, Iterator

from flask import Response, request

from api.answers import to_json
from api.blueprint import Room
from api.connection import watch
from api.context import actor, runtime
from api.live import ENDED, RESYNC
from api.runtime import Runtime
from engine.errors import Busy
from engine.model.actor import Actor

blp = Room("events", __name__, url_prefix="/v2", description="Live updates")
PING_EVERY = 15  # seconds: proxies close a connection on which nothing comes
LONGEST = 300.0  # then the browser connects again, and a session that has ended ends here too


@blp.operation(
    "GET",
    "/events",
    permission="user-task:read",
    returns={"text/event-stream": {"schema": {"type": "string"}}},
)
def events() -> Response:
    """A stream of events as they happen: `user-task` and `process-instance` say of which, `notification` that the bell
    shows something new, or that something was read, `calendar-change` how far a change of a calendar is,
    `task-presence` that others have a task's page open now."""
    if not runtime().streams.take():
        raise Busy("too many listeners")
    response = Response(_stream(runtime(), actor(), watch(request.environ)), content_type="text/event-stream")
    response.call_on_close(runtime().streams.give_back)
    response.headers["X-Accel-Buffering"] = "no"
    return response


def _stream(engine: Runtime, who: Actor, gone: Callable[[], bool]) -> Iterator[bytes]:
    """Ends when the listener has gone, which is looked at every second: a thread is not kept for nobody."""
    until, silent = time.monotonic() + LONGEST, 0
    with engine.live.listening() as announced:
        yield b"retry: 3000\n\n: ping\n\n"
        while time.monotonic() < until and not engine.live.ended and not gone():
            try:
                told = announced.get(timeout=1)
            except queue.Empty:
                silent += 1
                if silent % PING_EVERY == 0:
                    yield b": ping\n\n"
                continue
            if told is ENDED:  # the browser connects again by itself
                return
            if told is RESYNC:
                yield b"event: resync\ndata: {}\n\n"
            elif (shown := told.shown_to(who, engine.database.read)) is not None:
                yield b"event: %b\ndata: %b\n\n" % (told.topic.encode(), to_json(shown))
