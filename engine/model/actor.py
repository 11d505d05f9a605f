"""Who acts: an explicit argument of every command and query."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Role = Literal["administrator", "process-owner", "staff", "auditor", "client"]


@dataclass(frozen=True, slots=True)
class Within:
    """What a substitution is limited to: the tasks of these groups, or of these processes."""

    kind: Literal["group", "process"]
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, a client of the API, or the system itself.

    `groups` are the keys of the units, committees and positions the person belongs to;
    `owned` are the process ids a process owner owns ("*" for all). `on_behalf_of` names the
    absent person for whom a substitute acts, with the groups of that person; `within` limits it to a part.
    `only` are the permissions of the token by which the account acts, beyond which it may nothing; None: all that the
    account may. `clearance` is the rank of the highest confidentiality class (model/access.py) that the one who
    really acts may see. `at_pages`: a person who signed in to the pages, and not a program with a key or a password.
    """

    id: str
    kind: Literal["person", "client", "system"] = "person"
    roles: frozenset[Role] = frozenset()
    groups: frozenset[str] = frozenset()
    owned: frozenset[str] = frozenset()
    on_behalf_of: str | None = None
    only: frozenset[str] | None = None
    within: Within | None = None
    clearance: int = 0
    at_pages: bool = False

    @property
    def name(self) -> str:
        """In whose name it is done: that of the absent person, where a substitute acts."""
        return self.on_behalf_of or self.id

    @property
    def hands(self) -> frozenset[str]:
        """Who has a hand in what is done: the person in whose name, and the substitute."""
        return frozenset((self.id, self.name))

    def owns(self, process_id: str) -> bool:
        """Whether the actor is process owner of the process."""
        return "process-owner" in self.roles and (process_id in self.owned or "*" in self.owned)

    @property
    def is_system(self) -> bool:
        """Whether the engine itself acts (timers, jobs, the command line on this machine)."""
        return self.kind == "system"


SYSTEM = Actor("system", kind="system")


@dataclass(frozen=True, slots=True)
class Person:
    """A person of the directory as lists show it."""

    username: str
    display_name: str
    email: str | None
    groups: tuple[str, ...] = field(default=())
