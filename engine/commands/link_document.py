"""Hand out a link to a document that opens without signing in, for a time."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import insert

from engine.commands.documents import document_target, told_of
from engine.commands.registry import NO_INSTANCE, Target, handles
from engine.commands.transaction import Transaction
from engine.errors import Forbidden, InvalidArgument, InvalidState
from engine.model.access import NORMAL
from engine.policy.links import LONGEST, SHORTEST, USUAL, link_token
from engine.store.documents import SECRET, link_secret
from engine.store.locks import lock_name
from engine.store.tables import setting


@dataclass(frozen=True, slots=True)
class LinkDocument:
    """`time_to_live` in milliseconds; an hour when it is None."""

    document_id: str
    time_to_live: int | None = None


@handles(LinkDocument, permission="document:read", event=NO_INSTANCE, target=document_target)
def link_document(command: LinkDocument, target: Target, tx: Transaction) -> dict[str, Any]:
    """Answer {token, expiresAt}; the token is stored nowhere. It is good for what the document holds now, never longer
    than the document is kept. History of its case says who handed out a link, until when. Raises InvalidArgument;
    Forbidden for a document that is classified, itself or with its case; InvalidState for one that is not handed in."""
    if target.facts.access_class > NORMAL:
        raise Forbidden("a link opens for everybody; none is handed out to what is classified")
    if target.rows["document"].draft_of is not None:
        raise InvalidState("the file is attached to a form and not handed in yet", documentId=command.document_id)
    asked, row = command.time_to_live, target.rows["document"]
    lives = USUAL if asked is None else timedelta(milliseconds=min(asked, 1 << 40))
    if not SHORTEST <= lives <= LONGEST:
        raise InvalidArgument(f"timeToLive is 1000 to {int(LONGEST.total_seconds()) * 1000} milliseconds")
    until = tx.now + lives
    if row.expires_at is not None:
        until = min(until, row.expires_at)
    until = until.replace(microsecond=0)
    token = link_token(_secret(tx), row.id, row.sha256, until)
    told = until.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    if target.instance is not None:
        tx.record(target.instance, "document-linked", None, None, **told_of(row), expiresAt=told)
    return {"token": token, "expiresAt": told}


def _secret(tx: Transaction) -> str:
    """The secret of this office, made when it is first needed."""
    found = link_secret(tx.db)
    if found is None:
        lock_name(tx.db, SECRET)
        found = link_secret(tx.db)
    if found is None:
        found = secrets.token_hex(32)
        tx.db.execute(insert(setting), {"name": SECRET, "value": found})
    return found
