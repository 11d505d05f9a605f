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
from engine.errors import Forbidden, InvalidArgument, NotFound
from engine.policy.permissions import Facts, narrowed
from engine.store.tables import api_token, membership, person, role_grant


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
        return told_of(self.username, self.name, self.permissions, self.expires_at)


def told_of(
    username: str, name: str, permissions: frozenset[str] | None, expires_at: datetime | None
) -> dict[str, Any]:
    """What the audit log says of a token or a client: no secret of it."""
    return {
        "username": username,
        "name": name,
        "permissions": None if permissions is None else sorted(permissions),
        "expiresAt": None if expires_at is None else expires_at.isoformat(),
    }


def check_grant(
    tx: Transaction, username: str, expires_at: datetime | None, permissions: frozenset[str] | None
) -> frozenset[str] | None:
    """The permissions that a new token or client of this account gets.

    Raises InvalidArgument for an end in the past, NotFound for an unknown or inactive account, Forbidden for that
    of another person (an administrator manages people and does not act as them), and what `narrowed` raises.
    """
    if expires_at is not None and expires_at <= tx.now:
        raise InvalidArgument("it would have expired already")
    active = tx.db.execute(select(person.c.active).where(person.c.username == username)).scalar_one_or_none()
    if not active:
        raise NotFound(username=username)
    if username != tx.actor.name and not tx.actor.is_system and not _is_client(tx, username):
        raise Forbidden("a key acts as its account: people make their own, others those of clients")
    return narrowed(tx.actor, permissions)


def _is_client(tx: Transaction, username: str) -> bool:
    """Whether the account is a program's: it has the role client and no other, and is in no group."""
    roles = tx.db.execute(select(role_grant.c.role).where(role_grant.c.username == username)).scalars().all()
    grouped = tx.db.execute(select(membership.c.username).where(membership.c.username == username)).first()
    return set(roles) == {"client"} and grouped is None


def _target(command: MakeToken, _tx: Transaction) -> Target:
    return Target(Facts(person=command.username))


_EVENT = OfService("token-made", lambda _, answer: answer["tokenId"])


@handles(MakeToken, permission="token:manage", event=_EVENT, target=_target)
def _act(command: MakeToken, _found: Target, tx: Transaction) -> dict[str, Any]:
    """Answer {token, tokenId}. Raises what `check_grant` raises."""
    permissions = check_grant(tx, command.username, command.expires_at, command.permissions)
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
