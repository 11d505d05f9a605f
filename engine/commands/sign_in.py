"""Sign in: open a session for a person whose password was verified a moment ago.

The password is verified outside any transaction, because argon2 would hold the writer's lock for
tens of milliseconds. What was verified comes in as `proof`; here it is compared again under lock.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, insert, select, update

from engine.commands.keep_session import IDLE
from engine.commands.registry import OfService, Target, handles
from engine.commands.transaction import Transaction
from engine.errors import Unauthorized
from engine.store.tables import person, session

SESSION_LIFETIME = timedelta(hours=12)
LONGEST_AGENT = 256


@dataclass(frozen=True, slots=True)
class SignIn:
    """Open a session. `proof` is the stored hash that the given password was found to fit; `agent` is what the
    browser calls itself, by which people know their sessions apart."""

    username: str
    proof: str = field(repr=False)
    agent: str = ""


def token_hash(token: str) -> str:
    """How a random token (of a session or of the API) is stored: its SHA-256."""
    return hashlib.sha256(token.encode()).hexdigest()


_EVENT = OfService("signed-in", lambda command, _: command.username, proven=True)


@handles(SignIn, permission="session:open", event=_EVENT)
def _act(command: SignIn, _target: Target, tx: Transaction) -> dict[str, Any]:
    """Answer {token, csrfToken, expiresAt}; the token is stored nowhere. Raises Unauthorized."""
    row = tx.db.execute(select(person).where(person.c.username == command.username).with_for_update()).one_or_none()
    locked = row is not None and row.locked_until is not None and row.locked_until > tx.now
    if row is None or not row.active or locked or row.password_hash != command.proof:
        raise Unauthorized()
    tx.db.execute(
        update(person).where(person.c.username == command.username).values(failed_sign_ins=0, locked_until=None)
    )
    opened = open_session(tx, command.username, command.agent)
    del opened["tokenHash"]
    return opened


def open_session(tx: Transaction, username: str, agent: str) -> dict[str, Any]:
    """A new session of an account that proved itself: {token, tokenHash, csrfToken, expiresAt}."""
    tx.db.execute(delete(session).where(session.c.username == username, session.c.expires_at <= tx.now))
    token, csrf = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    expires = tx.now + SESSION_LIFETIME
    row = {
        "token_hash": token_hash(token),
        "username": username,
        "csrf": csrf,
        "made_at": tx.now,
        "expires_at": expires,
        "idle_at": tx.now + IDLE,
        "agent": agent[:LONGEST_AGENT],
    }
    tx.db.execute(insert(session), row)
    return {"token": token, "tokenHash": row["token_hash"], "csrfToken": csrf, "expiresAt": expires.isoformat()}
