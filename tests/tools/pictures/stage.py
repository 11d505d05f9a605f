"""The real application over the world of a paused scenario, on loopback, for the browser that takes the pictures."""

from __future__ import annotations

import base64
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from werkzeug.serving import WSGIRequestHandler, make_server

from api.app import create_app
from api.live import Live, Slots
from api.runtime import LiveBus, Runtime
from engine.scenarios.world import NobodysPassword, World
from engine.store.tables import process_definition


class AnyPassword(NobodysPassword):
    """The people of a scenario have no passwords: here, in this process and on loopback, each will do."""

    def verify(self, hashed: str, password: str) -> bool:
        """Always."""
        return True


class _Quiet(WSGIRequestHandler):
    def log_request(self, *_about: object, **_more: object) -> None:
        """Requests are nobody's to read."""


class Stage:
    """Serves one world at a time at `base`."""

    def __init__(self) -> None:
        self._world: World | None = None
        self._app: Any = None
        self.server = make_server("127.0.0.1", 0, self._answer, threaded=True, request_handler=_Quiet)
        self.server.daemon_threads = True
        self.base = f"http://127.0.0.1:{self.server.server_port}"

    def show(self, world: World) -> None:
        """Serve this world from now on. Whatever it does, it does on its own clock."""
        if world is self._world:
            return
        live, services = Live(), replace(world.bus.services, hasher=AnyPassword())
        bus = LiveBus(world.database, world.clock, services, None, live)
        bus.live = live
        self._app = create_app(Runtime(world.database, world.clock, bus, live, Slots(8), Slots(8), {}))
        self._world = world

    def definition(self, process: str) -> int:
        """The key of the process's definition in this world."""
        assert self._world is not None
        with self._world.database.read() as db:
            p = process_definition.c
            query = select(p.key).where(p.process_id == process).order_by(p.version.desc())
            return int(db.execute(query.limit(1)).scalar_one())

    def _answer(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        answer: Iterable[bytes] = self._app(environ, start_response)
        return answer


@contextmanager
def staged() -> Iterator[Stage]:
    """A stage that is served until the block ends."""
    stage = Stage()
    thread = threading.Thread(target=stage.server.serve_forever, daemon=True)
    thread.start()
    try:
        yield stage
    finally:
        stage.server.shutdown()
        stage.server.server_close()
        thread.join()


def credentials(account: str) -> dict[str, str]:
    """The header with which an account is asked as."""
    return {"Authorization": "Basic " + base64.b64encode(f"{account}:any".encode()).decode()}
