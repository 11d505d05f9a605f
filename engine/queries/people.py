"""Accounts: who a session, a token or a name stands for, with groups and roles, in one statement."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Connection,
    String,
    bindparam,
    cast,
    literal,
    null,
    select,
    type_coerce,
    union_all,
)

from engine.model.actor import Actor, Role
from engine.store.prepared import Prepared
from engine.store.tables import api_token, membership, person, role_grant, second_factor, session

_ROLES: frozenset[Role] = frozenset(
    ("administrator", "process-owner", "staff", "auditor", "client")
)


@dataclass(slots=True)
class Account:
    """A person or client as identity needs it; never shown to anybody as it is."""

    username: str
    display_name: str
    email: str | None
    password_hash: str | None = field(repr=False)
    active: bool
    locked_until: datetime | None
    clearance: int
    groups: frozenset[str]
    grants: frozenset[tuple[str, str]]  # (role, process id or "")
    csrf: str | None = field(default=None, repr=False)  # of the session it was found by
    idle_at: datetime | None = None  # when that session ends if nobody works in it
    second_factor: bool = False  # whether a code is asked for
    elsewhere: bool = False  # found by a session that an identity provider opened
    one_time_until: datetime | None = None  # of a password that an administrator made
    only: frozenset[str] | None = None  # the permissions of the token it was found by; None: all of the account's

    def actor(self) -> Actor:
        """Who acts when this account does. Membership in a group makes a person staff."""
        roles: set[Role] = {role for role in _ROLES if any(role == g for g, _ in self.grants)}
        if self.groups:
            roles.add("staff")
        return Actor(
            self.username,
            kind="client" if roles == {"client"} else "person",
            roles=frozenset(roles),
            groups=self.groups,
            owned=frozenset(p for role, p in self.grants if role == "process-owner" and p),
            only=self.only,
            clearance=self.clearance,
        )


def account_of(db: Connection, username: str) -> Account | None:
    """The account of this name, active or not."""
    return _account(db, _BY_NAME, {"who": username})[0]


def account_of_session(db: Connection, token_hash: str, now: datetime) -> Account | None:
    """The active account of a session that has not expired."""
    found, key = _account(db, _BY_SESSION, {"hash": token_hash, "now": now})
    if found is None or key is None or not found.active:
        return None
    found.csrf, _, idle_at = key.partition(" ")
    found.idle_at = datetime.fromisoformat(idle_at)
    return found


def account_of_token(db: Connection, token_hash: str, now: datetime) -> Account | None:
    """The active account of an API token that is neither expired nor revoked."""
    found, permissions = _account(db, _BY_TOKEN, {"hash": token_hash, "now": now})
    if found is None or not found.active:
        return None
    found.only = None if permissions is None else frozenset(permissions.split())
    return found


def _statement(who: Any, of_key: Any, issuer: Any) -> Prepared:
    """Rows of (what, a, b, c, d, e, f, g, h, i, j, k): one person with `of_key` and `issuer`, what is known of the key
    by which it was found; then its groups, then its grants."""
    p, empty = person.c, cast(null(), String)
    factor = select(second_factor.c.confirmed_at).where(second_factor.c.username == p.username).scalar_subquery()
    flags = cast(p.active, String)
    statement = union_all(
        select(
            literal("person").label("what"), p.username.label("a"), p.display_name.label("b"),
            p.email.label("c"), p.password_hash.label("d"), flags.label("e"),
            type_coerce(p.locked_until, String).label("f"), of_key.label("g"),
            cast(p.clearance, String).label("h"), type_coerce(factor, String).label("i"), issuer.label("j"),
            type_coerce(p.one_time_until, String).label("k"),
        ).where(p.username.in_(who)),
        select(
            literal("group"), membership.c.group_key,
            empty, empty, empty, empty, empty, empty, empty, empty, empty, empty,
        ).where(membership.c.username.in_(who)),
        select(
            literal("role"), role_grant.c.role, role_grant.c.process_id,
            empty, empty, empty, empty, empty, empty, empty, empty, empty,
        ).where(role_grant.c.username.in_(who)),
    )  # fmt: skip
    return Prepared(statement)


_valid_session = (
    (session.c.token_hash == bindparam("hash"))
    & (session.c.expires_at > bindparam("now"))
    & (session.c.idle_at > bindparam("now"))
)
_valid_token = (
    (api_token.c.token_hash == bindparam("hash"))
    & api_token.c.revoked_at.is_(None)
    & (api_token.c.expires_at.is_(None) | (api_token.c.expires_at > bindparam("now")))
)
_NO_KEY = cast(null(), String)
_BY_NAME = _statement(select(bindparam("who", type_=String)), _NO_KEY, _NO_KEY)
_BY_SESSION = _statement(
    select(session.c.username).where(_valid_session),
    # one text, as each of the other keys gives one
    select(session.c.csrf + " " + type_coerce(session.c.idle_at, String)).where(_valid_session).scalar_subquery(),
    select(session.c.issuer).where(_valid_session).scalar_subquery(),
)
_BY_TOKEN = _statement(
    select(api_token.c.username).where(_valid_token),
    select(api_token.c.permissions).where(_valid_token).scalar_subquery(),
    _NO_KEY,
)


def _account(db: Connection, statement: Prepared, values: dict[str, Any]) -> tuple[Account | None, str | None]:
    rows = statement.rows(db, values)
    found = next((row for row in rows if row[0] == "person"), None)
    if found is None:
        return None, None
    (
        _,
        username,
        display_name,
        email,
        password_hash,
        active,
        locked_until,
        of_key,
        clearance,
        factor,
        issuer,
        one_time,
    ) = found
    account = Account(
        username,
        display_name,
        email,
        password_hash,
        active in ("1", "true"),
        None if locked_until is None else datetime.fromisoformat(locked_until),
        int(clearance),
        frozenset(row[1] for row in rows if row[0] == "group"),
        frozenset((row[1], row[2]) for row in rows if row[0] == "role"),
        second_factor=factor is not None,
        elsewhere=issuer is not None,
        one_time_until=None if one_time is None else datetime.fromisoformat(one_time),
    )
    return account, of_key
