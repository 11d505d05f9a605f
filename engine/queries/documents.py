"""Documents: read by who may, or through a link."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, case, select

from engine.errors import NotFound
from engine.model.access import NORMAL, SHOWN
from engine.model.actor import Actor
from engine.policy.links import fits, parts_of
from engine.policy.permissions import Facts, allowed
from engine.queries.masking import reach
from engine.queries.noun import Field, Noun, truth
from engine.queries.search import Search, search
from engine.queries.visibility import sees_contents, takes_part
from engine.store.documents import content_of, drafted_by, facts_of, link_secret, unexpired
from engine.store.tables import document as d
from engine.store.tables import process_instance as pi
from engine.store.tables import user_task as ut

_LEVEL = case((d.c.access_class > pi.c.access_class, d.c.access_class), else_=pi.c.access_class)
DOCUMENT = Noun(
    "CaseDocument",
    d.join(pi, pi.c.key == d.c.process_instance_key),
    "documentId",
    {
        "documentId": Field(d.c.id, "string"),
        "processInstanceKey": Field(d.c.process_instance_key, "key"),
        "processDefinitionId": Field(pi.c.process_id, "string"),
        "fileName": Field(d.c.file_name, "string"),
        "contentType": Field(d.c.content_type, "string", sortable=False),
        "size": Field(d.c.size, "integer"),
        "contentHash": Field(d.c.sha256, "string", sortable=False),
        "accessClass": Field(case(dict(enumerate(SHOWN)), value=_LEVEL), "enum", sortable=False),
        "uploadedBy": Field(d.c.uploaded_by, "string"),
        "uploadDate": Field(d.c.uploaded_at, "moment"),
        "expiresAt": Field(d.c.expires_at, "moment", nullable=True, sortable=False),
    },
    contents=frozenset({"fileName"}),
)


def get_document(
    db: Connection, actor: Actor, document_id: str, now: datetime, sha256: str | None
) -> tuple[Row[Any], bytes]:
    """A document and its content. Raises NotFound: also for one that the actor may not read, that has expired, or that
    holds something else than what has this SHA-256."""
    row = facts_of(db, document_id, now)
    if row is None or (sha256 is not None and row.sha256 != sha256.lower()) or not _may_read(db, actor, row):
        raise NotFound(documentId=document_id)
    return row, content_of(db, document_id)


def search_documents(db: Connection, actor: Actor, now: datetime, request: Search) -> dict[str, Any]:
    """The documents that were handed in to the cases whose contents the actor may see: none that has expired, is of a
    higher class than the actor is cleared for, or is attached to a form that is still being filled in."""
    seen = sees_contents(actor, d.c.process_instance_key, d.c.process_id)
    cleared = d.c.access_class <= reach(actor)
    return search(db, DOCUMENT, request, seen, cleared, d.c.draft_of.is_(None), unexpired(now), actor=actor)


def _may_read(db: Connection, actor: Actor, row: Row[Any]) -> bool:
    key, part, access_class = row.process_instance_key, False, row.access_class
    if row.draft_of is not None and not _shown_to(db, actor, row):
        return False
    if key is not None:
        query = select(pi.c.access_class, truth(takes_part(actor, pi.c.key))).where(pi.c.key == key)
        of_case, part = db.execute(query).one()
        access_class = max(of_case, access_class)
    process_ids = frozenset({row.process_id or ""})
    facts = Facts(process_ids, participant=part, person=row.uploaded_by, access_class=access_class)
    return allowed(actor, "document:read", facts)


def _shown_to(db: Connection, actor: Actor, row: Row[Any]) -> bool:
    """Whether what is attached to a form and not handed in may be read: also by those who read what is laid before
    co-signers."""
    laid = select(ut.c.key).where(ut.c.key == row.draft_of, ut.c.signing.is_not(None))
    return actor.is_system or drafted_by(db, row, actor.id, actor.name) or db.execute(laid).first() is not None


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
