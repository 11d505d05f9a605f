"""Delete cases for good, whose time is over: what they worked with and their histories. A certificate stays."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import delete, insert

from engine.commands.archive_history import refuse_archived
from engine.commands.delete_instance import forget_work
from engine.commands.holds import LONGEST_NAME, refuse_held
from engine.commands.registry import OfService, Target, handles
from engine.commands.retained import Periods
from engine.commands.second_person import check_reason
from engine.commands.transaction import Transaction
from engine.errors import InvalidArgument, InvalidState
from engine.store import tables as t

# what a deletion by hand leaves: registers of evidence, and history with what opens it
KEPT_BY_HAND = (
    t.control_point_result, t.deadline, t.deadline_record, t.deadline_overseer, t.batch_operation_item, t.legal_hold,
    t.case_key, t.history_event,
)  # fmt: skip
AT_ONCE = 200  # keys of one statement


@dataclass(frozen=True, slots=True)
class CarryOutRetention:
    """The signed `body` of the certificate with its signature; `cases` are what it names: (case, events, head), and
    `roots` those of them that were called by none. `default` is the period of processes that name none.

    `by` is who orders it. In the certificate, which nobody can change, an account stands by its pseudonym, so that it
    can be forgotten.
    """

    body: str
    signature: str
    roots: tuple[int, ...]
    cases: tuple[tuple[int, int, str], ...]
    default: str
    by: str

    @property
    def said(self) -> Mapping[str, Any]:
        """What the certificate says."""
        said: Mapping[str, Any] = orjson.loads(self.body)
        return said

    def told(self) -> dict[str, Any]:
        """What the service's events say: enough to know the certificate, whatever becomes of it."""
        counted = {name: self.said[name] for name in ("reason", "cases", "events")}
        return {"certificate": hashlib.sha256(self.body.encode()).hexdigest(), "orderedBy": self.by, **counted}


_EVENT = OfService("retention-carried-out", lambda command, _: command.said["number"])


@handles(CarryOutRetention, permission="system:run", event=_EVENT)
def carry_out_retention(command: CarryOutRetention, _target: Target, tx: Transaction) -> None:
    """Afterwards nothing of these cases is left but their keys and heads, in the certificate and in checkpoints.

    Raises ReasonNeeded, InvalidArgument for a name that does not do, CaseHeld, AlreadyExists when another certificate
    has this number, InvalidState when a case is not as the certificate says or its time is not over.
    """
    said = command.said
    check_reason(said["reason"])
    if not 1 <= len(command.by.strip()) <= LONGEST_NAME:
        raise InvalidArgument(f"the name of who orders it has 1 to {LONGEST_NAME} characters")
    for root in command.roots:
        tx.lock_instance(root)
    periods = Periods(tx.db, tx.services.definitions, tx.now, tx.services.zone, command.default)
    due = [case for found in periods.due(tx.db, command.roots) for case in found.cases]
    if sorted(due) != sorted(command.cases):
        raise InvalidState("a case was changed meanwhile, or its time is not over: nothing was deleted")
    keys = sorted(case[0] for case in command.cases)
    refuse_held(tx, keys)
    refuse_archived(tx, keys)
    _certify(command, said, tx)
    for start in range(0, len(keys), AT_ONCE):
        # what was called has a greater key than what called it, and goes first
        _delete(tx, keys[::-1][start : start + AT_ONCE])


def _certify(command: CarryOutRetention, said: Mapping[str, Any], tx: Transaction) -> None:
    row = {
        "key": said["number"], "made_at": datetime.fromisoformat(said["madeAt"]), "ordered_by": said["orderedBy"],
        "cases": said["cases"], "events": said["events"], "previous": said["previous"], "body": command.body,
        "signature": command.signature,
    }  # fmt: skip
    tx.db.execute(insert(t.retention_certificate), row)
    names = ("process_instance_key", "sequence", "head")
    cases = [dict(zip(names, case, strict=True)) | {"certificate_key": said["number"]} for case in command.cases]
    tx.db.execute(insert(t.deleted_case), cases)


def _delete(tx: Transaction, keys: Sequence[int]) -> None:
    forget_work(tx, keys)
    for table in KEPT_BY_HAND:
        tx.db.execute(delete(table).where(table.c.process_instance_key.in_(keys)))
    tx.db.execute(delete(t.process_instance).where(t.process_instance.c.key.in_(keys)))
