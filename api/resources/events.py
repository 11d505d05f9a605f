"""Live updates: server-sent events, each only to those who may see what changed."""

from __future__ import annotations

import queue
import time
from collections.abc import Callable, Iterator
from typing import Any

from flask import Response, request

from api.answers import to_json
from api.blueprint import Room
from api.connection import watch
from api.context import actor, runtime
from api.live import Announcement
from api.runtime import Runtime
from engine.errors import Busy, NotFound
from engine.model.actor import Actor
from engine.queries.instances import get_instance
from engine.queries.tasks import get_task

blp = Room("events", __name__, url_prefix="/v2", description="Live updates")
PING_EVERY = 15  # seconds: proxies close a connection on which nothing comes
LONGEST = 300.0  # then the browser connects again, and a session that has ended ends here too
TOPICS = ("user-task", "process-instance")


@blp.operation(
    "GET",
    "/events",
    permission="user-task:read",
    returns={"text/event-stream": {"schema": {"type": "string"}}},
)
def events() -> Response:
    """A stream of events `user-task` and `process-instance`, as they happen."""
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
        while time.monotonic() < until and not gone():
            try:
                told = announced.get(timeout=1)
            except queue.Empty:
                silent += 1
                if silent % PING_EVERY == 0:
                    yield b": ping\n\n"
                continue
            if told[0] == "resync":
                yield b"event: resync\ndata: {}\n\n"
            elif told[0] in TOPICS and (shown := _shown(engine, who, told)) is not None:
                yield b"event: %b\ndata: %b\n\n" % (told[0].encode(), to_json(shown))


def _shown(engine: Runtime, who: Actor, told: Announcement) -> dict[str, Any] | None:
    """What of an announcement this listener is told: nothing of what it may not see."""
    topic, data = told
    with engine.database.read() as db:
        try:
            if topic == "user-task":
                task = get_task(db, who, int(str(data["userTaskKey"])))
                return {name: task[name] for name in ("userTaskKey", "state", "assignee", "candidateGroups")}
            case = get_instance(db, who, int(str(data["processInstanceKey"])))
            return {"processInstanceKey": case["processInstanceKey"]}
        except NotFound:
            return None
