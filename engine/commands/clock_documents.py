"""The documents that records of the register rest on."""

from __future__ import annotations

from typing import Any

from sqlalchemy import update

from engine.commands.documents import told_of
from engine.commands.second_person import APPROVED
from engine.commands.transaction import Transaction
from engine.errors import NotFound
from engine.store.documents import facts_of
from engine.store.instances import Instance
from engine.store.tables import document


def checked_document(tx: Transaction, instance: Instance, document_id: str | None) -> Any:
    """A document of the case, or one of no case that the actor (or who asked for what the actor approves) handed in;
    None for none. Raises NotFound, also for one that the actor may not see."""
    if document_id is None:
        return None
    found, asked = facts_of(tx.db, document_id, tx.now), tx.cache.get(APPROVED)
    above = found is not None and found.access_class > tx.actor.clearance and not tx.actor.is_system
    own = {tx.actor.id} if asked is None else {tx.actor.id, asked.requested_by}
    if found is None or above or not _fits(found, instance, own):
        raise NotFound(documentId=document_id)
    return found


def _fits(row: Any, instance: Instance, own: set[str]) -> bool:
    if row.process_instance_key is None:
        return row.uploaded_by in own
    return bool(row.process_instance_key == instance.key and row.draft_of is None)


def recorded_document(tx: Transaction, instance: Instance, document_id: str | None) -> dict[str, Any]:
    """The same as a record names it; of none, nothing. One that was of no case is of this one from now on, for as long
    as the case is kept, even if the case has ended: its history says so. Raises NotFound."""
    found = checked_document(tx, instance, document_id)
    if found is None:
        return {}
    if found.process_instance_key is None:
        of = {"process_instance_key": instance.key, "process_id": instance.process_id, "expires_at": None}
        tx.db.execute(update(document).where(document.c.id == found.id).values(**of))
        tx.record(instance, "document-added", None, None, **told_of(found))
    return {"document_id": found.id, "document_name": found.file_name}
