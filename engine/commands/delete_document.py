"""Take a document away, and with it every link to it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete

from engine.commands.documents import document_target, told_of
from engine.commands.holds import refuse_held
from engine.commands.registry import NO_INSTANCE, Target, handles
from engine.commands.transaction import Transaction
from engine.errors import InvalidState
from engine.store.instances import ALIVE
from engine.store.tables import document


@dataclass(frozen=True, slots=True)
class DeleteDocument:
    """The document."""

    document_id: str


@handles(DeleteDocument, permission="document:delete", event=NO_INSTANCE, target=document_target)
def delete_document(command: DeleteDocument, target: Target, tx: Transaction) -> None:
    """What a finished case rests on stays until the case is deleted: InvalidState. The history of a case that runs says
    which document went, and keeps its SHA-256; it never knew of one that was only attached to a form. Raises CaseHeld
    for a case on legal hold."""
    row, instance = target.rows["document"], target.instance
    if instance is not None and instance.state not in ALIVE:
        raise InvalidState("the case has ended", documentId=row.id, processInstanceKey=str(instance.key))
    if instance is not None:
        refuse_held(tx, [instance.key])
    tx.db.execute(delete(document).where(document.c.id == row.id))
    if instance is not None and row.draft_of is None:
        tx.record(instance, "document-deleted", None, None, **told_of(row))
        tx.announce("process-instance", {"processInstanceKey": str(instance.key)})
