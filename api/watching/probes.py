"""What orchestrators and load balancers ask, without an account: does the process live, and may requests come to it."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING

from flask import Flask, Response
from sqlalchemy.exc import SQLAlchemyError

from api.answers import to_json
from api.live import Reading
from api.problems import problem
from engine.errors import Busy
from engine.queries.service import schema_is_behind

if TYPE_CHECKING:
    from api.runtime import Runtime

LOG = logging.getLogger("krabuan.health")
BOUND = 2.0  # seconds that the database may take


class NotReady(Busy):
    """The service takes no requests at this moment."""

    code = "not-ready"
    th = "ขณะนี้ระบบยังไม่พร้อมรับคำขอ"


class Look:
    """Looks whether the database answers, in a thread of its own, because the answer may never come. Those who ask
    while a look is under way wait for that one."""

    def __init__(self, read: Reading, bound: float = BOUND) -> None:
        self._read, self._bound = read, bound
        self._lock = threading.Lock()
        self._under_way: _Asked | None = None

    def find(self) -> str | None:
        """What is wrong: `database` or `schema`; None when all is well. Takes `bound` seconds at most."""
        with self._lock:
            asked = self._under_way
            if asked is None or asked.done.is_set():
                asked = self._under_way = _Asked(self._read)
                threading.Thread(target=asked.look, name="readiness", daemon=True).start()
        return asked.wrong if asked.done.wait(self._bound) else "database"


class _Asked:
    def __init__(self, read: Reading) -> None:
        self._read = read
        self.done = threading.Event()
        self.wrong: str | None = "database"

    def look(self) -> None:
        """Find out what is wrong, and say that it is known."""
        try:
            with self._read() as db:
                self.wrong = "schema" if schema_is_behind(db) else None
        except (SQLAlchemyError, Busy) as error:
            LOG.warning("the database does not answer: %s", type(error).__name__)
        finally:
            self.done.set()


def register_probes(app: Flask, runtime: Runtime) -> None:
    """`GET /livez` and `GET /readyz`."""
    look = Look(runtime.database.read)
    said: list[str | None] = [None]

    def live() -> Response:
        """The process answers."""
        return _good({"live": True})

    def ready() -> Response:
        """Requests may come; 503 while the service ends, the database does not answer or its schema is too old."""
        wrong = "ending" if runtime.live.ended else look.find()
        if wrong != said[0]:
            said[0] = wrong
            LOG.warning("ready" if wrong is None else "not ready: %s", *([] if wrong is None else [wrong]))
        if wrong is None:
            return _good({"ready": True})
        error = NotReady()
        texts = {"code": error.code, "th": error.th, "en": error.en}
        return problem(503, "RESOURCE_EXHAUSTED", error.en, **texts, reason=wrong)

    for path, view in (("/livez", live), ("/readyz", ready)):
        view.krabuan_public = True  # type: ignore[attr-defined]
        app.add_url_rule(path, view.__name__, view)


def _good(said: dict[str, bool]) -> Response:
    answer = Response(to_json(said), content_type="application/json")
    answer.headers["Cache-Control"] = "no-store"
    return answer
