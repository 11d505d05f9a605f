"""Add a client of the API: an id with a secret, for which it gets tokens that last an hour (OAuth 2.0, RFC 6749)."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert

from engine.commands.make_token import check_grant, scope_text, told_of
from engine.commands.registry import OfService, Target, handles
from engine.commands.sign_in import token_hash
from engine.commands.transaction import Transaction
from engine.policy.permissions import Facts
from engine.store.tables import api_client


@dataclass(frozen=True, slots=True)
class AddClient:
    """A client that acts as `username`, with `permissions` alone (None: whatever the account may).

    `name` says what it is for; `expires_at` is aware, or None.
    """

    username: str
    name: str
    permissions: frozenset[str] | None = None
    expires_at: datetime | None = None

    def told(self) -> dict[str, Any]:
        """What the audit log says of it."""
        return told_of(self.username, self.name, self.permissions, self.expires_at)


def _target(command: AddClient, _tx: Transaction) -> Target:
    return Target(Facts(person=command.username))


_EVENT = OfService("client-added", lambda _, answer: answer["clientId"])


@handles(AddClient, permission="token:manage", event=_EVENT, target=_target)
def _act(command: AddClient, _found: Target, tx: Transaction) -> dict[str, Any]:
    """Answer {clientId, clientSecret}; the secret is stored as its SHA-256 only.

    Raises what `check_grant` raises.
    """
    permissions = check_grant(tx, command.username, command.expires_at, command.permissions)
    client_id, secret = "client-" + secrets.token_hex(12), secrets.token_urlsafe(32)
    row = {
        "client_id": client_id,
        "secret_hash": token_hash(secret),
        "username": command.username,
        "name": command.name,
        "permissions": scope_text(permissions),
        "made_at": tx.now,
        "expires_at": command.expires_at,
    }
    tx.db.execute(insert(api_client), row)
    return {"clientId": client_id, "clientSecret": secret}
