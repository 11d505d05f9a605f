"""Give a case another confidentiality class."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from engine.commands.registry import Target, handles
from engine.commands.set_clearance import rank
from engine.commands.targets import instance_target
from engine.commands.transaction import Transaction
from engine.errors import Forbidden, InvalidArgument
from engine.model.access import CLASSES
from engine.notify.guarding import guard_again
from engine.policy.permissions import require
from engine.store.instances import Instance
from engine.store.tables import process_instance

SHORTEST_REASON, LONGEST_REASON = 5, 4_000


@dataclass(frozen=True, slots=True)
class ClassifyInstance:
    """`access_class` is the class by its name. To lower it takes a reason."""

    key: int
    access_class: str
    reason: str | None = None
    rev: int | None = None

    def told(self) -> dict[str, Any]:
        """What was asked for, and why."""
        return {"class": self.access_class, "reason": self.reason}


@handles(
    ClassifyInstance, permission="process-instance:classify", event="classification-requested", target=instance_target
)
def classify_instance(command: ClassifyInstance, target: Target, tx: Transaction) -> None:
    """Afterwards the case is of this class, and every case that it called, down to the last, of no lower one; the
    history of each says from which class to which. The class that it has already changes nothing.

    Raises InvalidArgument for an unknown class, without a reason where one is needed, and for a class below that of
    the calling case; Forbidden above one's own clearance, and for lowering without that permission.
    """
    instance = target.instance
    assert instance is not None
    wanted = rank(command.access_class)
    if wanted > tx.actor.clearance and not tx.actor.is_system:
        raise Forbidden("you are not cleared for this class yourself")
    if wanted < instance.access_class:
        _check_lowering(command, wanted, target, tx)
        _change(instance, wanted, tx)
        return
    for case in (instance, *_called(instance, tx)):
        if case.access_class < wanted:
            _change(case, wanted, tx)


def _check_lowering(command: ClassifyInstance, wanted: int, target: Target, tx: Transaction) -> None:
    require(tx.actor, "process-instance:declassify", target.facts)
    if not SHORTEST_REASON <= len((command.reason or "").strip()) <= LONGEST_REASON:
        raise InvalidArgument(f"to lower a class takes a reason of {SHORTEST_REASON} to {LONGEST_REASON:,} characters")
    assert target.instance is not None
    parent = target.instance.parent_key
    if parent is not None and tx.relative(parent).access_class > wanted:
        raise InvalidArgument("the case that called this one is of a higher class")


def _change(case: Instance, wanted: int, tx: Transaction) -> None:
    before, case.access_class = case.access_class, wanted
    told = {"from": CLASSES[before], "to": CLASSES[wanted]}
    tx.record(case, "classified", None, case.key, **told)
    guard_again(tx.db, case.key, wanted, tx.services.telling)
    tx.announce("process-instance", {"processInstanceKey": str(case.key)})


def _called(instance: Instance, tx: Transaction) -> list[Instance]:
    """Every case below this one, the callers first: keys grow with time."""
    p = process_instance.c
    query = select(p.key).where(p.root_key == instance.root_key, p.key > instance.key).order_by(p.key)
    below, found = {instance.key}, []
    for key in tx.db.execute(query).scalars().all():
        case = tx.relative(key)
        if case.parent_key in below:
            below.add(key)
            found.append(case)
    return found
