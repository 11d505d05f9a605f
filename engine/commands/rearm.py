"""Arm the start events of every process again, as of now: after a restore, or in a copied database."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from engine.commands.registry import NO_INSTANCE, Target, handles
from engine.commands.start_events import arm_start_events
from engine.commands.transaction import Transaction
from engine.store.tables import process_definition


@dataclass(frozen=True, slots=True)
class RearmStartEvents:
    """The latest versions of these processes; None: of all."""

    process_ids: frozenset[str] | None = None


@handles(RearmStartEvents, permission="system:run", event=NO_INSTANCE)
def rearm_start_events(command: RearmStartEvents, _target: Target, tx: Transaction) -> None:
    """Timers that were due before now are passed over."""
    wanted = command.process_ids
    if wanted is None:
        wanted = frozenset(tx.db.execute(select(process_definition.c.process_id).distinct()).scalars())
    for process_id in sorted(wanted):
        key = tx.services.definitions.find_process(tx.db, process_id)
        if key is not None:
            arm_start_events(tx, tx.services.definitions.process(tx.db, key).definition.process, key)
