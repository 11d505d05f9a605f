"""Cancel a process instance and the instances it called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from engine.commands.registry import Target, handles
from engine.commands.running import running
from engine.commands.second_person import check_second_person
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
def cancel_instance(command: CancelInstance, target: Target, tx: Transaction) -> dict[str, str] | None:
    """Raises InvalidState when it has ended, is being cancelled already, or is called by another (cancel that
    one). If listeners have to be done first, the instance that will end then is returned."""
    instance = target.instance
    assert instance is not None
    check_second_person(tx, instance, "cancel", command.reason)
    if instance.state not in ALIVE:
        raise InvalidState(processInstanceKey=str(instance.key), state=instance.state)
    if instance.parent_key is not None:
        raise InvalidState(
            "a called instance is cancelled with its caller", parentProcessInstanceKey=str(instance.parent_key)
        )
    release(tx, hierarchy(tx, instance, "SUSPENDED"))
    r = running(tx)
    if r.case(instance).is_cancelling:
        raise InvalidState("it is being cancelled already", processInstanceKey=str(instance.key))
    r.cancel(instance)
    return {"processInstanceKey": str(instance.key)} if instance.state == "ACTIVE" else None
