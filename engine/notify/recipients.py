"""Who is meant by the words of a diagram: performer, group, head, role:<key>, a group's key, a person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from engine.store.tables import group_


@dataclass(frozen=True, slots=True)
class Recipient:
    """A person (`user`) or everybody in a group (`group`)."""

    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Parties:
    """Who has to do with a task."""

    assignee: str | None = None
    groups: Sequence[str] = ()
    users: Sequence[str] = ()
    owner_unit: str | None = None


def performers(parties: Parties) -> list[Recipient]:
    """The assignee; while there is none, every candidate."""
    if parties.assignee is not None:
        return [Recipient("user", parties.assignee)]
    return [Recipient("group", g) for g in parties.groups] + [Recipient("user", u) for u in parties.users]


def resolve(db: Connection, word: str, parties: Parties) -> list[Recipient]:
    """The recipients that one word means.

    `head` are the positions that head a candidate unit; without one, those that head the process's
    owner unit; without one, the owner unit itself.
    """
    if word == "performer":
        return performers(parties)
    if word == "group":
        return [Recipient("group", g) for g in parties.groups] or performers(parties)
    if word == "head":
        return _heads(db, parties.groups) or _heads(db, [parties.owner_unit or ""]) or _owner(parties)
    return named(db, [word.removeprefix("role:")])


def named(db: Connection, names: Iterable[str]) -> list[Recipient]:
    """Keys of groups, else names of persons."""
    wanted = list(dict.fromkeys(names))
    known = set(db.execute(select(group_.c.key).where(group_.c.key.in_(wanted))).scalars())
    return [Recipient("group" if n in known else "user", n) for n in wanted]


def _heads(db: Connection, units: Sequence[str]) -> list[Recipient]:
    query = select(group_.c.key).where(group_.c.head_of.in_(list(units))).order_by(group_.c.key)
    return [Recipient("group", key) for key in db.execute(query).scalars()]


def _owner(parties: Parties) -> list[Recipient]:
    return [Recipient("group", parties.owner_unit)] if parties.owner_unit else performers(parties)
