"""End sessions of an account: one of them, or all."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, select

from engine.commands.registry import OfService, Target, handles
from engine.commands.transaction import Transaction
from engine.errors import NotFound
from engine.policy.permissions import Facts
from engine.store.tables import person, session


@dataclass(frozen=True, slots=True)
class EndSession:
    """The id of a session, as the list of an account's sessions has it."""

    session_id: str


@dataclass(frozen=True, slots=True)
class EndSessions:
    """Every session of this account, but the one with the id `keep`."""

    username: str
    keep: str = ""


def _owner(command: EndSession, tx: Transaction) -> Target:
    """Whose session it is. An unknown one belongs to nobody, so that only an administrator hears so."""
    found = select(session.c.username).where(session.c.token_hash == command.session_id)
    return Target(Facts(person=tx.db.execute(found).scalar_one_or_none()))


def _account(command: EndSessions, _tx: Transaction) -> Target:
    return Target(Facts(person=command.username))


_ONE = OfService("session-ended", lambda command, _: command.session_id)


@handles(EndSession, permission="session:manage", event=_ONE, target=_owner)
def end_session(command: EndSession, target: Target, tx: Transaction) -> None:
    """From the commit on, its cookie opens nothing. Raises NotFound."""
    if target.facts.person is None:
        raise NotFound(sessionId=command.session_id)
    tx.db.execute(delete(session).where(session.c.token_hash == command.session_id))


_ALL = OfService("sessions-ended", lambda command, _: command.username)


@handles(EndSessions, permission="session:manage", event=_ALL, target=_account)
def end_sessions(command: EndSessions, _target: Target, tx: Transaction) -> int:
    """How many that were. Raises NotFound for an account that does not exist."""
    known = tx.db.execute(select(person.c.username).where(person.c.username == command.username)).first()
    if known is None:
        raise NotFound(username=command.username)
    others = (session.c.username == command.username) & (session.c.token_hash != command.keep)
    return tx.db.execute(delete(session).where(others)).rowcount
