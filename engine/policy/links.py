"""Links to documents that open without signing in: signed, for a time, for one document with one content."""

from __future__ import annotations

import hashlib
import hmac
from datetime import UTC, datetime, timedelta

SHORTEST, LONGEST = timedelta(seconds=1), timedelta(days=7)
USUAL = timedelta(hours=1)


def link_token(secret: str, document_id: str, sha256: str, expires_at: datetime) -> str:
    """`<id>.<seconds since 1970>.<HMAC-SHA256>`: what the address of a link ends with; whole seconds."""
    until = str(int(expires_at.timestamp()))
    return f"{document_id}.{until}.{_signature(secret, document_id, sha256, until)}"


def parts_of(token: str) -> tuple[str, datetime] | None:
    """Which document a token names, and until when; None for what is no token. Nothing is verified yet."""
    document_id, _, rest = token.partition(".")
    until, _, signature = rest.partition(".")
    if not document_id or not until.isdecimal() or not until.isascii() or len(until) > 11 or not signature:
        return None
    return document_id, datetime.fromtimestamp(int(until), UTC)


def fits(secret: str, token: str, sha256: str) -> bool:
    """Whether the token was made with this secret for a document with this content."""
    document_id, until, signature = token.split(".", 2)
    return hmac.compare_digest(signature.encode(), _signature(secret, document_id, sha256, until).encode())


def _signature(secret: str, document_id: str, sha256: str, until: str) -> str:
    text = f"krabuan:document:{document_id}:{sha256}:{until}"
    return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()
