"""What opens an account besides its password: sessions, tokens, clients. Never the secrets themselves."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from engine.model.actor import Actor
from engine.policy.permissions import Facts, require
from engine.store.tables import api_client, api_token, moment_text, session

MOST = 1000  # the newest; more of one account is an accident, and ended all at once


def sessions_of(db: Connection, actor: Actor, username: str) -> list[dict[str, Any]]:
    """The sessions of an account, newest first. Raises Forbidden."""
    require(actor, "session:manage", Facts(person=username))
    mine = select(session).where(session.c.username == username)
    return [
        {
            "sessionId": row.token_hash,
            "madeAt": moment_text(row.made_at),
            "expiresAt": moment_text(row.expires_at),
            "agent": row.agent,
        }
        for row in db.execute(mine.order_by(session.c.made_at.desc(), session.c.token_hash).limit(MOST))
    ]


def tokens_of(db: Connection, actor: Actor, username: str) -> list[dict[str, Any]]:
    """The tokens of an account that were made by hand, newest first. Raises Forbidden."""
    require(actor, "token:manage", Facts(person=username))
    mine = select(api_token).where(api_token.c.username == username, api_token.c.client_id.is_(None))
    rows = db.execute(mine.order_by(api_token.c.made_at.desc(), api_token.c.token_hash).limit(MOST))
    return [{"tokenId": row.token_hash} | _told(row) for row in rows]


def clients_of(db: Connection, actor: Actor, username: str) -> list[dict[str, Any]]:
    """The clients that act as an account, newest first. Raises Forbidden."""
    require(actor, "token:manage", Facts(person=username))
    mine = select(api_client).where(api_client.c.username == username)
    rows = db.execute(mine.order_by(api_client.c.made_at.desc(), api_client.c.client_id).limit(MOST))
    return [{"clientId": row.client_id} | _told(row) for row in rows]


def _told(row: Any) -> dict[str, Any]:
    return {
        "name": row.name,
        "permissions": None if row.permissions is None else row.permissions.split(),
        "madeAt": moment_text(row.made_at),
        "expiresAt": None if row.expires_at is None else moment_text(row.expires_at),
        "revokedAt": None if row.revoked_at is None else moment_text(row.revoked_at),
    }
