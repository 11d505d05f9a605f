"""Change one's own password: the old one was verified a moment ago, outside the transaction, as for a sign-in."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import delete, select, update

from engine.commands.registry import OfService, Target, handles
from engine.commands.transaction import Transaction
from engine.errors import Unauthorized
from engine.policy.passwords import check_password
from engine.policy.permissions import Facts
from engine.store.tables import person, session


@dataclass(frozen=True, slots=True)
class ChangePassword:
    """`proof` is the stored hash that the present password was found to fit. The session with the token hash `keep`
    goes on; every other one ends."""

    username: str
    proof: str = field(repr=False)
    password: str = field(repr=False)
    keep: str = ""


def _target(command: ChangePassword, _tx: Transaction) -> Target:
    return Target(Facts(person=command.username))


_EVENT = OfService("password-set", lambda command, _: command.username)


@handles(ChangePassword, permission="password:change", event=_EVENT, target=_target)
def _act(command: ChangePassword, _found: Target, tx: Transaction) -> None:
    """Raises Unauthorized when the password is another by now, InvalidArgument, WeakPassword."""
    known = select(person.c.password_hash).where(person.c.username == command.username, person.c.active)
    stored = tx.db.execute(known.with_for_update()).scalar_one_or_none()
    if stored is None or stored != command.proof:
        raise Unauthorized()
    check_password(command.password, command.username)
    mine = person.c.username == command.username
    fresh = tx.services.hasher.hash(command.password)
    tx.db.execute(update(person).where(mine).values(password_hash=fresh, one_time_until=None))
    others = (session.c.username == command.username) & (session.c.token_hash != command.keep)
    tx.db.execute(delete(session).where(others))
