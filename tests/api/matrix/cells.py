"""The columns of the permission matrix: an account of one role, and what the thing asked for is to it.

    own           the case was started by it, the task is assigned to it, the process is owned by it (process owner), the
                  token, session, notice, document, batch, substitution is its own
    group         it is a member of the group whose task it is; that makes it staff, whatever else it is
    other         it has nothing to do with it
    confidential  as own, and the cases are of a higher class than it is cleared for
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

ROLES = ("staff", "process-owner", "auditor", "administrator", "client")
RELATIONS = ("own", "group", "other")
CONFIDENTIAL = "confidential"


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """One account that asks. Without a role it is signed in and nothing more; `NOBODY` is not signed in."""

    role: str
    relation: str

    def __str__(self) -> str:
        return f"{self.role}/{self.relation}"


NO_ROLE, NOBODY = Cell("no role", "other"), Cell("nobody", "other")
CELLS = (*(Cell(role, relation) for role in ROLES for relation in (*RELATIONS, CONFIDENTIAL)), NO_ROLE, NOBODY)
Cells = frozenset[Cell]


def _of(role: str) -> Cells:
    return frozenset(Cell(role, relation) for relation in RELATIONS)


_OWN = frozenset(Cell(role, "own") for role in ROLES)
_GROUP = frozenset(Cell(role, "group") for role in ROLES)

NONE: Cells = frozenset()
OWNER = frozenset({Cell("process-owner", "own")})  # of this process
OWNERS = _of("process-owner")  # of any process
AUDITOR, ADMINISTRATOR, CLIENT = _of("auditor"), _of("administrator"), _of("client")
STAFF = _of("staff") | _GROUP
SELF = _OWN  # the account, or person, that it is about
ASSIGNEE = _OWN - OWNER
PARTICIPANT = ASSIGNEE | _GROUP
SIGNED_IN = OWNERS | AUDITOR | ADMINISTRATOR | CLIENT | STAFF
EVERY_ACCOUNT = SIGNED_IN | {NO_ROLE}
EVERYBODY = EVERY_ACCOUNT | {NOBODY}

SEES_CASE = PARTICIPANT | OWNER | AUDITOR | ADMINISTRATOR
READS_CASE = PARTICIPANT | OWNER | AUDITOR
RUNS_CASE = OWNER | ADMINISTRATOR

Given = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Row:
    """One operation. `at` names what stands in its path (an attribute of `Place`), `json` and `form` are what is sent,
    `may` who is let through. Who may succeeds, but for the reasons in `otherwise` (codes of problems).

    `of_case`: it is about a case, and what is above one's class is refused. `finds`: the member of the answer in which
    who may finds something, and nobody else does. `refusals`: how who may not is refused, once signed in.
    """

    operation: str
    may: Cells
    at: str = ""
    json: Given | None = None
    form: Given | None = None
    of_case: bool = True
    finds: str = ""
    otherwise: tuple[str, ...] = ()
    refusals: tuple[int, ...] = (403, 404)
    note: str = ""  # which kind of it, or what else counts: for the page; one operation may have several rows

    @property
    def name(self) -> str:
        """What tells it from every other row."""
        return f"{self.operation} ({self.note})" if self.note else self.operation

    @property
    def method(self) -> str:
        return self.operation.split()[0]

    @property
    def path(self) -> str:
        return self.operation.split()[1]

    def allowed(self, cell: Cell) -> bool:
        """Whether the cell is let through."""
        if cell.relation != CONFIDENTIAL:
            return cell in self.may
        return not self.of_case and Cell(cell.role, "own") in self.may


def search(path: str, may: Cells, at: str = "", **more: Any) -> Row:
    """A search that finds something for who may, and nothing for anybody else."""
    return Row(f"POST {path}/search", may, at, finds="items", **more)
