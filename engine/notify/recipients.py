"""Who is meant by the words of a diagram: performer, group, head, role:<key>, a group's key, a person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from engine.store.tables import group_, membership


@dataclass(frozen=True, slots=True)
class Recipient:
    """A person (`user`) or everybody in a group (`group`)."""

    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Parties:
    """Who has to do with tasks: who has them (`people`), for whom those are that nobody has (`free_groups`,
    `free_users`), the candidate groups of all of them, and the unit that owns the process."""

    people: Sequence[str] = ()
    free_groups: Sequence[str] = ()
    free_users: Sequence[str] = ()
    groups: Sequence[str] = ()
    owner_unit: str | None = None


def performers(parties: Parties) -> list[Recipient]:
    """The assignees; of a task that has none, every candidate."""
    users = dict.fromkeys([*parties.people, *parties.free_users])
    return [Recipient("group", g) for g in parties.free_groups] + [Recipient("user", u) for u in users]


def resolve(db: Connection, words: Iterable[str], parties: Parties) -> list[Recipient]:
    """The recipients that the words mean, each once.

    `head` are the positions that head the units of the tasks (of who has them, where they have no candidate groups):
    of a position its unit, and of the head of a unit the unit above. Without one, those that head the process's owner
    unit; without one, the owner unit itself.
    """
    found: list[Recipient] = []
    for word in words:
        if word == "performer":
            found += performers(parties)
        elif word == "group":
            found += [Recipient("group", g) for g in parties.groups] or performers(parties)
        elif word == "head":
            groups = parties.groups or _groups_of(db, parties.people)
            found += heads_of(db, groups) or heads_of(db, [parties.owner_unit or ""]) or _owner(parties)
        else:
            found += named(db, [word.removeprefix("role:")])
    return list(dict.fromkeys(found))


def named(db: Connection, names: Iterable[str]) -> list[Recipient]:
    """Keys of groups, else names of persons."""
    wanted = list(dict.fromkeys(names))
    known = set(db.execute(select(group_.c.key).where(group_.c.key.in_(wanted))).scalars())
    return [Recipient("group" if n in known else "user", n) for n in wanted]


def heads_of(db: Connection, groups: Sequence[str]) -> list[Recipient]:
    """The positions that head what these groups belong to, themselves not among them."""
    g, above = group_.c, group_.alias()
    query = select(g.key, g.kind, g.parent, g.head_of, above.c.parent.label("over"))
    known = db.execute(query.outerjoin(above, above.c.key == g.parent).where(g.key.in_(list(groups)))).all()
    units = {row.key: row.over if row.head_of == row.parent else row.parent for row in known if row.kind == "position"}
    wanted = dict.fromkeys(units.get(key, key) for key in groups)
    found = select(g.key).where(g.head_of.in_([unit for unit in wanted if unit]), g.key.not_in(list(groups)))
    return [Recipient("group", key) for key in db.execute(found.order_by(g.key)).scalars()]


def _groups_of(db: Connection, people: Sequence[str]) -> list[str]:
    m = membership.c
    return list(db.execute(select(m.group_key).where(m.username.in_(list(people))).order_by(m.group_key)).scalars())


def _owner(parties: Parties) -> list[Recipient]:
    return [Recipient("group", parties.owner_unit)] if parties.owner_unit else performers(parties)
