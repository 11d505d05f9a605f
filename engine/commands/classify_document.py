"""Give a single document a confidentiality class of its own, above that of its case."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import update

from engine.commands.classify_instance import LONGEST_REASON, SHORTEST_REASON
from engine.commands.documents import document_target, told_of
from engine.commands.registry import NO_INSTANCE, Target, handles
from engine.commands.set_clearance import rank
from engine.commands.transaction import Transaction
from engine.errors import Forbidden, InvalidArgument
from engine.model.access import CLASSES, NORMAL
from engine.policy.permissions import require
from engine.store.tables import document


@dataclass(frozen=True, slots=True)
class ClassifyDocument:
    """`access_class` is the class by its name. To lower it takes a reason."""

    document_id: str
    access_class: str
    reason: str | None = None


@handles(ClassifyDocument, permission="document:classify", event=NO_INSTANCE, target=document_target)
def classify_document(command: ClassifyDocument, target: Target, tx: Transaction) -> None:
    """Afterwards the document is of this class; the history of its case says from which class to which, and why. The
    class that it has already changes nothing.

    Raises InvalidArgument for an unknown class, one below that of its case, and without a reason where one is needed;
    Forbidden above one's own clearance, and for lowering without that permission.
    """
    row, instance, wanted = target.rows["document"], target.instance, rank(command.access_class)
    if wanted > tx.actor.clearance and not tx.actor.is_system:
        raise Forbidden("you are not cleared for this class yourself")
    if wanted < row.access_class:
        require(tx.actor, "document:declassify", target.facts)
        if not SHORTEST_REASON <= len((command.reason or "").strip()) <= LONGEST_REASON:
            said = f"to lower a class takes a reason of {SHORTEST_REASON} to {LONGEST_REASON:,} characters"
            raise InvalidArgument(said)
    if NORMAL < wanted < (NORMAL if instance is None else instance.access_class):
        raise InvalidArgument("the case of this document is of a higher class")
    if wanted == row.access_class:
        return
    tx.db.execute(update(document).where(document.c.id == row.id).values(access_class=wanted))
    if instance is not None and row.draft_of is None:
        told = {"from": CLASSES[row.access_class], "to": CLASSES[wanted], "reason": command.reason}
        highest = max(wanted, row.access_class)
        tx.record(instance, "document-classified", None, None, **told_of(row) | {"class": CLASSES[highest]}, **told)
        tx.announce("process-instance", {"processInstanceKey": str(instance.key)})
