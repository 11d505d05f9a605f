"""Issue a token to a client of the API for its id and secret: the client credentials grant of RFC 6749, section 4.4."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from engine.commands.make_token import make_token, scope_text
from engine.commands.registry import OfService, Target, handles
from engine.commands.sign_in import token_hash
from engine.commands.transaction import Transaction
from engine.errors import InvalidArgument, InvalidClient
from engine.store.tables import api_client, person

LIFETIME = timedelta(hours=1)


class InvalidScope(InvalidArgument):
    """The scope asks for permissions that the client does not have."""

    code = "invalid-scope"
    th = "ขอบเขตที่ขอเกินสิทธิ์ของไคลเอนต์นี้"


@dataclass(frozen=True, slots=True)
class IssueToken:
    """`scope` are the permissions that this token is to have, of the client's; None: all of them."""

    client_id: str
    secret: str = field(repr=False)
    scope: frozenset[str] | None = None


_EVENT = OfService("token-issued", lambda command, _: command.client_id)


@handles(IssueToken, permission="session:open", event=_EVENT)
def _act(command: IssueToken, _target: Target, tx: Transaction) -> dict[str, Any]:
    """Answer {token, lifetime: seconds, scope: permissions separated by spaces, or None for no bound}.

    The client is locked, so that no token comes out after its revocation. Raises InvalidClient, InvalidScope.
    """
    known = select(api_client, person.c.active).join(person, person.c.username == api_client.c.username)
    row = tx.db.execute(known.where(api_client.c.client_id == command.client_id).with_for_update()).one_or_none()
    # a secret has 256 random bits: nobody guesses it, so nothing is locked after wrong ones
    fits = row is not None and hmac.compare_digest(row.secret_hash, token_hash(command.secret))
    if row is None or not fits or not row.active or row.revoked_at is not None:
        raise InvalidClient()
    if row.expires_at is not None and row.expires_at <= tx.now:
        raise InvalidClient()
    permissions = None if row.permissions is None else frozenset(row.permissions.split())
    if command.scope is not None:
        if permissions is not None and not command.scope <= permissions:
            raise InvalidScope()
        permissions = command.scope
    until = tx.now + LIFETIME if row.expires_at is None else min(tx.now + LIFETIME, row.expires_at)
    made = make_token(tx, row.username, row.name, until, permissions, row.client_id)
    lifetime = int((until - tx.now).total_seconds())
    return {"token": made["token"], "lifetime": lifetime, "scope": scope_text(permissions)}
