"""Approve the publication of a draft, which deploys it, or reject it; or take one's own request back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row

from engine.commands.draft_approval import tell_requester
from engine.commands.model_drafts import AWAITING, EDIT, change, draft_target
from engine.commands.publish_model_draft import prepared, published
from engine.commands.registry import NO_INSTANCE, Target, handles
from engine.commands.second_person import check_reason
from engine.commands.transaction import Transaction
from engine.errors import Forbidden, InvalidState, SecondPersonNeeded, StaleRevision


class NothingToDecide(InvalidState):
    """This draft does not wait for approval (any more)."""

    code = "draft-not-awaiting"
    th = "ฉบับร่างนี้ไม่ได้รอการอนุมัติ หรือมีการตัดสินใจไปแล้ว"


@dataclass(frozen=True, slots=True)
class ApprovePublication:
    """`revision` is that of the draft as the approver saw it."""

    draft_key: int
    revision: int


@dataclass(frozen=True, slots=True)
class RejectPublication:
    """It goes back to work; `reason` says what is wrong with it."""

    draft_key: int
    reason: str


@dataclass(frozen=True, slots=True)
class WithdrawPublication:
    """Whoever asked for it wants to go on working on it."""

    draft_key: int


@handles(ApprovePublication, permission=EDIT, event=NO_INSTANCE, target=draft_target)
def approve_publication(command: ApprovePublication, target: Target, tx: Transaction) -> dict[str, Any]:
    """Answer what PublishModelDraft answers. Raises NothingToDecide, SecondPersonNeeded for who asked for it,
    StaleRevision, Forbidden without the permission to deploy it, DeploymentRefused; then it waits still."""
    row = _awaiting(target)
    _another(tx, row)
    if row.revision != command.revision:
        raise StaleRevision(draftKey=str(row.key), revision=row.revision, updatedBy=row.updated_by)
    deployment, found = prepared(tx, row)
    both = {"requestedBy": row.requested_by, "approvedBy": tx.actor.id}
    tx.record_service("draft-published", str(row.key), revision=row.revision, reason=row.reason, **both)
    answer = published(tx, row, row.reason, deployment, found)
    tell_requester(tx, row, "ฉบับร่างได้รับอนุมัติและเผยแพร่แล้ว", "Your draft was approved and published", row.reason)
    return answer


@handles(RejectPublication, permission=EDIT, event=NO_INSTANCE, target=draft_target)
def reject_publication(command: RejectPublication, target: Target, tx: Transaction) -> None:
    """Raises NothingToDecide, SecondPersonNeeded for who asked for it, ReasonNeeded."""
    row = _awaiting(target)
    _another(tx, row)
    reason = check_reason(command.reason)
    tx.record_service("draft-publication-rejected", str(row.key), reason=reason, requestedBy=row.requested_by)
    change(tx, row, state="OPEN", requested_by=None, requested_at=None, reason=None)
    tell_requester(tx, row, "ฉบับร่างไม่ได้รับอนุมัติ", "Your draft was not approved", reason)


@handles(WithdrawPublication, permission=EDIT, event=NO_INSTANCE, target=draft_target)
def withdraw_publication(_command: WithdrawPublication, target: Target, tx: Transaction) -> None:
    """Raises NothingToDecide, Forbidden for anybody but who asked for it."""
    row = _awaiting(target)
    if tx.actor.id != row.requested_by:
        raise Forbidden("only who asked for it takes it back")
    tx.record_service("draft-publication-withdrawn", str(row.key))
    change(tx, row, state="OPEN", requested_by=None, requested_at=None, reason=None)


def _awaiting(target: Target) -> Row[Any]:
    row: Row[Any] = target.rows["draft"]
    if row.state != AWAITING:
        raise NothingToDecide(draftKey=str(row.key), state=row.state)
    return row


def _another(tx: Transaction, row: Row[Any]) -> None:
    if row.requested_by in tx.actor.hands:
        raise SecondPersonNeeded("who asked for it does not decide on it", draftKey=str(row.key))
