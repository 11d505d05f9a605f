"""Tidy up: forget what is kept for a time only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete

from engine.commands.at_task import forget_absent
from engine.commands.documents import forget_drafts, forget_expired
from engine.commands.registry import NO_INSTANCE, Target, handles
from engine.commands.transaction import Transaction
from engine.store.tables import api_token, idempotency_key, message, session, sign_in_step
from engine.store.tables.months import make_months

ANSWERS_KEPT = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class TidyUp:
    """Delete answers of repeated requests after 24 hours; sessions, issued tokens, messages and documents that
    have expired; files that were attached to forms of tasks that are over; who has left the page of a task. Make the
    months of history that will be needed next."""


@handles(TidyUp, permission="system:run", event=NO_INSTANCE)
def tidy_up(_command: TidyUp, _target: Target, tx: Transaction) -> int:
    """Never takes anything from history. How many documents there were: some hundred at a time, then there may be more.
    """
    tx.db.execute(delete(idempotency_key).where(idempotency_key.c.made_at <= tx.now - ANSWERS_KEPT))
    tx.db.execute(delete(message).where(message.c.expires_at <= tx.now))
    tx.db.execute(delete(session).where((session.c.expires_at <= tx.now) | (session.c.idle_at <= tx.now)))
    tx.db.execute(delete(sign_in_step).where(sign_in_step.c.expires_at <= tx.now))
    issued = api_token.c.client_id.is_not(None)  # a new one every hour or so; those made by hand stay listed
    tx.db.execute(delete(api_token).where(issued, api_token.c.expires_at <= tx.now))
    forget_absent(tx)
    left = forget_expired(tx) + forget_drafts(tx)
    make_months(tx.db)  # at the end: what it locks keeps starts of cases waiting until the commit
    return left
