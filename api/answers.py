"""JSON answers: how values are written, and the entity tag of what has a revision."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import orjson
from flask import Response

JSON = "application/json"


def to_json(value: Any) -> bytes:
    """JSON text. A Decimal becomes a number: an integer where it is one, else the nearest float."""
    return orjson.dumps(value, default=_plain, option=orjson.OPT_NON_STR_KEYS)


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        whole = value == value.to_integral_value() and abs(value) < 1 << 63
        return int(value) if whole else float(value)
    raise TypeError(f"{type(value).__name__} is no JSON value")


def answer(value: Any, status: int = 200) -> Response:
    """A JSON answer; None is an empty one with status 204."""
    if isinstance(value, Response):
        return value
    if value is None:
        nothing = Response(status=204)
        del nothing.headers["Content-Type"]  # of nothing there is no type
        return nothing
    return Response(to_json(value), status, content_type=JSON)


def tagged(value: Any, rev: int) -> Response:
    """A JSON answer with `ETag: "<rev>"`, to be sent back as If-Match."""
    response = answer(value)
    response.headers["ETag"] = f'"{rev}"'
    return response
