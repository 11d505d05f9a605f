"""Substitutions: who stands in for whom, and as whom a substitute acts."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, or_, select

from engine.errors import InvalidArgument, NoSubstitute
from engine.model.actor import Actor, Role, Within
from engine.policy.permissions import Facts, require
from engine.queries.noun import Field, Noun
from engine.queries.people import account_of
from engine.queries.search import Search, search
from engine.queries.visibility import sees_everything
from engine.store.heads import groups_headed
from engine.store.tables import membership
from engine.store.tables import substitution as s

SUBSTITUTION = Noun(
    "Substitution",
    s,
    "substitutionKey",
    {
        "substitutionKey": Field(s.c.key, "key"),
        "absent": Field(s.c.absent, "string"),
        "substitute": Field(s.c.substitute, "string"),
        "scope": Field(s.c.scope, "string"),
        "scopeName": Field(s.c.scope_name, "string"),
        "startDate": Field(s.c.starts_at, "moment"),
        "endDate": Field(s.c.ends_at, "moment"),
        "enteredBy": Field(s.c.entered_by, "string"),
        "enteredAt": Field(s.c.entered_at, "moment"),
        "endedBy": Field(s.c.ended_by, "string", nullable=True),
    },
)


def search_substitutions(db: Connection, actor: Actor, request: Search, now: datetime) -> dict[str, Any]:
    """The entries that concern the actor: as absent, as substitute, as who entered them, as head of the absent
    person's unit; all to administrators and auditors. The filter `active` (true or false) is whether one holds now.
    Raises InvalidArgument."""
    require(actor, "substitution:read", Facts())
    wanted = dict(request.filter)
    active = wanted.pop("active", None)
    where = [_concerns(db, actor)]
    if active is not None:
        if not isinstance(active, bool):
            raise InvalidArgument("filter: active is true or false")
        holds = (s.c.starts_at <= now) & (s.c.ends_at > now)
        where.append(holds if active else ~holds)
    return search(db, SUBSTITUTION, Search(wanted, request.sort, request.page), *where)


def _concerns(db: Connection, actor: Actor) -> ColumnElement[bool]:
    if sees_everything(actor):
        return s.c.key == s.c.key
    mine = [column == actor.id for column in (s.c.absent, s.c.substitute, s.c.entered_by)]
    headed = groups_headed(db, actor.groups)
    members = select(membership.c.username).where(membership.c.group_key.in_(sorted(headed)))
    return or_(*mine, s.c.absent.in_(members))


def acting_for(db: Connection, actor: Actor, absent: str, now: datetime) -> Actor:
    """The actor in the name of an absent person: with the groups of that person, as member of the staff and nothing
    more, within what the entries say that hold now. What the absent person does for others is not handed on.

    Raises NoSubstitute, also when there is no such person.
    """
    holds = (s.c.starts_at <= now) & (s.c.ends_at > now)
    query = select(s.c.scope, s.c.scope_name).where(s.c.absent == absent, s.c.substitute == actor.id, holds)
    entries = db.execute(query).all()
    account = account_of(db, absent) if entries else None
    if account is None or not account.active:
        raise NoSubstitute()
    scope, names = entries[0].scope, frozenset(entry.scope_name for entry in entries)
    groups = account.groups & names if scope == "group" else account.groups
    within = None if scope == "all" else Within(scope, names)
    staff = frozenset[Role](("staff",))
    acting = Actor(actor.id, actor.kind, staff, groups, on_behalf_of=absent, only=actor.only, within=within)
    # nobody is cleared by standing in for somebody
    return replace(acting, clearance=actor.clearance, at_pages=actor.at_pages)
