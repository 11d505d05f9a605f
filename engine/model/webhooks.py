"""How what goes to a webhook is signed, and what an answer means: as the Standard Webhooks describe it.

Signed is `id.timestamp.body` by HMAC-SHA256; a secret is `whsec_` and its bytes in base64. The receiver compares, and
refuses what is too old: then neither a forged request nor an old one that somebody kept does anything.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

PREFIX = "whsec_"
TYPE = "org.krabuan.notification"
TEST = "test"  # the topic of an event by which a webhook is tried out
CONTENT_TYPE = "application/cloudevents+json; charset=utf-8"
# the receiver cannot take it now, and may later
LATER = frozenset({408, 409, 425, 429, *range(500, 600)})
LONGEST_WAIT = timedelta(days=1)  # what a receiver may ask for
OVERLAP = timedelta(hours=24)  # both secrets sign for so long after a new one was made
SWITCHED_OFF_AFTER = timedelta(days=3)  # of nothing but failures


def cloud_event(
    message_id: int, topic: str, time: str, source: str, subject: str | None, data: Mapping[str, Any]
) -> dict[str, Any]:
    """A notification as a CloudEvent 1.0 in structured JSON. `time` is RFC 3339, `source` a URI reference; `subject`
    says what it is about (user-tasks/<key>, process-instances/<key>)."""
    event: dict[str, Any] = {
        "specversion": "1.0", "id": str(message_id), "source": source, "type": f"{TYPE}.{topic}", "time": time,
    }  # fmt: skip
    if subject is not None:
        event["subject"] = subject
    return event | {"datacontenttype": "application/json", "data": dict(data)}


def new_secret() -> str:
    """A new one of 32 random bytes."""
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def signature(secret: str, message_id: str, timestamp: int, body: bytes) -> str:
    """As one entry of the header webhook-signature."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = hmac.digest(key, f"{message_id}.{timestamp}.".encode() + body, hashlib.sha256)
    return f"v1,{base64.b64encode(signed).decode()}"


def headers_of(secrets: Sequence[str], message_id: str, now: datetime, body: bytes) -> dict[str, str]:
    """What goes with the body: its kind, its id (the same whenever it is sent again), and a signature by each secret
    that holds."""
    timestamp = int(now.timestamp())
    return {
        "Content-Type": CONTENT_TYPE,
        "Idempotency-Key": message_id,
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(signature(secret, message_id, timestamp, body) for secret in secrets),
    }


def wait_asked_for(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """What Retry-After says (RFC 9110, section 10.2.3), up to a day; None when it says nothing that can be read."""
    text = headers.get("retry-after", "").strip()
    if text.isascii() and text.isdecimal() and len(text) < 10:
        return min(timedelta(seconds=int(text)), LONGEST_WAIT)
    try:
        wait = parsedate_to_datetime(text) - now
    except (TypeError, ValueError):
        return None
    return min(max(wait, timedelta()), LONGEST_WAIT)
