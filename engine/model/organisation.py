"""The organisation that processes speak of: groups of people, documents, and what roles are called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Group:
    """A unit, committee or position. `head_of` is the unit whose head holds this position."""

    key: str
    kind: str
    th: str
    en: str
    parent: str | None
    head_of: str | None


@dataclass(frozen=True, slots=True)
class PersonEntry:
    """What a file says of a person. None: it says nothing of that, and what there is stays."""

    account: str
    name: str
    email: str | None = None  # "" for none
    groups: frozenset[str] | None = None
    roles: frozenset[tuple[str, str]] | None = None  # (role, process id)
    clearance: int | None = None


@dataclass(frozen=True, slots=True)
class Organisation:
    """What organisation.yaml says. `outside` are the keys of parties outside the office, which are no groups; `demo`
    are extra demo accounts: (name, groups)."""

    groups: tuple[Group, ...]
    documents: Mapping[str, Mapping[str, str]]
    roles: Mapping[str, Mapping[str, str]]  # by process id ("" for every source): role key -> key in this file
    outside: frozenset[str]
    demo: tuple[tuple[str, tuple[str, ...]], ...]
