"""Say up to which confidentiality class a person or client may see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import update

from engine.commands.registry import OfService, Target, handles
from engine.commands.transaction import Transaction
from engine.errors import Forbidden, InvalidArgument, NotFound
from engine.model.access import CLASSES, rank_of
from engine.store.tables import person


@dataclass(frozen=True, slots=True)
class SetClearance:
    """`clearance` is the highest class that the account may see, by its name."""

    username: str
    clearance: str

    def told(self) -> dict[str, Any]:
        """What the audit log says of it."""
        return {"clearance": self.clearance}


def rank(name: str) -> int:
    """The rank of a class. Raises InvalidArgument when there is no such class."""
    found = rank_of(name)
    if found is None:
        raise InvalidArgument(f"there is no class {name}; the classes are {', '.join(CLASSES)}")
    return found


@handles(
    SetClearance, permission="people:manage", event=OfService("clearance-set", lambda command, _: command.username)
)
def set_clearance(command: SetClearance, _target: Target, tx: Transaction) -> None:
    """Holds from the next request on. Raises InvalidArgument, NotFound, and Forbidden for one's own account: nobody
    clears himself or herself."""
    clearance = rank(command.clearance)
    if command.username == tx.actor.id and not tx.actor.is_system:
        raise Forbidden("somebody else decides what you are cleared for")
    changed = tx.db.execute(
        update(person).where(person.c.username == command.username).values(clearance=clearance)
    )
    if changed.rowcount != 1:
        raise NotFound(username=command.username)
