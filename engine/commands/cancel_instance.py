"""Cancel a process instance and the instances it called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from engine.commands.registry import Target, handles
from engine.commands.running import running
from engine.commands.suspension import hierarchy, release
from engine.commands.targets import instance_target
from engine.commands.transaction import Transaction
from engine.errors import InvalidState
from engine.store.instances import ALIVE


@dataclass(frozen=True, slots=True)
class CancelInstance:
    """Terminate the instance."""

    key: int
    reason: str | None = None
    rev: int | None = None

    def told(self) -> dict[str, Any]:
        """Why, if it was said."""
        return {} if self.reason is None else {"reason": self.reason}


@handles(CancelInstance, permission="process-instance:cancel", event="instance-cancelled", target=instance_target)
def cancel_instance(command: CancelInstance, target: Target, tx: Transaction) -> None:
    """Raises InvalidState when it has ended, or is called by another (cancel that one)."""
    instance = target.instance
    assert instance is not None
    if instance.state not in ALIVE:
        raise InvalidState(processInstanceKey=str(instance.key), state=instance.state)
    if instance.parent_key is not None:
        raise InvalidState(
            "a called instance is cancelled with its caller", parentProcessInstanceKey=str(instance.parent_key)
        )
    release(tx, hierarchy(tx, instance, "SUSPENDED"))
    running(tx).cancel(instance)
