"""What the commands on documents share: which document, who has to do with it, and what history is told."""

from __future__ import annotations

from typing import Any

from engine.commands.registry import Target
from engine.commands.targets import instance_facts
from engine.commands.transaction import Transaction
from engine.errors import NotFound
from engine.policy.permissions import Facts
from engine.store.documents import facts_of
from engine.store.instances import DELETED, Instance


def case_of(tx: Transaction, key: int) -> Instance:
    """The case that a document is for, locked. Raises NotFound."""
    instance = tx.lock_instance(key)
    if instance.state == DELETED:
        raise NotFound(processInstanceKey=str(key))
    return instance


def document_target(command: Any, tx: Transaction) -> Target:
    """The document `command.document_id` and its case, locked. A document without a case concerns whoever handed it
    in, and the owner of the process that it names. Raises NotFound."""
    row = facts_of(tx.db, command.document_id, tx.now)
    if row is None:
        raise NotFound(documentId=command.document_id)
    if row.process_instance_key is None:
        return Target(Facts(frozenset({row.process_id or ""}), person=row.uploaded_by), rows={"document": row})
    instance = case_of(tx, row.process_instance_key)
    row = facts_of(tx.db, command.document_id, tx.now)  # again, now that nobody else can take it away
    if row is None:
        raise NotFound(documentId=command.document_id)
    known = instance_facts(tx, instance)
    facts = Facts(known.process_ids, participant=known.participant, person=row.uploaded_by)
    return Target(facts, instance, rows={"document": row})


def told_of(row: Any) -> dict[str, Any]:
    """What history says of a document: enough to recognise it, not what is in it."""
    return {"document": row.id, "fileName": row.file_name, "size": row.size, "sha256": row.sha256}
