"""What the commands about legal holds share: the case whether or not it was deleted, who orders it, what is refused."""

from __future__ import annotations

from collections.abc import Iterable

from engine.commands.registry import Target
from engine.commands.targets import instance_facts
from engine.commands.transaction import Transaction
from engine.errors import CaseHeld, InvalidArgument
from engine.store.holds import held

LONGEST_NAME = 256


def kept_target(key: int, tx: Transaction, named: dict[str, str]) -> Target:
    """The case, locked, also when nothing but its history is left. Raises NotFound."""
    instance = tx.lock_instance(key)
    return Target(instance_facts(tx, instance), instance, None, key, instance.rev, named=named)


def ordered_by(tx: Transaction, named: str | None) -> str:
    """Who orders it: the actor; where the system acts, whom the command line names, if anybody.

    Raises InvalidArgument when another actor names somebody, and for a name of no or too many characters.
    """
    if named is None:
        return tx.actor.id
    if not tx.actor.is_system:
        raise InvalidArgument("only the command line names somebody else")
    if not 1 <= len(named.strip()) <= LONGEST_NAME or len(named) > LONGEST_NAME:
        raise InvalidArgument(f"a name has 1 to {LONGEST_NAME} characters")
    return named.strip()


def refuse_held(tx: Transaction, case_keys: Iterable[int]) -> None:
    """Raise CaseHeld when one of these cases, which are locked, is on legal hold."""
    found = sorted(held(tx.db, case_keys))
    if found:
        raise CaseHeld(processInstanceKeys=[str(key) for key in found])
