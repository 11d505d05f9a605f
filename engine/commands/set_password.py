"""Set a password: the old one, and every session opened with it, ends."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import delete, update

from engine.commands.registry import OfService, Target, handles
from engine.commands.transaction import Transaction
from engine.errors import InvalidArgument, NotFound
from engine.store.tables import person, session

SHORTEST, LONGEST = 8, 1024


@dataclass(frozen=True, slots=True)
class SetPassword:
    """Give `username` a new password."""

    username: str
    password: str = field(repr=False)


def check_password(password: str) -> None:
    """Raise InvalidArgument for a password that is too short or absurdly long."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise InvalidArgument(f"a password has {SHORTEST} to {LONGEST} characters")


@handles(SetPassword, permission="people:manage", event=OfService("password-set", lambda command, _: command.username))
def _act(command: SetPassword, _target: Target, tx: Transaction) -> None:
    """A lock after wrong passwords ends too. Raises NotFound, InvalidArgument."""
    check_password(command.password)
    changed = tx.db.execute(
        update(person)
        .where(person.c.username == command.username)
        .values(
            password_hash=tx.services.hasher.hash(command.password),
            failed_sign_ins=0,
            locked_until=None,
        )
    )
    if changed.rowcount != 1:
        raise NotFound(username=command.username)
    tx.db.execute(delete(session).where(session.c.username == command.username))
