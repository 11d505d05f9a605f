"""The service's log: one JSON object a line on standard error, for whoever collects it (docs/reference/logs.md).

What people typed stands only inside of JSON texts, so that no line can be forged; secrets are not logged at all.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import orjson
from flask import g, has_request_context, request
from gunicorn.glogging import Logger

from engine.model.at_work import told_now, told_of

SECURITY = logging.getLogger("krabuan.security")
_LONGEST = 500  # characters of a path
# whoever knows the rest of such an address has the document, or the due dates
_LINKS = ("/v2/document-links/", "/v2/calendar-feeds/")


class JsonLines(logging.Formatter):
    """time (UTC), level, logger, message; of a request its method, path, address and account; of work its command and
    keys; of an error its trace, and what was at work when it was raised."""

    def format(self, record: logging.LogRecord) -> str:
        """One line without its end."""
        told: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if has_request_context():
            told |= _request()
        told |= told_now()
        if record.exc_info:
            told |= told_of(record.exc_info[1])
        told |= getattr(record, "told", {})
        if record.exc_info:
            told["trace"] = self.formatException(record.exc_info)
        return orjson.dumps(told, default=str).decode()


def _request() -> dict[str, Any]:
    """The query is left out: a search may stand in it."""
    identity = getattr(g, "identity", None)
    return {
        "method": request.method,
        "path": next((link + "..." for link in _LINKS if request.path.startswith(link)), request.path[:_LONGEST]),
        "address": request.remote_addr,
        "account": None if identity is None else identity.actor.id,
    }


def set_up_logs(level: int = logging.INFO) -> None:
    """Send the whole process's log to standard error in this form; afterwards there is no other handler."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=level, handlers=[handler], force=True)


def note_refusal(code: str, members: Mapping[str, Any]) -> None:
    """A request was refused for who asks or how: what an attack begins with. Who came with nothing at all is a page
    that finds out whether somebody is signed in, and is not noted."""
    if request.authorization is None and not request.cookies and code == "unauthorized":
        return
    SECURITY.warning("refused: %s", code, extra={"told": {**members, "code": code}})


class ServerLog(Logger):  # type: ignore[misc]  # gunicorn publishes no types
    """What gunicorn says goes the same way."""

    def setup(self, cfg: Any) -> None:
        """As Logger.setup, without its own handlers."""
        super().setup(cfg)
        self.error_log.handlers.clear()
        self.error_log.propagate = True
