"""Documents: read by who may, or through a link."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from engine.errors import NotFound
from engine.model.access import NORMAL
from engine.model.actor import Actor
from engine.policy.links import fits, parts_of
from engine.policy.permissions import Facts, allowed
from engine.queries.noun import truth
from engine.queries.visibility import takes_part
from engine.store.documents import content_of, facts_of, link_secret
from engine.store.tables import process_instance as pi


def get_document(
    db: Connection, actor: Actor, document_id: str, now: datetime, sha256: str | None
) -> tuple[Row[Any], bytes]:
    """A document and its content. Raises NotFound: also for one that the actor may not read, that has expired, or that
    holds something else than what has this SHA-256."""
    row = facts_of(db, document_id, now)
    if row is None or (sha256 is not None and row.sha256 != sha256.lower()) or not _may_read(db, actor, row):
        raise NotFound(documentId=document_id)
    return row, content_of(db, document_id)


def _may_read(db: Connection, actor: Actor, row: Row[Any]) -> bool:
    key, part, access_class = row.process_instance_key, False, row.access_class
    if key is not None:
        query = select(pi.c.access_class, truth(takes_part(actor, pi.c.key))).where(pi.c.key == key)
        of_case, part = db.execute(query).one()
        access_class = max(of_case, access_class)
    process_ids = frozenset({row.process_id or ""})
    facts = Facts(process_ids, participant=part, person=row.uploaded_by, access_class=access_class)
    return allowed(actor, "document:read", facts)


def open_link(db: Connection, token: str, now: datetime) -> tuple[Row[Any], bytes]:
    """The document that a link is for, and its content. Raises NotFound for a link that is none, was changed, is over,
    leads to what is not there any more, or to what is classified by now, itself or with its case."""
    parts, secret = parts_of(token), link_secret(db)
    if parts is None or secret is None or parts[1] <= now:
        raise NotFound()
    row = facts_of(db, parts[0], now)
    if row is None or not fits(secret, token, row.sha256) or _is_classified(db, row):
        raise NotFound()
    return row, content_of(db, row.id)


def _is_classified(db: Connection, row: Row[Any]) -> bool:
    if row.access_class > NORMAL:
        return True
    query = select(pi.c.key).where(pi.c.key == row.process_instance_key, pi.c.access_class > NORMAL)
    return db.execute(query).first() is not None
