"""Refuse a sign-in: count a wrong password, and lock the account for a while after several."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, select, update

from engine.commands.registry import NO_INSTANCE, Target, handles
from engine.commands.transaction import Transaction
from engine.policy.lockout import lock_for
from engine.store.tables import person, sign_in_step

UNKNOWN = "(unknown)"  # no account can have this name


@dataclass(frozen=True, slots=True)
class RefuseSignIn:
    """A wrong password was given for this name."""

    username: str


@handles(RefuseSignIn, permission="session:open", event=NO_INSTANCE)
def _act(command: RefuseSignIn, _target: Target, tx: Transaction) -> None:
    """A name that nobody has is not written down: it may be a password in the wrong field."""
    row = tx.db.execute(
        select(person.c.failed_sign_ins).where(person.c.username == command.username).with_for_update()
    ).one_or_none()
    if row is None:
        tx.record_service("sign-in-refused", UNKNOWN)
        return
    count_failure(tx, command.username, row.failed_sign_ins)


def count_failure(tx: Transaction, username: str, before: int, **told: Any) -> None:
    """One more wrong password or code after `before` others; the account, whose row is locked, may be locked by it.

    Sign-ins that wait for a code end with the lock: who was guessing codes needs the password anew.
    """
    tx.record_service("sign-in-refused", username, **told)
    failures = before + 1
    pause = lock_for(failures)
    until = tx.now + pause if pause > timedelta() else None
    if until is not None:
        tx.record_service("account-locked", username, failures=failures, until=until.isoformat())
        tx.db.execute(delete(sign_in_step).where(sign_in_step.c.username == username))
    mine = person.c.username == username
    tx.db.execute(update(person).where(mine).values(failed_sign_ins=failures, locked_until=until))
