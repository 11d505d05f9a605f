"""What opens an account besides its password: sessions, tokens and clients, listed, made and ended."""

from __future__ import annotations

from typing import Any

from flask import request

from api.blueprint import Room, argument_doc
from api.context import actor, read, run_secret
from api.cookies import SESSION, given
from api.schemas.credentials import (
    ClientAnswer,
    ClientList,
    SessionList,
    TokenAnswer,
    TokenBody,
    TokenList,
)
from engine.commands.add_client import AddClient
from engine.commands.end_sessions import EndSession, EndSessions
from engine.commands.make_token import MakeToken
from engine.commands.revoke_client import RevokeClient
from engine.commands.revoke_token import RevokeToken
from engine.commands.sign_in import token_hash
from engine.errors import InvalidArgument
from engine.queries.credentials import clients_of, sessions_of, tokens_of

blp = Room("credentials", __name__, url_prefix="/v2", description="Sessions, tokens and clients of an account")
SESSIONS, TOKENS = "session:manage", "token:manage"


@blp.operation("GET", "/users/<string:username>/sessions", permission=SESSIONS, returns=SessionList)
def list_sessions(username: str) -> dict[str, Any]:
    """The sessions of oneself or, for an administrator, of anybody."""
    current = token_hash(given(SESSION))
    return {"items": [item | {"current": item["sessionId"] == current} for item in read(sessions_of, username)]}


@blp.operation(
    "DELETE",
    "/users/<string:username>/sessions",
    permission=SESSIONS,
    status=204,
    errors=(400, 404),
    parameters=[argument_doc("others", "boolean", "true: the session of this request goes on")],
)
def end_all(username: str) -> None:
    """End every session of the account, or all but that of this request."""
    others = request.args.get("others", "false")
    if others not in ("true", "false"):
        raise InvalidArgument("others is true or false")
    run_secret(EndSessions(username, token_hash(given(SESSION)) if others == "true" else ""))


@blp.operation("DELETE", "/sessions/<string:session_id>", permission=SESSIONS, status=204, errors=(400, 404))
def end_one(session_id: str) -> None:
    """End one session."""
    run_secret(EndSession(session_id))


@blp.operation("GET", "/users/<string:username>/tokens", permission=TOKENS, returns=TokenList)
def list_tokens(username: str) -> dict[str, Any]:
    """The tokens of oneself or, for an administrator, of anybody; those issued to clients are not listed."""
    return {"items": read(tokens_of, username)}


@blp.operation("POST", "/tokens", permission=TOKENS, body=TokenBody, returns=TokenAnswer, status=201, errors=(404,))
def make_token(body: dict[str, Any]) -> Any:
    """Make an API token, for oneself or, as an administrator, for a program; it is shown this once."""
    return run_secret(MakeToken(body["username"] or actor().id, body["name"], body["expiresAt"], _scope(body)))


@blp.operation("DELETE", "/tokens/<string:token_id>", permission=TOKENS, status=204, errors=(400, 404))
def revoke_token(token_id: str) -> None:
    """Revoke an API token."""
    run_secret(RevokeToken(token_id))


@blp.operation("GET", "/users/<string:username>/clients", permission=TOKENS, returns=ClientList)
def list_clients(username: str) -> dict[str, Any]:
    """The clients that act as oneself or, for an administrator, as anybody."""
    return {"items": read(clients_of, username)}


@blp.operation("POST", "/clients", permission=TOKENS, body=TokenBody, returns=ClientAnswer, status=201, errors=(404,))
def add_client(body: dict[str, Any]) -> Any:
    """Add a client of oneself or, as an administrator, of a program; it gets its tokens at `/oauth/token`, its secret
    is shown this once."""
    return run_secret(AddClient(body["username"] or actor().id, body["name"], _scope(body), body["expiresAt"]))


@blp.operation("DELETE", "/clients/<string:client_id>", permission=TOKENS, status=204, errors=(400, 404))
def revoke_client(client_id: str) -> None:
    """Revoke a client and every token issued to it."""
    run_secret(RevokeClient(client_id))


def _scope(body: dict[str, Any]) -> frozenset[str] | None:
    return None if body["permissions"] is None else frozenset(body["permissions"])
