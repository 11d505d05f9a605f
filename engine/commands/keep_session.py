"""Keep a session open: somebody worked in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import update

from engine.commands.registry import NO_INSTANCE, Target, handles
from engine.commands.transaction import Transaction
from engine.store.tables import session

IDLE = timedelta(hours=1)  # without anybody at work in it a session ends; NIST SP 800-63B asks for no more
EVERY = timedelta(minutes=5)  # is written down no more often


@dataclass(frozen=True, slots=True)
class KeepSession:
    """`token_hash` is the SHA-256 of the session's token."""

    token_hash: str = field(repr=False)


@handles(KeepSession, permission="session:open", event=NO_INSTANCE)
def _act(command: KeepSession, _target: Target, tx: Transaction) -> None:
    """The session lasts for IDLE from now on, if it is open still, and never beyond its own end."""
    c = session.c
    still = (c.token_hash == command.token_hash) & (c.idle_at > tx.now)
    tx.db.execute(update(session).where(still).values(idle_at=tx.now + IDLE))
