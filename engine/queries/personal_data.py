"""Find a person's data: the account, the cases that are about the person, and every other place. Only where, not what.

Who answers a person's request need not be somebody who reads cases: the answer names cases and fields, not what they
hold. It covers every case, so it is for who is cleared for the highest class that a case has.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson
from sqlalchemy import Connection, Table, func, or_, select

from engine.errors import InvalidArgument, NotFound
from engine.model.actor import Actor
from engine.model.personal import Tree, tree_of
from engine.model.traces import Words, named_in, under
from engine.policy.permissions import Facts, require
from engine.store import tables as t
from engine.store.marks import marks_of
from engine.store.personal import AT_ONCE, Hit, hits, holds
from engine.store.sealing import pseudonym_of, read_bodies
from engine.store.tables import metadata

MOST, LONGEST = 20, 256  # identifiers of one request, and characters of one
_SHORTEST = {True: 4, False: 3}  # of ASCII alone, of others
_CLASSIFIED = [table for table in metadata.sorted_tables if "access_class" in table.c]
_SEALED = "%$s!_%"
Trees = Mapping[str, Tree]  # by process id


@dataclass(frozen=True, slots=True)
class Person:
    """Whom a request is about: an account, or what identifies a person in cases (a number, a name, a mail address), or
    both. Of the account it says the names, too."""

    username: str | None
    identifiers: tuple[str, ...]
    words: Words
    account: Mapping[str, Any] | None = None


@dataclass(slots=True)
class FoundCase:
    """`fields` are marked as personal data and hold one of the words, now or before; `places` hold one unmarked.

    `about` says whether the case is about the person, and not only one in which an account had something to do.
    """

    key: int
    root_key: int
    process_id: str
    state: str
    fields: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    about: bool = False
    in_open_history: bool = False  # in a text of history that is not sealed, which nothing erases


@dataclass(slots=True)
class Found:
    """Rows by place for what belongs to no case; `open_events` are those of the service that name the person openly."""

    person: Person
    cases: dict[int, FoundCase] = field(default_factory=dict)
    elsewhere: Counter[str] = field(default_factory=Counter)
    open_events: int = 0


def person_of(db: Connection, username: str | None, identifiers: Iterable[str]) -> Person:
    """Whom it is about. Raises NotFound for an account that does not exist, InvalidArgument for identifiers that are
    too short to mean one person, too long or too many, or for nothing at all."""
    given = tuple(dict.fromkeys(one.strip() for one in identifiers))
    if len(given) > MOST or any(not _SHORTEST[one.isascii()] <= len(one) <= LONGEST for one in given):
        raise InvalidArgument(f"at most {MOST} identifiers of {_SHORTEST[True]} to {LONGEST} characters")
    if username is None:
        if not given:
            raise InvalidArgument("name an account, or what identifies the person")
        return Person(None, given, Words(given))
    row = db.execute(select(t.person).where(t.person.c.username == username)).mappings().one_or_none()
    if row is None:
        raise NotFound(username=username)
    names = [row["username"], row["display_name"], row["email"] or ""]
    return Person(username, given, Words([*given, *names]), dict(row))


def require_all_cases(db: Connection, actor: Actor, permission: str) -> None:
    """Raises Forbidden unless the actor has the permission and is cleared for every case, field and document."""
    classes = [db.execute(select(func.max(table.c.access_class))).scalar() or 0 for table in _CLASSIFIED]
    require(actor, permission, Facts(access_class=max(classes)))


def trees(db: Connection) -> Trees:
    """The steps to the personal data of each process that marks any."""
    processes = set(db.execute(select(t.form_use.c.process_id)).scalars())
    marked = {p: [n for n, m in marks.items() if m.personal] for p, marks in marks_of(db, processes).items()}
    return {process: tree_of(names) for process, names in marked.items() if names}


def find(db: Connection, person: Person) -> Found:
    """Look through every table, and through what history holds, opened."""
    found, of_process = Found(person), trees(db)
    for hit in hits(db, person.words):
        if hit.case is None:
            found.elsewhere[hit.place] += 1
        else:
            case = _case(db, found, hit.case)
            _note(case, hit, person, of_process.get(case.process_id, {}))
    _look_into_history(db, found, of_process)
    found.open_events = sum(
        1 for raw, _, _ in _bodies(db, t.service_event, person) if holds(person.words, orjson.loads(raw))
    )
    return found


def _case(db: Connection, found: Found, key: int) -> FoundCase:
    if key not in found.cases:
        p = t.process_instance.c
        row = db.execute(select(p.root_key, p.process_id, p.state).where(p.key == key)).one()
        found.cases[key] = FoundCase(key, row.root_key, row.process_id, row.state)
    return found.cases[key]


def _note(case: FoundCase, hit: Hit, person: Person, tree: Tree) -> None:
    marked: Iterator[tuple[str, Any]]
    if hit.column is t.variable.c.value:
        marked = under({hit.row.name: hit.value}, tree)
    else:
        marked = named_in(hit.value, tree)
    fields = {name for name, value in marked if holds(person.words, value)}
    case.fields |= fields
    case.about |= bool(fields) or holds(Words(person.identifiers), hit.value)
    if not fields:
        case.places.add(f"variable.{hit.row.name}" if hit.column is t.variable.c.value else hit.place)


def _look_into_history(db: Connection, found: Found, of_process: Trees) -> None:
    words = found.person.words
    for raw, said, key in _bodies(db, t.history_event, found.person):
        plain, opened = holds(words, orjson.loads(raw)), holds(words, said)
        if not plain and not opened:
            continue
        case = _case(db, found, key)
        case.in_open_history |= plain
        tree = of_process.get(case.process_id, {})
        fields = {name for name, value in named_in(said.get("data"), tree) if holds(words, value)}
        case.fields |= fields
        case.about |= bool(fields)
        if not fields:
            case.places.add("history_event.body")


def _bodies(db: Connection, table: Table, person: Person) -> Iterator[tuple[str, dict[str, Any], int]]:
    """The bodies that may name the person, as they are stored and as they read; with the case's key."""
    low, likes = func.lower(table.c.body), [_SEALED, *person.words.likes()]
    if person.username is not None and (pseudonym := pseudonym_of(db, person.username)) is not None:
        likes.append(f"%{pseudonym.replace('_', '!_')}%")
    fits = or_(*(low.like(like, escape="!") for like in likes))
    key = table.c.process_instance_key if table is t.history_event else table.c.key
    rows = db.execute(select(table.c.body, key.label("key")).where(fits).execution_options(yield_per=AT_ONCE))
    for some in rows.partitions():
        said = read_bodies(db, [row.body for row in some])
        yield from ((row.body, one, row.key) for row, one in zip(some, said, strict=True))
