"""Make an API token: a bearer secret for a client, shown once and stored as its SHA-256."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select

from engine.commands.registry import OfService, Target, handles
from engine.commands.sign_in import token_hash
from engine.commands.transaction import Transaction
from engine.errors import InvalidArgument, NotFound
from engine.policy.permissions import Facts, narrowed
from engine.store.tables import api_token, person


@dataclass(frozen=True, slots=True)
class MakeToken:
    """A token that acts as `username`. `name` says what it is for; `expires_at` is aware or None; `permissions`
    are all that it is for, None: whatever the account may. No token makes one that may more than itself."""

    username: str
    name: str
    expires_at: datetime | None = None
    permissions: frozenset[str] | None = None

    def told(self) -> dict[str, Any]:
        """What the audit log says of it."""
        return {
            "username": self.username,
            "name": self.name,
            "permissions": None if self.permissions is None else sorted(self.permissions),
            "expiresAt": None if self.expires_at is None else self.expires_at.isoformat(),
        }


def _target(command: MakeToken, _tx: Transaction) -> Target:
    return Target(Facts(person=command.username))


_EVENT = OfService("token-made", lambda _, answer: answer["tokenId"])


@handles(MakeToken, permission="token:manage", event=_EVENT, target=_target)
def _act(command: MakeToken, _found: Target, tx: Transaction) -> dict[str, Any]:
    """Answer {token, tokenId}. Raises NotFound for an unknown or inactive person."""
    if command.expires_at is not None and command.expires_at <= tx.now:
        raise InvalidArgument("the token would have expired already")
    active = tx.db.execute(select(person.c.active).where(person.c.username == command.username)).scalar_one_or_none()
    if not active:
        raise NotFound(username=command.username)
    permissions = narrowed(tx.actor, command.permissions)
    return make_token(tx, command.username, command.name, command.expires_at, permissions)


def make_token(
    tx: Transaction,
    username: str,
    name: str,
    expires_at: datetime | None,
    permissions: frozenset[str] | None,
    client_id: str | None = None,
) -> dict[str, Any]:
    """Insert a token: {token, tokenId}."""
    token = "kbn_" + secrets.token_urlsafe(32)
    row = {
        "token_hash": token_hash(token),
        "username": username,
        "name": name,
        "made_at": tx.now,
        "expires_at": expires_at,
        "permissions": scope_text(permissions),
        "client_id": client_id,
    }
    tx.db.execute(insert(api_token), row)
    return {"token": token, "tokenId": row["token_hash"]}


def scope_text(permissions: frozenset[str] | None) -> str | None:
    """How permissions are kept: in order, separated by spaces."""
    return None if permissions is None else " ".join(sorted(permissions))
