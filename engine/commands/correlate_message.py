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


@dataclass(frozen=True, slots=True)
class CorrelateMessage:
    """Never kept."""

    name: str
    correlation_key: str = ""
    variables: Mapping[str, Any] = field(default_factory=dict)


@handles(CorrelateMessage, permission="message:publish", event=NO_INSTANCE, target=message_target)
def correlate_message(command: CorrelateMessage, target: Target, tx: Transaction) -> dict[str, Any]:
    """The first instance reached. Raises NotFound when nobody waits."""
    key = tx.key()
    reached = [
        deliver(tx, row, command.name, command.correlation_key, command.variables, key)
        for row in target.rows["waiting"]
    ]
    found = [instance for instance in reached if instance is not None]
    if not found:
        raise NotFound("nobody waits for this message", name=command.name)
    return {"messageKey": str(key), "processInstanceKey": str(found[0].key)}
