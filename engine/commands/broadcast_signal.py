"""Broadcast a signal to everybody who waits for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.commands.correlation import deliver, lock_instances, waiting_for
from engine.commands.registry import NO_INSTANCE, Target, handles
from engine.commands.transaction import Transaction
from engine.commands.values import variables_in
from engine.errors import InvalidArgument
from engine.policy.permissions import Facts


@dataclass(frozen=True, slots=True)
class BroadcastSignal:
    """Never kept."""

    name: str
    variables: Mapping[str, Any] = field(default_factory=dict)


def _target(command: BroadcastSignal, tx: Transaction) -> Target:
    if not command.name or len(command.name) > 256:
        raise InvalidArgument("a signal has a name of at most 256 characters")
    variables_in(command.variables)
    rows = sorted(waiting_for(tx, "signal", command.name, None), key=lambda r: (r.process_instance_key or 0, r.key))
    lock_instances(tx, rows)
    return Target(Facts(frozenset(r.process_id for r in rows)), rows={"waiting": rows})


@handles(BroadcastSignal, permission="signal:broadcast", event=NO_INSTANCE, target=_target)
def broadcast_signal(command: BroadcastSignal, target: Target, tx: Transaction) -> dict[str, Any]:
    """Every waiting element is triggered and every process with such a start event begins, once."""
    for row in target.rows["waiting"]:
        deliver(tx, row, command.name, "", command.variables)
    return {"signalKey": str(tx.key())}
