"""Engine error -> problem document (RFC 9457): the only place that knows HTTP statuses of errors."""

from __future__ import annotations

import logging
import secrets
from typing import Any

from flask import Flask, Response, request
from sqlalchemy.exc import DataError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection
from werkzeug.exceptions import HTTPException

from api.answers import to_json
from api.limits import RateLimited
from api.logs import note_refusal
from api.watching.pressure import Overloaded
from engine.errors import (
    AlreadyExists,
    Busy,
    EngineError,
    Forbidden,
    InvalidArgument,
    InvalidState,
    NotFound,
    TimedOut,
    Unauthorized,
)
from engine.model.at_work import told_of

LOG = logging.getLogger("krabuan.api")

# the first that fits; the titles are those of the Camunda 8 REST API
STATUSES: tuple[tuple[type[EngineError], int, str], ...] = (
    (InvalidArgument, 400, "INVALID_ARGUMENT"),
    (Unauthorized, 401, "UNAUTHORIZED"),
    (Forbidden, 403, "FORBIDDEN"),
    (NotFound, 404, "NOT_FOUND"),
    (AlreadyExists, 409, "ALREADY_EXISTS"),
    (InvalidState, 409, "INVALID_STATE"),
    (Busy, 503, "RESOURCE_EXHAUSTED"),
    (TimedOut, 504, "DEADLINE_EXCEEDED"),
)
_HTTP: dict[int, tuple[str, str, str]] = {
    404: ("NOT_FOUND", "not-found", "ไม่พบหน้าหรือข้อมูลนี้"),
    405: ("METHOD_NOT_ALLOWED", "method-not-allowed", "ไม่รองรับวิธีเรียกนี้"),
    413: ("PAYLOAD_TOO_LARGE", "too-large", "ข้อมูลที่ส่งมามีขนาดใหญ่เกินไป"),
    415: ("UNSUPPORTED_MEDIA_TYPE", "unsupported-media-type", "ไม่รองรับชนิดข้อมูลนี้"),
}


def register_problems(app: Flask) -> None:
    """Answer every error of `app` with a problem document."""
    app.register_error_handler(EngineError, from_engine_error)
    app.register_error_handler(HTTPException, from_http_exception)
    app.register_error_handler(DataError, from_data_error)
    app.register_error_handler(OperationalError, from_operational_error)
    app.register_error_handler(NoConnection, from_no_connection)
    app.register_error_handler(Exception, from_bug)


def problem(status: int, title: str, detail: str, **members: Any) -> Response:
    """A problem document; `type` is about:blank, `instance` the path that was asked for."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail, "instance": request.path}
    response = Response(to_json(body | members), status, content_type="application/problem+json")
    if status == 401 and request.headers.get("X-Requested-With") != "XMLHttpRequest":
        # not for our own pages: the browser would put its own password box over them
        response.headers["WWW-Authenticate"] = 'Basic realm="Krabuan", charset="UTF-8"'
    if status == 503:
        response.headers["Retry-After"] = "1"
    return response


def status_of(error: EngineError) -> tuple[int, str]:
    """The status and the title of an error of the engine, as its problem document has them."""
    return next(((s, title) for kind, s, title in STATUSES if isinstance(error, kind)), (500, "INTERNAL_ERROR"))


def from_engine_error(error: EngineError) -> Response:
    """The status by the kind of error; its code, both texts and its facts as members."""
    for kind, status, title in STATUSES:
        if isinstance(error, kind):
            if isinstance(error, Forbidden | Unauthorized | RateLimited):
                note_refusal(error.code, {**told_of(error), **error.members, "status": status})
            members = {"code": error.code, "th": error.th, "en": error.en} | error.members
            answer = problem(status, title, error.detail or error.en, **members)
            if isinstance(error, RateLimited | Overloaded):
                answer.headers["Retry-After"] = str(error.retry_after)
            return answer
    return from_bug(error)


def from_http_exception(error: HTTPException) -> Response:
    """What the web framework refuses by itself."""
    status = error.code or 500
    if error.response is not None or status < 400:
        return Response(error.get_response().get_data(), status, dict(error.get_response().headers))
    title, code, th = _HTTP.get(status, ("INVALID_ARGUMENT", "bad-request", "คำขอไม่ถูกต้อง"))
    en = error.description or error.name
    answer = problem(status, title, en, code=code, th=th, en=en)
    for name, value in error.get_headers():
        if name.lower() in ("allow", "retry-after"):
            answer.headers[name] = value
    return answer


def from_data_error(error: DataError) -> Response:
    """A value that the database cannot hold."""
    LOG.warning("the database refused a value: %s", type(error.orig).__name__)
    return from_engine_error(InvalidArgument("a value is too long, too large or malformed"))


def from_operational_error(error: OperationalError) -> Response:
    """The database cannot be reached just now; what the command wanted did not happen."""
    LOG.error("the database does not answer", exc_info=error)
    return from_engine_error(Busy("the database does not answer"))


def from_no_connection(_error: NoConnection) -> Response:
    """Every connection to the database was in use for too long; what the command wanted did not happen."""
    LOG.error("no connection to the database is free")
    return from_engine_error(Busy("no connection to the database is free"))


def from_bug(error: Exception) -> Response:
    """Anything else is a mistake of ours: logged under a number that the answer tells, and nothing more."""
    reference = secrets.token_hex(6)
    LOG.error("unexpected error %s", reference, exc_info=error)
    th, en = "เกิดข้อผิดพลาดภายในระบบ", "An unexpected error happened; it was logged."
    return problem(
        500, "INTERNAL_ERROR", f"{en} Reference: {reference}", code="internal", th=th, en=en, reference=reference
    )
