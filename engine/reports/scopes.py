"""What of a process a person may have reported: the whole, what the own unit did, or what the person did.

Figures of persons are personal data. The process owner and the head of a unit need them to lead the work (the head of
those who work in the unit), and everybody may know the own ones; auditors and administrators see the whole without
persons. Sources: PDPA B.E. 2562, sections 22 (no more than is necessary) and 30 (access to one's own).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, select

from engine.errors import Forbidden
from engine.model.actor import Actor
from engine.store.heads import groups_headed
from engine.store.tables import membership

Name = Literal["PROCESS", "UNIT", "OWN"]
NAMES: tuple[Name, ...] = ("PROCESS", "UNIT", "OWN")


@dataclass(slots=True)
class Scope:
    """`groups` are those that the actor answers for, `people` who works in them; of UNIT alone."""

    name: Name
    me: str
    persons: bool  # whether figures of persons are shown
    groups: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()

    def holds(self, groups: list[str], person: str | None) -> bool:
        """Whether a task belongs to it: by its candidate groups, or by who did it or has it."""
        if self.name == "PROCESS":
            return True
        if self.name == "OWN":
            return person == self.me
        return person in self.people or not self.groups.isdisjoint(groups)

    def shows(self, person: str | None) -> bool:
        """Whether the figures of this person are shown."""
        return self.persons and person is not None and (self.name != "UNIT" or person in self.people)


def scopes_of(db: Connection, actor: Actor, process_id: str) -> list[Name]:
    """What the actor may have reported of the process, the widest first."""
    found: list[Name] = []
    if actor.is_system or actor.owns(process_id) or actor.roles & {"auditor", "administrator"}:
        found.append("PROCESS")
    if groups_headed(db, actor.groups):
        found.append("UNIT")
    return [*found, "OWN"]


def scope_of(db: Connection, actor: Actor, process_id: str, wanted: Name | None) -> Scope:
    """The wanted scope, or the widest. Raises Forbidden for one that is not the actor's."""
    may = scopes_of(db, actor, process_id)
    name = wanted or may[0]
    if name not in may:
        raise Forbidden(permission="report:read")
    if name != "UNIT":
        return Scope(name, actor.name, persons=name == "PROCESS" and (actor.is_system or actor.owns(process_id)))
    groups = groups_headed(db, actor.groups)
    people = db.execute(select(membership.c.username).where(membership.c.group_key.in_(sorted(groups)))).scalars()
    return Scope(name, actor.name, persons=True, groups=groups, people=frozenset(people))
