"""Refuse a sign-in: count a wrong password, and lock the account for a while after several."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select, update

from engine.commands.registry import NO_INSTANCE, Target, handles
from engine.commands.transaction import Transaction
from engine.policy.lockout import lock_for
from engine.store.tables import person


@dataclass(frozen=True, slots=True)
class RefuseSignIn:
    """A wrong password was given for this name."""

    username: str


@handles(RefuseSignIn, permission="session:open", event=NO_INSTANCE)
def _act(command: RefuseSignIn, _target: Target, tx: Transaction) -> None:
    """Nothing happens for a name that nobody has."""
    row = tx.db.execute(
        select(person.c.failed_sign_ins).where(person.c.username == command.username).with_for_update()
    ).one_or_none()
    if row is None:
        return
    failures = row.failed_sign_ins + 1
    pause = lock_for(failures)
    tx.db.execute(
        update(person)
        .where(person.c.username == command.username)
        .values(failed_sign_ins=failures, locked_until=tx.now + pause if pause > timedelta() else None)
    )
