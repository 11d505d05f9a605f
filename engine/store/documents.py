"""Documents as rows, and the secret that signs links to them."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, or_, select

from engine.store.tables import document as d
from engine.store.tables import setting

_FACTS = [column for column in d.c if column.name != "content"]
SECRET = "document-links"
DOCUMENT_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


def unexpired(now: datetime) -> ColumnElement[bool]:
    """What its uploader still wanted kept."""
    return or_(d.c.expires_at.is_(None), d.c.expires_at > now)


def facts_of(db: Connection, document_id: str, now: datetime) -> Row[Any] | None:
    """A document without its content; None when there is none, or not any more."""
    if not DOCUMENT_ID.fullmatch(document_id):
        return None
    return db.execute(select(*_FACTS).where(d.c.id == document_id, unexpired(now))).one_or_none()


def content_of(db: Connection, document_id: str) -> bytes:
    """What a document holds that was found in the same transaction."""
    content: bytes = db.execute(select(d.c.content).where(d.c.id == document_id)).scalar_one()
    return content


def link_secret(db: Connection) -> str | None:
    """The secret that signs links; None while none was ever made."""
    found: str | None = db.execute(select(setting.c.value).where(setting.c.name == SECRET)).scalar()
    return found
