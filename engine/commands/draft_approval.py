"""The request that a draft be published, where a second person has to approve it: made here, decided elsewhere."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row

from engine.commands.model_drafts import AWAITING, change
from engine.commands.registry import Target
from engine.commands.request_intervention import who_may_approve
from engine.commands.telling import plain, tell
from engine.commands.transaction import Transaction
from engine.model.manual import Words
from engine.notify.recipients import Recipient
from engine.notify.send import Notice
from engine.policy.drafts import OF_NONE


def ask_for_approval(tx: Transaction, row: Row[Any], reason: str, found: Target) -> dict[str, Any]:
    """The draft waits, and those who may approve it are told. A draft that began with nothing is from here on one of
    the first process in it, so that the owners of that see it. `found` is what its deployment acts on."""
    of = row.process_id or min(found.facts.process_ids, default=None)
    asked = {"state": AWAITING, "process_id": of, "reason": reason}
    change(tx, row, **asked, requested_by=tx.actor.id, requested_at=tx.now)
    tx.record_service("draft-publication-requested", str(row.key), revision=row.revision, reason=reason)
    subject = Words(f"มีฉบับร่างรออนุมัติเผยแพร่: {row.name}", f"A draft waits for approval: {row.name}")
    tell(tx, who_may_approve(tx, of or OF_NONE, tx.actor.hands), _notice(subject, reason))
    warnings = [warning.described() for warning in found.rows["checked"].warnings]
    nothing = {"deploymentKey": None, "tenantId": "<default>", "deployments": [], "warnings": warnings}
    return {**nothing, "draftKey": str(row.key), "state": AWAITING}


def tell_requester(tx: Transaction, row: Row[Any], th: str, en: str, why: str) -> None:
    """Who asked for it is told what another decided."""
    subject = Words(f"{th}: {row.name}", f"{en}: {row.name}")
    tell(tx, [Recipient("user", row.requested_by)], _notice(subject, why))


def _notice(subject: Words, why: str) -> Notice:
    return Notice("decision-asked", "draft", subject, plain(why))
