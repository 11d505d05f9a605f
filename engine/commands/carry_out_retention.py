"""Delete cases for good, whose time is over: what they worked with and their histories. A certificate stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete

from engine.commands.archive_history import refuse_archived
from engine.commands.delete_instance import forget_work
from engine.commands.holds import refuse_held
from engine.commands.orders import Order, check_order, keep_order
from engine.commands.registry import OfService, Target, handles
from engine.commands.retained import Periods
from engine.commands.transaction import Transaction
from engine.errors import InvalidState
from engine.store import tables as t

# what a deletion by hand leaves: registers of evidence, and history with what opens it
KEPT_BY_HAND = (
    t.control_point_result, t.deadline, t.deadline_record, t.deadline_overseer, t.batch_operation_item, t.legal_hold,
    t.case_key, t.history_event,
)  # fmt: skip
AT_ONCE = 200  # keys of one statement


@dataclass(frozen=True, slots=True)
class CarryOutRetention(Order):
    """The body is that of the certificate; `default` is the period of processes that name none.

    `by` is who orders it. In the certificate, which nobody can change, an account stands by its pseudonym, so that it
    can be forgotten.
    """

    default: str
    by: str

    def told(self) -> dict[str, Any]:
        """What the service's events say: enough to know the certificate, whatever becomes of it."""
        counted = {name: self.said[name] for name in ("reason", "cases", "events")}
        return {"certificate": self.digest, "orderedBy": self.by, **counted}


_EVENT = OfService("retention-carried-out", lambda command, _: command.said["number"])


@handles(CarryOutRetention, permission="system:run", event=_EVENT)
def carry_out_retention(command: CarryOutRetention, _target: Target, tx: Transaction) -> None:
    """Afterwards nothing of these cases is left but their keys and heads, in the certificate and in checkpoints.

    Raises ReasonNeeded, InvalidArgument for a name that does not do, CaseHeld, AlreadyExists when another certificate
    has this number, InvalidState when a case is not as the certificate says or its time is not over.
    """
    check_order(command.said["reason"], command.by)
    for root in command.roots:
        tx.lock_instance(root)
    periods = Periods(tx.db, tx.services.definitions, tx.now, tx.services.zone, command.default)
    due = [case for found in periods.due(tx.db, command.roots) for case in found.cases]
    if sorted(due) != sorted(command.cases):
        raise InvalidState("a case was changed meanwhile, or its time is not over: nothing was deleted")
    keys = sorted(case[0] for case in command.cases)
    refuse_held(tx, keys)
    refuse_archived(tx, keys)
    keep_order(tx, command, t.retention_certificate, t.deleted_case, "certificate_key")
    for start in range(0, len(keys), AT_ONCE):
        # what was called has a greater key than what called it, and goes first
        _delete(tx, keys[::-1][start : start + AT_ONCE])


def _delete(tx: Transaction, keys: Sequence[int]) -> None:
    forget_work(tx, keys)
    for table in KEPT_BY_HAND:
        tx.db.execute(delete(table).where(table.c.process_instance_key.in_(keys)))
    tx.db.execute(delete(t.process_instance).where(t.process_instance.c.key.in_(keys)))
