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

from sqlalchemy import delete, insert, update

from engine.commands.keep_session import IDLE
from engine.commands.registry import NO_INSTANCE, Target, handles
from engine.commands.second_factor import has_factor, lock_account
from engine.commands.transaction import Transaction
from engine.errors import Unauthorized
from engine.model.audit import ServiceEvent
from engine.store.tables import person, session, sign_in_step

SESSION_LIFETIME = timedelta(hours=12)
STEP_LIFETIME = timedelta(minutes=5)
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


@handles(SignIn, permission="session:open", event=NO_INSTANCE)
def _act(command: SignIn, _target: Target, tx: Transaction) -> dict[str, Any]:
    """Answer {token, csrfToken, expiresAt} of a session or, for an account with a second factor, {step} for
    SignInWithCode; neither token is stored anywhere. Raises Unauthorized."""
    row = lock_account(tx, command.username, command.proof)
    if row.locked_until is not None and row.locked_until > tx.now:
        raise Unauthorized()
    if has_factor(tx, command.username):
        # the wrong ones stay counted until the code was right, too: else the password alone would forgive wrong codes
        return {"step": _ask_for_code(tx, command)}
    forgive_failures(tx, command.username)
    opened = open_session(tx, command.username, command.agent)
    del opened["tokenHash"]
    tx.service_events.append(ServiceEvent("signed-in", command.username, by=command.username))
    return opened


def forgive_failures(tx: Transaction, username: str) -> None:
    """Somebody proved to be this person: what went wrong before counts no more."""
    mine = person.c.username == username
    tx.db.execute(update(person).where(mine).values(failed_sign_ins=0, locked_until=None))


def _ask_for_code(tx: Transaction, command: SignIn) -> str:
    mine = sign_in_step.c.username == command.username
    tx.db.execute(delete(sign_in_step).where(mine, sign_in_step.c.expires_at <= tx.now))
    token = secrets.token_urlsafe(32)
    row = {
        "token_hash": token_hash(token),
        "username": command.username,
        "proof_hash": token_hash(command.proof),
        "made_at": tx.now,
        "expires_at": tx.now + STEP_LIFETIME,
    }
    tx.db.execute(insert(sign_in_step), row)
    tx.service_events.append(ServiceEvent("code-asked", command.username, by=command.username))
    return token


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
