"""Take a document away, and with it every link to it; and forget those whose time is over."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, select

from engine.commands.documents import document_target, told_of
from engine.commands.registry import NO_INSTANCE, Target, handles
from engine.commands.transaction import Transaction
from engine.errors import InvalidState
from engine.store.instances import ALIVE
from engine.store.tables import document

EXPIRED_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class DeleteDocument:
    """The document."""

    document_id: str


@dataclass(frozen=True, slots=True)
class ForgetDocuments:
    """Delete documents that have expired, some hundred at a time."""


@handles(DeleteDocument, permission="document:delete", event=NO_INSTANCE, target=document_target)
def delete_document(command: DeleteDocument, target: Target, tx: Transaction) -> None:
    """What a finished case rests on stays until the case is deleted: InvalidState. The history of a case that runs says
    which document went, and keeps its SHA-256."""
    row, instance = target.rows["document"], target.instance
    if instance is not None and instance.state not in ALIVE:
        raise InvalidState("the case has ended", documentId=row.id, processInstanceKey=str(instance.key))
    tx.db.execute(delete(document).where(document.c.id == row.id))
    if instance is not None:
        tx.record(instance, "document-deleted", None, None, **told_of(row))


@handles(ForgetDocuments, permission="system:run", event=NO_INSTANCE)
def forget_documents(_command: ForgetDocuments, _target: Target, tx: Transaction) -> int:
    """How many there were. The history of their cases says so."""
    c = document.c
    over = select(c.id, c.file_name, c.size, c.sha256, c.process_instance_key).where(c.expires_at <= tx.now)
    rows = tx.db.execute(over.order_by(c.process_instance_key, c.id).limit(EXPIRED_AT_ONCE)).all()
    for row in rows:
        if row.process_instance_key is not None:
            tx.record(tx.lock_instance(row.process_instance_key), "document-expired", None, None, **told_of(row))
    tx.db.execute(delete(document).where(c.id.in_([row.id for row in rows])))
    return len(rows)
