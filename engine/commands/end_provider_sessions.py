"""End the sessions that an identity provider has ended: one session of its own, or all of a person."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, select

from engine.commands.registry import NO_INSTANCE, Target, handles
from engine.commands.transaction import Transaction
from engine.errors import InvalidArgument
from engine.model.audit import ServiceEvent
from engine.store.tables import session


@dataclass(frozen=True, slots=True)
class EndProviderSessions:
    """Those of `subject`, those of the provider's session, or of both together; at least one is named."""

    issuer: str
    subject: str | None
    provider_session: str | None


@handles(EndProviderSessions, permission="system:run", event=NO_INSTANCE)
def _act(command: EndProviderSessions, _target: Target, tx: Transaction) -> int:
    """How many there were; none is no error. Raises InvalidArgument."""
    if command.subject is None and command.provider_session is None:
        raise InvalidArgument("a subject or a session is named")
    ended = session.c.issuer == command.issuer
    if command.subject is not None:
        ended &= session.c.subject == command.subject
    if command.provider_session is not None:
        ended &= session.c.provider_session == command.provider_session
    names = tx.db.execute(select(session.c.username).where(ended).distinct()).scalars().all()
    for username in sorted(names):
        tx.service_events.append(ServiceEvent("sessions-ended", username, {"issuer": command.issuer}))
    return tx.db.execute(delete(session).where(ended)).rowcount
