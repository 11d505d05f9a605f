"""What a person may ask of the office about their data (PDPA sections 30 and 33): found, copied, erased."""

from __future__ import annotations

import io
from typing import Any

from flask import Response

from api.blueprint import Room
from api.context import actor, runtime
from api.person_requests import COPY, ERASE, FOUND, copy, erase, look
from api.schemas.personal_data import (
    PersonCopyBody,
    PersonErasure,
    PersonErasureBody,
    PersonInquiry,
    PersonInquiryBody,
)

blp = Room("personal-data", __name__, url_prefix="/v2/personal-data", description="What persons ask about their data")
ZIP = "application/zip"
LARGEST = 256 << 20  # bytes of the documents of a copy


@blp.operation(
    "POST", "/inquiry", permission=FOUND, body=PersonInquiryBody, returns=PersonInquiry, errors=(404,)
)
def inquire(body: dict[str, Any]) -> Any:
    """Find out where a person's data are, and what an erasure would do; it changes nothing."""
    return look(runtime().bus, actor(), body["username"], body["identifiers"], body["openCases"])


@blp.operation(
    "POST", "/copy", permission=COPY, body=PersonCopyBody, errors=(404, 409),
    returns={ZIP: {"schema": {"type": "string", "format": "binary"}}},
)  # fmt: skip
def copied(body: dict[str, Any]) -> Response:
    """Take a copy of a person's data out: a ZIP of JSON, a page and documents."""
    made = io.BytesIO()
    copy(runtime().bus, actor(), body["username"], body["identifiers"], body["reason"], made, largest=LARGEST)
    response = Response(made.getvalue(), content_type=ZIP)
    response.headers["Content-Disposition"] = 'attachment; filename="personal-data.zip"'
    return response


@blp.operation(
    "POST", "/erasure", permission=ERASE, body=PersonErasureBody, returns=PersonErasure, errors=(404, 409)
)
def erased(body: dict[str, Any]) -> Any:
    """Erase a person's data; what stays is told, and why. Asked again, it goes on with what was left."""
    return erase(
        runtime().bus, actor(), body["username"], body["identifiers"], body["reason"], body["openCases"]
    )
