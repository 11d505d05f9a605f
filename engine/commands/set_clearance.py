"""Say up to which confidentiality class a person or client may see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import update

from engine.commands.accounts import NEXT_REV, account_target, found
from engine.commands.registry import OfService, Target, handles
from engine.commands.transaction import Transaction
from engine.errors import Forbidden, InvalidArgument
from engine.model.access import CLASSES, rank_of
from engine.store.tables import person


@dataclass(frozen=True, slots=True)
class SetClearance:
    """`clearance` is the highest class that the account may see, by its name."""

    username: str
    clearance: str
    rev: int | None = None

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
    SetClearance,
    permission="people:manage",
    event=OfService("clearance-set", lambda command, _: command.username),
    target=account_target,
)
def set_clearance(command: SetClearance, target: Target, tx: Transaction) -> None:
    """Holds from the next request on. Raises InvalidArgument, NotFound, StaleRevision, and Forbidden for one's own
    account: nobody clears himself or herself."""
    clearance = rank(command.clearance)
    if command.username == tx.actor.id and not tx.actor.is_system:
        raise Forbidden("somebody else decides what you are cleared for")
    if found(target, command.username).clearance != clearance:
        mine = update(person).where(person.c.username == command.username)
        tx.db.execute(mine.values(clearance=clearance, **NEXT_REV))
