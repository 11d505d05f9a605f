"""Set a password: the old one, and every session opened with it, ends."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import delete, update

from engine.commands.registry import OfService, Target, handles
from engine.commands.transaction import Transaction
from engine.errors import Forbidden, NotFound
from engine.policy.passwords import ONE_TIME_LASTS, check_password, new_password
from engine.store.tables import person, session


@dataclass(frozen=True, slots=True)
class SetPassword:
    """Give `username` a new password. Without one, a password is made that opens nothing but the change of it, for
    ONE_TIME_LASTS."""

    username: str
    password: str | None = field(default=None, repr=False)


@handles(SetPassword, permission="people:manage", event=OfService("password-set", lambda command, _: command.username))
def _act(command: SetPassword, _target: Target, tx: Transaction) -> str | None:
    """A lock after wrong passwords ends too. Answers the password that was made. Raises NotFound, InvalidArgument,
    WeakPassword, and Forbidden for one's own: that is changed with the present one."""
    if command.username == tx.actor.id and not tx.actor.is_system:
        raise Forbidden("change your own password with the present one")
    made = new_password() if command.password is None else None
    password = made or command.password or ""
    check_password(password, command.username)
    changed = tx.db.execute(
        update(person)
        .where(person.c.username == command.username)
        .values(
            password_hash=tx.services.hasher.hash(password),
            failed_sign_ins=0,
            locked_until=None,
            one_time_until=tx.now + ONE_TIME_LASTS if made is not None else None,
        )
    )
    if changed.rowcount != 1:
        raise NotFound(username=command.username)
    tx.db.execute(delete(session).where(session.c.username == command.username))
    return made
