"""Documents as rows, and the secret that signs links to them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, or_, select

from engine.store.tables import document as d
from engine.store.tables import setting, user_task

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


def facts_of_all(db: Connection, ids: Sequence[str], now: datetime) -> Sequence[Row[Any]]:
    """As `facts_of`, of many; those that are not there are left out."""
    known = [id_ for id_ in ids if DOCUMENT_ID.fullmatch(id_)]
    if not known:
        return []
    return db.execute(select(*_FACTS).where(d.c.id.in_(known), unexpired(now))).all()


def drafted_by(db: Connection, document: Row[Any], account: str, name: str) -> bool:
    """Whether a document that is attached to a task's form, and not handed in yet, is there for this account, acting
    in this name: for who attached it, whose task it is, and whose it stays while somebody helps with it."""
    if document.uploaded_by == account:
        return True
    t = user_task.c
    whose = db.execute(select(t.assignee, t.owner).where(t.key == document.draft_of)).one_or_none()
    return whose is not None and name in (whose.assignee, whose.owner)


def content_of(db: Connection, document_id: str) -> bytes:
    """What a document holds that was found in the same transaction."""
    content: bytes = db.execute(select(d.c.content).where(d.c.id == document_id)).scalar_one()
    return content


def link_secret(db: Connection) -> str | None:
    """The secret that signs links; None while none was ever made."""
    found: str | None = db.execute(select(setting.c.value).where(setting.c.name == SECRET)).scalar()
    return found
