"""Approve an intervention, which carries it out, or reject it; or take one's own request back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select, update

from engine.commands.intervention_kinds import NAMES, as_command
from engine.commands.registry import Target, handler_of, handles
from engine.commands.second_person import APPROVED, check_reason
from engine.commands.targets import instance_facts
from engine.commands.telling import plain, tell
from engine.commands.transaction import Transaction
from engine.errors import InvalidState, NotFound, SecondPersonNeeded
from engine.model.manual import Words
from engine.notify.recipients import Recipient
from engine.notify.send import Notice
from engine.policy.permissions import require
from engine.store.tables import intervention


@dataclass(frozen=True, slots=True)
class ApproveIntervention:
    """It is carried out, in the same transaction."""

    key: int
    note: str | None = None

    def told(self) -> dict[str, Any]:
        """Which, and what was said."""
        return {"intervention": str(self.key), "note": self.note}


@dataclass(frozen=True, slots=True)
class RejectIntervention:
    """It is not carried out; `note` says why."""

    key: int
    note: str

    def told(self) -> dict[str, Any]:
        """Which, and why."""
        return {"intervention": str(self.key), "note": self.note}


@dataclass(frozen=True, slots=True)
class WithdrawIntervention:
    """Whoever asked for it does not want it any more."""

    key: int

    def told(self) -> dict[str, Any]:
        """Which."""
        return {"intervention": str(self.key)}


def _target(command: Any, tx: Transaction) -> Target:
    """The request and its case, locked; the person concerned is who asked. Raises NotFound."""
    c = intervention.c
    of = tx.db.execute(select(c.process_instance_key).where(c.key == command.key)).scalar()
    if of is None:
        raise NotFound(interventionKey=str(command.key))
    instance = tx.lock_instance(of)
    row = tx.db.execute(select(intervention).where(c.key == command.key)).one()
    facts = replace(instance_facts(tx, instance), person=row.requested_by)
    named = {"interventionKey": str(command.key)}
    return Target(facts, instance, None, instance.key, None, {"intervention": row}, named)


@handles(ApproveIntervention, permission="intervention:decide", event="intervention-approved", target=_target)
def approve_intervention(command: ApproveIntervention, target: Target, tx: Transaction) -> Any:
    """History then tells of the intervention as if the approver had done it, and of both names. The answer is that of
    the command. Raises InvalidState unless it is pending, SecondPersonNeeded for who asked for it, and what the
    command itself raises; then it is pending still."""
    row = _pending(target, tx, another=True)
    _decide(tx, row, "APPROVED", command.note)
    asked = as_command(row.kind, row.request)
    handler = handler_of(type(asked))
    tx.cache[APPROVED] = row
    found = handler.target(asked, tx)
    require(tx.actor, "intervention:decide", found.facts)  # a migration leads into another process, too
    assert found.instance is not None and isinstance(handler.event, str)
    both = {"intervention": str(row.key), "requestedBy": row.requested_by, "approvedBy": tx.actor.id}
    event = found.event or handler.event
    tx.record(found.instance, event, found.element_id, found.element_instance_key, **asked.told(), **both)
    return handler.act(asked, found, tx)


@handles(RejectIntervention, permission="intervention:decide", event="intervention-rejected", target=_target)
def reject_intervention(command: RejectIntervention, target: Target, tx: Transaction) -> None:
    """Raises ReasonNeeded, InvalidState unless it is pending, SecondPersonNeeded for who asked for it."""
    row = _pending(target, tx, another=True)
    check_reason(command.note)
    _decide(tx, row, "REJECTED", command.note)


@handles(WithdrawIntervention, permission="intervention:withdraw", event="intervention-withdrawn", target=_target)
def withdraw_intervention(_command: WithdrawIntervention, target: Target, tx: Transaction) -> None:
    """Raises InvalidState unless it is pending."""
    _decide(tx, _pending(target, tx, another=False), "WITHDRAWN", None)


def _pending(target: Target, tx: Transaction, another: bool) -> Any:
    row = target.rows["intervention"]
    if row.state != "PENDING":
        raise InvalidState(interventionKey=str(row.key), state=row.state)
    if another and tx.actor.hands & {row.requested_by, row.on_behalf_of}:
        raise SecondPersonNeeded("who asked for it does not decide on it", kind=row.kind, interventionKey=str(row.key))
    return row


_ANSWERS = {
    "APPROVED": ("คำขอได้รับอนุมัติและดำเนินการแล้ว", "Your request was approved and carried out"),
    "REJECTED": ("คำขอไม่ได้รับอนุมัติ", "Your request was rejected"),
}


def _decide(tx: Transaction, row: Any, state: str, note: str | None) -> None:
    """Who asked for it is told what another decided."""
    decided = {"state": state, "decided_by": tx.actor.id, "decided_at": tx.now, "note": note}
    tx.db.execute(update(intervention).where(intervention.c.key == row.key).values(**decided))
    tx.announce("process-instance", {"processInstanceKey": str(row.process_instance_key)})
    if state in _ANSWERS:
        (th, en), (kind_th, kind_en) = _ANSWERS[state], NAMES[row.kind]
        task = row.element_instance_key if row.kind == "waive" else None
        subject = Words(f"{th}: {kind_th}", f"{en}: {kind_en}")
        why = plain(note or row.reason)
        notice = Notice("decision-asked", "intervention", subject, why, row.process_instance_key, task)
        tell(tx, [Recipient("user", row.requested_by)], notice)
