"""Who may see a change: found out once per change, then compared with every listener in memory."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, String, cast, literal, select, union

from engine.model.actor import Actor
from engine.queries.visibility import sees_everything
from engine.store.tables import calendar_change
from engine.store.tables import deadline_overseer as o
from engine.store.tables import notification as n
from engine.store.tables import process_instance as pi
from engine.store.tables import task_candidate as tc
from engine.store.tables import user_task as t


@dataclass(frozen=True, slots=True)
class Audience:
    """Who takes part in a case: the same people as in visibility.takes_part."""

    process_id: str
    people: frozenset[str]
    groups: frozenset[str]
    access_class: int = 0

    def includes(self, actor: Actor) -> bool:
        """Whether the actor may see what happens in the case."""
        if not actor.is_system and self.access_class > actor.clearance:
            return False
        by_group, within = bool(self.groups & actor.groups), actor.within
        if within is not None and within.kind == "group":
            return by_group
        part = actor.name in self.people or by_group
        if within is not None:
            return part and self.process_id in within.names
        return part or sees_everything(actor) or actor.owns(self.process_id)


@dataclass(frozen=True, slots=True)
class Told:
    """Who was told something: the same people as in visibility.told, as far as they are cleared."""

    people: frozenset[str]
    groups: frozenset[str]
    access_class: int

    def includes(self, actor: Actor) -> bool:
        """Whether the actor's bell shows it."""
        if actor.within is not None or (not actor.is_system and self.access_class > actor.clearance):
            return False
        return actor.name in self.people or bool(self.groups & actor.groups)


def told_to(db: Connection, to: Iterable[tuple[str, str]], instance_key: int | None) -> tuple[dict[str, Any], Told]:
    """Of a notification its listeners are told nothing but that they have one; `to` are (user or group, name)."""
    names: dict[str, set[str]] = {"user": set(), "group": set()}
    for kind, name in to:
        names[kind].add(name)
    level = db.execute(select(pi.c.access_class).where(pi.c.key == instance_key)).scalar() or 0
    return {}, Told(frozenset(names["user"]), frozenset(names["group"]), level)


@dataclass(frozen=True, slots=True)
class Everybody:
    """Whoever works here: what it is about is no case."""

    def includes(self, actor: Actor) -> bool:
        """Whether the account may do anything at all."""
        return bool(actor.roles)


def change_of_calendar(db: Connection, key: int) -> tuple[dict[str, Any], Everybody] | None:
    """How far a change of a calendar is."""
    c = calendar_change.c
    row = db.execute(select(c.state, c.total, c.done, c.moved).where(c.key == key)).one_or_none()
    if row is None:
        return None
    told = {"calendarChangeKey": str(key), "state": row.state, "total": row.total, "done": row.done, "moved": row.moved}
    return told, Everybody()


def change_of_task(db: Connection, key: int) -> tuple[dict[str, Any], Audience] | None:
    """What listeners are told of a user task, and who may be; None when there is no such task."""
    c = t.c
    query = select(c.key, c.state, c.assignee, c.candidate_groups, c.process_instance_key).where(c.key == key)
    row = db.execute(query).one_or_none()
    if row is None:
        return None
    told = {
        "userTaskKey": str(row.key),
        "state": row.state,
        "assignee": row.assignee,
        "candidateGroups": row.candidate_groups,
    }
    audience = _audience(db, row.process_instance_key)
    return None if audience is None else (told, audience)


def presence_at_task(db: Connection, key: int) -> tuple[dict[str, Any], Audience] | None:
    """Who has a task's page open is another now: listeners are told of which task alone."""
    found = change_of_task(db, key)
    return None if found is None else ({"userTaskKey": str(key)}, found[1])


def change_of_instance(db: Connection, key: int) -> tuple[dict[str, Any], Audience] | None:
    """As change_of_task, for a process instance."""
    audience = _audience(db, key)
    return None if audience is None else ({"processInstanceKey": str(key)}, audience)


def _audience(db: Connection, instance_key: int) -> Audience | None:
    mine = t.c.process_instance_key == instance_key
    rows = db.execute(
        union(
            select(tc.c.kind, tc.c.name).where(tc.c.process_instance_key == instance_key),
            select(literal("user"), t.c.assignee).where(mine, t.c.assignee.is_not(None)),
            select(literal("user"), t.c.completed_by).where(mine, t.c.completed_by.is_not(None)),
            select(n.c.recipient_kind, n.c.recipient).where(n.c.process_instance_key == instance_key),
            select(literal("group"), o.c.group_key).where(o.c.process_instance_key == instance_key),
            select(literal("user"), pi.c.started_by).where(pi.c.key == instance_key),
            select(literal("process"), pi.c.process_id).where(pi.c.key == instance_key),
            select(literal("class"), cast(pi.c.access_class, String)).where(pi.c.key == instance_key),
        )
    ).all()
    named: dict[str, set[str]] = {"user": set(), "group": set(), "process": set(), "class": set()}
    for kind, name in rows:
        named[kind].add(name)
    if not named["process"]:
        return None
    people, groups = frozenset(named["user"]), frozenset(named["group"])
    return Audience(named["process"].pop(), people, groups, int(named["class"].pop()))
