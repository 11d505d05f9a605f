"""Tokens and clients of all accounts in one list: what programs get in with. Never the secrets themselves."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, literal, select, union_all

from engine.model.actor import Actor
from engine.policy.permissions import Facts, require
from engine.queries.noun import Field, Noun
from engine.queries.search import Search, search
from engine.store.tables import api_client as c
from engine.store.tables import api_token as t

PERMISSION = "people:manage"
_COMMON = ("username", "name", "permissions", "made_at", "expires_at", "revoked_at")
_KEYS = union_all(
    # those issued to clients last an hour, and go with their client
    select(t.c.token_hash.label("id"), literal("TOKEN").label("kind"), *(t.c[name] for name in _COMMON)).where(
        t.c.client_id.is_(None)
    ),
    select(c.c.client_id, literal("CLIENT"), *(c.c[name] for name in _COMMON)),
).subquery("api_key")
_k = _KEYS.c
API_KEY = Noun(
    "ApiKey",
    _KEYS,
    "apiKeyId",
    {
        "apiKeyId": Field(_k.id, "string"),
        "kind": Field(_k.kind, "enum"),
        "username": Field(_k.username, "string"),
        "name": Field(_k.name, "string"),
        "permissions": Field(_k.permissions, "string", nullable=True, filterable=False, sortable=False),
        "madeAt": Field(_k.made_at, "moment"),
        "expiresAt": Field(_k.expires_at, "moment", nullable=True),
        "revokedAt": Field(_k.revoked_at, "moment", nullable=True),
    },
)


def search_api_keys(db: Connection, actor: Actor, request: Search) -> dict[str, Any]:
    """Those of every account, also expired and revoked ones, the newest first unless the search says otherwise;
    `permissions` as a list, None without a bound. Raises Forbidden, InvalidArgument."""
    require(actor, PERMISSION, Facts())
    newest = [{"field": "madeAt", "order": "DESC"}]
    found = search(db, API_KEY, Search(request.filter, request.sort or newest, request.page))
    for item in found["items"]:
        item["permissions"] = None if item["permissions"] is None else item["permissions"].split()
    return found
