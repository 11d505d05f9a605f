"""Revoke an API token: from the commit on, it opens nothing."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select, update

from engine.commands.registry import OfService, Target, handles
from engine.commands.transaction import Transaction
from engine.errors import NotFound
from engine.policy.permissions import Facts
from engine.store.tables import api_token


@dataclass(frozen=True, slots=True)
class RevokeToken:
    """`token_id` is the SHA-256 of the token, which MakeToken answered."""

    token_id: str


def _target(command: RevokeToken, tx: Transaction) -> Target:
    """Whose token it is. An unknown one belongs to nobody, so that only an administrator hears so."""
    owner = tx.db.execute(
        select(api_token.c.username).where(api_token.c.token_hash == command.token_id)
    ).scalar_one_or_none()
    return Target(Facts(person=owner))


_EVENT = OfService("token-revoked", lambda command, _: command.token_id)


@handles(RevokeToken, permission="token:manage", event=_EVENT, target=_target)
def _act(command: RevokeToken, target: Target, tx: Transaction) -> None:
    """Revoking again keeps the first moment. Raises NotFound."""
    if target.facts.person is None:
        raise NotFound(tokenId=command.token_id)
    tx.db.execute(
        update(api_token)
        .where(api_token.c.token_hash == command.token_id, api_token.c.revoked_at.is_(None))
        .values(revoked_at=tx.now)
    )
