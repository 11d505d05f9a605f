"""Refuse a sign-in: count a wrong password, and lock the account for a while after several."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select, update

from engine.commands.registry import NO_INSTANCE, Target, handles
from engine.commands.transaction import Transaction
from engine.policy.lockout import lock_for
from engine.store.tables import person

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
    tx.record_service("sign-in-refused", command.username)
    failures = row.failed_sign_ins + 1
    pause = lock_for(failures)
    if pause > timedelta():
        tx.record_service("account-locked", command.username, failures=failures, until=(tx.now + pause).isoformat())
    tx.db.execute(
        update(person)
        .where(person.c.username == command.username)
        .values(failed_sign_ins=failures, locked_until=tx.now + pause if pause > timedelta() else None)
    )
