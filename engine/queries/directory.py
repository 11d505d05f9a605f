"""The directory: groups and people, for those who are signed in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, String, cast, null, select

from engine.model.actor import Actor
from engine.model.manual import Words
from engine.policy.permissions import Facts, require
from engine.queries.noun import Field, Noun
from engine.queries.search import Search, search
from engine.store.tables import group_, person

_nothing = cast(null(), String)
GROUP = Noun(
    "Group",
    group_,
    "groupId",
    {
        "groupId": Field(group_.c.key, "string"),
        "name": Field(group_.c.th, "string"),
        "description": Field(_nothing, "string", nullable=True, filterable=False, sortable=False),
        "nameEn": Field(group_.c.en, "string"),
        "kind": Field(group_.c.kind, "string"),
        "parent": Field(group_.c.parent, "string", nullable=True),
        "headOf": Field(group_.c.head_of, "string", nullable=True),
    },
)
USER = Noun(
    "User",
    person,
    "username",
    {
        "username": Field(person.c.username, "string"),
        "name": Field(person.c.display_name, "string", nullable=True),
        "email": Field(person.c.email, "string", nullable=True, filterable=False, sortable=False),
    },
)


def search_groups(db: Connection, actor: Actor, request: Search) -> dict[str, Any]:
    """Units, committees and positions."""
    require(actor, "people:read", Facts())
    return search(db, GROUP, request)


def search_users(db: Connection, actor: Actor, request: Search) -> dict[str, Any]:
    """The active accounts; mail addresses only to administrators."""
    require(actor, "people:read", Facts())
    found = search(db, USER, request, person.c.active)
    if "administrator" not in actor.roles and not actor.is_system:
        for item in found["items"]:
            item["email"] = None
    return found


def names_of(db: Connection, actor: Actor, usernames: Sequence[str]) -> list[dict[str, Any]]:
    """{username, name, active} of each account with one of these user names, deactivated ones too: what they did stays
    to be read under their names. Accounts that do not exist, or were erased, are left out."""
    require(actor, "people:read", Facts())
    asked = select(person.c.username, person.c.display_name, person.c.active).where(person.c.username.in_(usernames))
    rows = db.execute(asked.order_by(person.c.username))
    return [{"username": r.username, "name": r.display_name, "active": r.active} for r in rows]


def group_names(db: Connection, actor: Actor) -> dict[str, Words]:
    """What every group is called, by its key."""
    require(actor, "people:read", Facts())
    return {row.key: Words(row.th, row.en) for row in db.execute(select(group_.c.key, group_.c.th, group_.c.en))}
