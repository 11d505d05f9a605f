"""Correlate a message now: it reaches who waits, or nobody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.commands.correlation import deliver
from engine.commands.publish_message import message_target
from engine.commands.registry import NO_INSTANCE, Target, handles
from engine.commands.transaction import Transaction
from engine.errors import NotFound

NONE = -1  # a key that nothing has


@dataclass(frozen=True, slots=True)
class CorrelateMessage:
    """Never kept."""

    name: str
    correlation_key: str = ""
    variables: Mapping[str, Any] = field(default_factory=dict)


@handles(CorrelateMessage, permission="message:publish", event=NO_INSTANCE, target=message_target)
def correlate_message(command: CorrelateMessage, target: Target, tx: Transaction) -> dict[str, Any]:
    """The first instance reached that the sender may see; if it may see none of them, the key of none (-1).

    Raises NotFound when nobody waits, or the message starts a process only together with others that have not
    come: it is kept when it is published, not here.
    """
    key = tx.key()
    reached = [
        deliver(tx, row, command.name, command.correlation_key, command.variables, key)
        for row in target.rows["waiting"]
    ]
    found = [instance for instances in reached for instance in instances or ()]
    if not found:
        others = any(instances is not None for instances in reached)
        why = "it starts a process only together with others; publish it" if others else "nobody waits for this message"
        raise NotFound(why, name=command.name)
    seen = (i.key for i in found if tx.actor.is_system or i.access_class <= tx.actor.clearance)
    return {"messageKey": str(key), "processInstanceKey": str(next(seen, NONE))}
