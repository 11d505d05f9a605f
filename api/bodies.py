"""How much of a request is read."""

from __future__ import annotations

from flask import request


def whole_body(limit: int) -> bytes:
    """All of the body, which is shorter than `limit` bytes; forms are then parsed from it.

    Raises RequestEntityTooLarge, also for a body without a length that is sent in pieces: of such a one the framework
    would take the beginning for the whole.
    """
    request.max_content_length = limit
    whole = request.get_data()
    request.stream.read(1)  # past the limit this raises; at the end it gives nothing
    return whole
