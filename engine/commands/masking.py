"""What an actor may not write because it is above the actor's class: nobody overwrites what he or she cannot read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.commands.transaction import Transaction
from engine.errors import AboveClearance
from engine.model.access import TOP_SECRET
from engine.model.masking import Cover, is_mask
from engine.store.instances import Instance
from engine.store.masks import covers_of, masked_names


def masked_of(tx: Transaction, instance: Instance) -> frozenset[str]:
    """The variables of the case that are above the actor."""
    clearance = TOP_SECRET if tx.actor.is_system else tx.actor.clearance
    if clearance >= TOP_SECRET or not tx.services.directory.known(tx.db, instance.stamp).classifies:
        return frozenset()
    return masked_names(tx.db, [instance.key], clearance).get(instance.key, frozenset())


def cover_of(tx: Transaction, instance_key: int) -> Cover:
    """What is masked of the case in what the actor is told of it."""
    if tx.actor.is_system or tx.actor.clearance >= TOP_SECRET:
        return Cover()
    return covers_of(tx.db, [instance_key], tx.actor.clearance).get(instance_key, Cover())


def kept_of(tx: Transaction, instance: Instance, given: Mapping[str, Any]) -> frozenset[str]:
    """The variables that stay as they are, whatever is given: those above the actor, and those sent back masked.

    Raises AboveClearance for a new value of one that is above the actor.
    """
    masked = masked_of(tx, instance)
    back = frozenset(name for name, value in given.items() if is_mask(value))
    if above := sorted((masked & given.keys()) - back):
        raise AboveClearance(variables=above)
    return masked | back


def own_of(given: Mapping[str, Any], kept: frozenset[str]) -> dict[str, Any]:
    """What is given, without what is kept."""
    return {name: value for name, value in given.items() if name not in kept}
