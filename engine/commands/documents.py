"""What the commands on documents share: which document, who has to do with it, and what history is told."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import delete, select

from engine.commands.registry import Target
from engine.commands.targets import instance_facts
from engine.commands.transaction import Transaction
from engine.errors import NotFound
from engine.model.access import CLASSES, NORMAL
from engine.policy.permissions import Facts
from engine.store.documents import drafted_by, facts_of
from engine.store.holds import held, on_hold
from engine.store.instances import DELETED, Instance
from engine.store.tables import document, process_instance, user_task

EXPIRED_AT_ONCE = 200
MOST = 1_000  # of one case, or of one account outside of cases
STORE = "krabuan"


def case_of(tx: Transaction, key: int) -> Instance:
    """The case that a document is for, locked. Raises NotFound."""
    instance = tx.lock_instance(key)
    if instance.state == DELETED:
        raise NotFound(processInstanceKey=str(key))
    return instance


def document_target(command: Any, tx: Transaction) -> Target:
    """The document `command.document_id` and its case, locked. A document without a case concerns whoever handed it
    in, and the owner of the process that it names. Raises NotFound, also for one above the actor's class."""
    row = facts_of(tx.db, command.document_id, tx.now)
    if row is None:
        raise NotFound(documentId=command.document_id)
    if row.process_instance_key is None:
        facts = Facts(frozenset({row.process_id or ""}), person=row.uploaded_by, access_class=row.access_class)
        return Target(_seen(tx, row, facts), rows={"document": row})
    instance = case_of(tx, row.process_instance_key)
    row = facts_of(tx.db, command.document_id, tx.now)  # again, now that nobody else can take it away
    if row is None:
        raise NotFound(documentId=command.document_id)
    known = instance_facts(tx, instance)
    level = max(known.access_class, row.access_class)
    facts = replace(known, person=row.uploaded_by, access_class=level)
    return Target(_seen(tx, row, facts), instance, rows={"document": row}, named={"documentId": row.id})


def _seen(tx: Transaction, row: Any, facts: Facts) -> Facts:
    """Nobody learns by a refusal that there is a document above the class that he or she is cleared for, or one that
    another has attached to a form and not handed in."""
    theirs = row.draft_of is None or drafted_by(tx.db, row, tx.actor.id, tx.actor.name)
    if not tx.actor.is_system and (row.access_class > tx.actor.clearance or not theirs):
        raise NotFound(documentId=row.id)
    return facts


def forget_expired(tx: Transaction) -> int:
    """Delete documents whose time is over, some hundred at a time; the history of their cases says so. How many.

    Those of cases on legal hold are kept, and still opened to nobody.
    """
    c, p = document.c, process_instance.c
    kept = select(p.key).where(p.key == c.process_instance_key, on_hold(p.root_key)).exists()
    over = select(c.id, c.file_name, c.content_type, c.size, c.sha256, c.process_instance_key, c.access_class)
    over = over.where(c.expires_at <= tx.now, ~kept)
    found = tx.db.execute(over.order_by(c.process_instance_key, c.id).limit(EXPIRED_AT_ONCE)).all()
    cases = sorted({row.process_instance_key for row in found if row.process_instance_key is not None})
    for key in cases:
        tx.lock_instance(key)
    meanwhile = held(tx.db, cases)
    rows = [row for row in found if row.process_instance_key not in meanwhile]
    for row in rows:
        if row.process_instance_key is not None:
            tx.record(tx.lock_instance(row.process_instance_key), "document-expired", None, None, **told_of(row))
    tx.db.execute(delete(document).where(c.id.in_([row.id for row in rows])))
    return len(rows)


def forget_drafts(tx: Transaction) -> int:
    """Delete what was attached to forms of tasks that are over and was not handed in, some hundred at a time. How many.

    That of cases on legal hold is kept, and still opened to nobody else.
    """
    c, p, t = document.c, process_instance.c, user_task.c
    kept = select(p.key).where(p.key == c.process_instance_key, on_hold(p.root_key)).exists()
    goes_on = select(t.key).where(t.key == c.draft_of, t.completed_at.is_(None)).exists()
    over = select(c.id).where(c.draft_of.is_not(None), ~goes_on, ~kept).order_by(c.id).limit(EXPIRED_AT_ONCE)
    ids = tx.db.execute(over).scalars().all()
    tx.db.execute(delete(document).where(c.id.in_(ids), c.draft_of.is_not(None)))
    return len(ids)


def reference_to(row: Any, instance: Instance | None) -> dict[str, Any]:
    """A document as variables refer to it: of this case, or of none."""
    process_id, key = (row.process_id, None) if instance is None else (instance.process_id, str(instance.key))
    joins = instance is not None and row.process_instance_key is None  # what a form hands in is kept with its case
    expires = None if joins else row.expires_at
    return {
        "camunda.document.type": "camunda", "storeId": STORE, "documentId": row.id, "contentHash": row.sha256,
        "metadata": {
            "contentType": row.content_type, "fileName": row.file_name, "size": row.size,
            "expiresAt": None if expires is None else expires.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            "processDefinitionId": process_id, "processInstanceKey": key,
        },
    }  # fmt: skip


def told_of(row: Any) -> dict[str, Any]:
    """What history says of a document: enough to recognise it, not what is in it; and its own class, if it has one."""
    told = {
        "document": row.id, "fileName": row.file_name, "contentType": row.content_type, "size": row.size,
        "sha256": row.sha256,
    }  # fmt: skip
    return told if row.access_class == NORMAL else told | {"class": CLASSES[row.access_class]}
