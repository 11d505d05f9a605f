"""Accounts as an administrator sees them: all of them, where they belong, and what they may do and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, get_args

from sqlalchemy import ColumnElement, Connection, case, func, select

from engine.errors import InvalidArgument, NotFound
from engine.model.access import SHOWN
from engine.model.actor import Actor, Role
from engine.policy.explained import explain
from engine.policy.permissions import Facts, require
from engine.queries.noun import Context, Field, Noun, Special, truth
from engine.queries.people import account_of
from engine.queries.search import Search, search
from engine.queries.tasks import open_tasks_of
from engine.store.tables import external_identity, group_, membership, person, role_grant, second_factor

PERMISSION = "people:manage"
MOST_TASKS = 1_000
_p = person.c


def _in_group(value: Any, _context: Context) -> ColumnElement[bool]:
    if not isinstance(value, str):
        raise InvalidArgument("filter: groupId is the key of a group")
    m = membership.c
    return select(m.username).where(m.username == _p.username, m.group_key == value).exists()


def _has_role(value: Any, _context: Context) -> ColumnElement[bool]:
    if value not in get_args(Role) or value == "staff":
        raise InvalidArgument("filter: role is administrator, process-owner, auditor or client")
    return select(role_grant.c.role).where(role_grant.c.username == _p.username, role_grant.c.role == value).exists()


_f = second_factor.c
_FACTOR = select(_f.username).where(_f.username == _p.username, _f.confirmed_at.is_not(None)).exists()
_SPECIALS: Mapping[str, Special] = {"groupId": _in_group, "role": _has_role}
ACCOUNT = Noun(
    "Account",
    person,
    "username",
    {
        "username": Field(_p.username, "string"),
        "name": Field(_p.display_name, "string"),
        "email": Field(_p.email, "string", nullable=True),
        "active": Field(_p.active, "boolean"),
        "clearance": Field(case(dict(enumerate(SHOWN)), value=_p.clearance), "enum"),
        "hasPassword": Field(truth(_p.password_hash.is_not(None)), "boolean"),
        "hasSecondFactor": Field(truth(_FACTOR), "boolean", sortable=False),
        "oneTimeUntil": Field(_p.one_time_until, "moment", nullable=True),
        "lockedUntil": Field(_p.locked_until, "moment", nullable=True),
        "rev": Field(_p.rev, "integer", filterable=False, sortable=False),
    },
    specials=_SPECIALS,
    described={
        "groupId": "members of the unit, committee or position with this key",
        "role": "who has this role: administrator, process-owner, auditor or client",
    },
)


def search_accounts(db: Connection, actor: Actor, request: Search) -> dict[str, Any]:
    """Every account, active or not; by name unless the search says otherwise. Raises Forbidden, InvalidArgument."""
    require(actor, PERMISSION, Facts())
    return search(db, ACCOUNT, Search(request.filter, request.sort or [{"field": "name"}], request.page))


def get_account(db: Connection, actor: Actor, username: str, now: datetime) -> dict[str, Any]:
    """One account with groups, roles, the providers that know it, open tasks that the actor may hand over (at most
    MOST_TASKS) and permissions with their reasons. Raises Forbidden, NotFound."""
    require(actor, PERMISSION, Facts())
    found = ACCOUNT.one(db, _p.username == username)
    account = account_of(db, username)
    if found is None or account is None:
        raise NotFound(username=username)
    locked = account.locked_until is not None and account.locked_until > now
    issuers = select(external_identity.c.issuer).where(external_identity.c.username == username)
    return found | {
        "lockedUntil": found["lockedUntil"] if locked else None,
        "groups": _groups(db, username),
        "roles": [{"role": role, "processDefinitionId": process or None} for role, process in sorted(account.grants)],
        "issuers": list(db.execute(issuers.order_by(external_identity.c.issuer)).scalars()),
        "openTasks": len(open_tasks_of(db, actor, username, MOST_TASKS)),
        "permissions": told(account.actor()),
    }


def _groups(db: Connection, username: str) -> list[dict[str, Any]]:
    g = group_.c
    joined = membership.join(group_, g.key == membership.c.group_key)
    mine = select(g.key, g.th, g.en, g.kind).select_from(joined).where(membership.c.username == username)
    rows = db.execute(mine.order_by(g.kind.desc(), g.th, g.key))
    return [{"groupId": r.key, "name": r.th, "nameEn": r.en, "kind": r.kind} for r in rows]


def told(actor: Actor) -> list[dict[str, Any]]:
    """What an actor may, and why: {permission, reasons: [{kind, name}]}."""
    return [
        {"permission": permission, "reasons": [{"kind": reason.kind, "name": reason.name} for reason in reasons]}
        for permission, reasons in explain(actor).items()
    ]


def list_roles(db: Connection, actor: Actor) -> list[dict[str, Any]]:
    """Each role with what it gives by itself, and how many active accounts have it. Raises Forbidden."""
    require(actor, "people:read", Facts())
    r = role_grant.c
    held = role_grant.join(person, _p.username == r.username)
    counted = select(r.role, func.count(func.distinct(r.username))).select_from(held).where(_p.active).group_by(r.role)
    counts: dict[str, int] = {row[0]: row[1] for row in db.execute(counted)}
    members = select(func.count(func.distinct(membership.c.username)))
    counts["staff"] = db.execute(
        members.select_from(membership.join(person, _p.username == membership.c.username)).where(_p.active)
    ).scalar_one()
    return [{"role": role, "accounts": counts.get(role, 0), "permissions": _of_role(role)} for role in get_args(Role)]


def _of_role(role: Role) -> list[str]:
    owned = frozenset({"*"}) if role == "process-owner" else frozenset[str]()
    given = explain(replace(Actor("me", roles=frozenset({role})), owned=owned))
    return [permission for permission, reasons in given.items() if any(r.kind != "relation" for r in reasons)]
