"""Revoke a client of the API: from the commit on, neither its secret nor any token issued to it opens anything."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select, update

from engine.commands.registry import OfService, Target, handles
from engine.commands.transaction import Transaction
from engine.errors import NotFound
from engine.policy.permissions import Facts
from engine.store.tables import api_client, api_token


@dataclass(frozen=True, slots=True)
class RevokeClient:
    """The id that AddClient answered."""

    client_id: str


def _target(command: RevokeClient, tx: Transaction) -> Target:
    """Whose client it is, locked. An unknown one belongs to nobody, so that only an administrator hears so."""
    known = select(api_client.c.username).where(api_client.c.client_id == command.client_id)
    return Target(Facts(person=tx.db.execute(known.with_for_update()).scalar_one_or_none()))


_EVENT = OfService("client-revoked", lambda command, _: command.client_id)


@handles(RevokeClient, permission="token:manage", event=_EVENT, target=_target)
def _act(command: RevokeClient, target: Target, tx: Transaction) -> None:
    """Revoking again keeps the first moment. Raises NotFound."""
    if target.facts.person is None:
        raise NotFound(clientId=command.client_id)
    for table in (api_client, api_token):
        of_client = (table.c.client_id == command.client_id) & table.c.revoked_at.is_(None)
        tx.db.execute(update(table).where(of_client).values(revoked_at=tx.now))
