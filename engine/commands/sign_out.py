"""Sign out: end one session."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import delete, select

from engine.commands.registry import NO_INSTANCE, Target, handles
from engine.commands.transaction import Transaction
from engine.store.tables import session


@dataclass(frozen=True, slots=True)
class SignOut:
    """End the session whose token has this SHA-256; whoever knows the token may end it."""

    token_hash: str = field(repr=False)


@handles(SignOut, permission="session:open", event=NO_INSTANCE)
def _act(command: SignOut, _target: Target, tx: Transaction) -> None:
    """A session that is over already is no error."""
    of_token = session.c.token_hash == command.token_hash
    username = tx.db.execute(select(session.c.username).where(of_token).with_for_update()).scalar_one_or_none()
    if username is not None:
        tx.db.execute(delete(session).where(of_token))
        tx.record_service("signed-out", username)
