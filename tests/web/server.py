"""`krabuan serve --demo` as it is, but for its clock: one that tests move on.

    python -m tests.web.server SOCKET [options of `krabuan serve`]

The front end is served from a copy, so that it can be built anew meanwhile. The clock starts at START and runs. A line `SECONDS` sent to the Unix socket moves it on: what comes due on the way is
done at its time, in order; the answer is the new present moment. Nothing of this is in the product.
"""

from __future__ import annotations

import os
import shutil
import socketserver
import sys
import tempfile
import threading
import time
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sqlalchemy import select

import api
from api.app import create_app
from api.cli import main as krabuan
from api.runtime import Runtime
from api.service import open_service
from engine.jobs.dispatcher import next_due
from engine.jobs.work import work
from engine.store.tables import job

STATIC = Path(api.__file__).parent / "static"
PATIENCE = 60.0  # seconds that the queue is waited for
FIRST = datetime(2026, 4, 10, 9, 0, tzinfo=UTC)  # Friday 10 April 2026 16:00 in Bangkok
START = datetime.fromisoformat(os.environ.get("KRABUAN_TEST_START", FIRST.isoformat()))  # later, when it starts again


class MovableClock:
    """Runs like any clock and can be moved on; a process forked from this one keeps its time."""

    def __init__(self, start: datetime) -> None:
        self._start, self._since = start, time.monotonic()
        self._moved = timedelta()

    def now(self) -> datetime:
        return self._start + self._moved + timedelta(seconds=time.monotonic() - self._since)

    def move_to(self, moment: datetime) -> None:
        self._moved += max(moment - self.now(), timedelta())


def wait_until_nothing_is_given(runtime: Runtime, clock: MovableClock) -> None:
    """On PostgreSQL the queue may have what is due, also what a server that was killed had begun."""
    given = select(job.c.key).where(job.c.state == "PENDING", job.c.handed_at.is_not(None), job.c.due_at <= clock.now())
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with runtime.database.read() as db:
            if db.execute(given.limit(1)).first() is None:
                return
        time.sleep(0.02)
    raise RuntimeError("the queue does not do what is due")


def advance(runtime: Runtime, clock: MovableClock, by: timedelta) -> datetime:
    """Move on step by step, so that timers fire at their time."""
    target = clock.now() + by
    while True:
        while work(runtime.bus):
            pass
        wait_until_nothing_is_given(runtime, clock)
        due = next_due(runtime.bus)
        if due is None or due > target:
            break
        clock.move_to(due)
    clock.move_to(target)
    return clock.now()


def listen(path: str, runtime: Runtime, clock: MovableClock) -> None:
    """Obey the socket in a thread of its own."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            seconds = float(self.rfile.readline())
            self.wfile.write(advance(runtime, clock, timedelta(seconds=seconds)).isoformat().encode())

    server = socketserver.UnixStreamServer(path, Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()


def main(socket: str, *options: str) -> int:
    clock = MovableClock(START)

    def opened(*arguments: Any, **more: Any) -> Any:
        app = open_service(*arguments, **more)
        listen(socket, app.extensions["krabuan"], clock)
        return app

    with (
        tempfile.TemporaryDirectory() as copy,
        patch("api.runtime.SystemClock", lambda: clock),
        patch("api.service.SharedClock", lambda: clock),
        patch("engine.adapters.queue.BEAT", 0.2),
        patch("engine.adapters.queue.SILENT", 2.0),
        patch("api.cli.server.open_service", opened),
        patch("api.service.create_app", partial(create_app, site=Path(copy, "static"))),
    ):
        shutil.copytree(STATIC, Path(copy, "static"))
        return krabuan(["serve", "--demo", *options])


if __name__ == "__main__":
    os.umask(0o077)
    raise SystemExit(main(*sys.argv[1:]))
