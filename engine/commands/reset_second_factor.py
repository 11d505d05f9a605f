"""Reset the second factor of somebody who lost it: the person signs in by password alone, and enrols a new one."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, select

from engine.commands.registry import OfService, Target, handles
from engine.commands.second_factor import NoSecondFactor, drop_factor
from engine.commands.transaction import Transaction
from engine.errors import Forbidden, NotFound
from engine.store.tables import person, session, sign_in_step


@dataclass(frozen=True, slots=True)
class ResetSecondFactor:
    """Whose."""

    username: str


_EVENT = OfService("second-factor-reset", lambda command, _: command.username)


@handles(ResetSecondFactor, permission="people:manage", event=_EVENT)
def reset(command: ResetSecondFactor, _target: Target, tx: Transaction) -> None:
    """Whoever asks learns nothing of the secret. The person's sessions end: who has the lost telephone may have one.

    Raises NotFound, NoSecondFactor, and Forbidden for one's own: that needs the password and a code.
    """
    if command.username == tx.actor.id and not tx.actor.is_system:
        raise Forbidden("switch your own second factor off with your password and a code")
    known = select(person.c.username).where(person.c.username == command.username)
    if tx.db.execute(known.with_for_update()).first() is None:
        raise NotFound(username=command.username)
    if not drop_factor(tx, command.username):
        raise NoSecondFactor()
    for table in (session, sign_in_step):
        tx.db.execute(delete(table).where(table.c.username == command.username))
