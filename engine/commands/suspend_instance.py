"""Suspend a process instance with everything it called, and resume it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from engine.commands.registry import Target, handles
from engine.commands.suspension import hierarchy, hold, release
from engine.commands.targets import instance_target
from engine.commands.transaction import Transaction
from engine.errors import InvalidState
from engine.store.instances import Instance


@dataclass(frozen=True, slots=True)
class SuspendInstance:
    """Nothing moves until it is resumed; statutory clocks go on."""

    key: int
    reason: str | None = None
    rev: int | None = None

    def told(self) -> dict[str, Any]:
        """Why, and what it was before."""
        return {"reason": self.reason, "before": "ACTIVE", "state": "SUSPENDED"}


@dataclass(frozen=True, slots=True)
class ResumeInstance:
    """Go on; what fell due meanwhile is done now."""

    key: int
    reason: str | None = None
    rev: int | None = None

    def told(self) -> dict[str, Any]:
        """Why, and what it was before."""
        return {"reason": self.reason, "before": "SUSPENDED", "state": "ACTIVE"}


@handles(SuspendInstance, permission="process-instance:suspend", event="instance-suspended", target=instance_target)
def suspend_instance(command: SuspendInstance, target: Target, tx: Transaction) -> None:
    """Raises InvalidState unless it is active and nobody's child (suspend the caller)."""
    root = _root(target, "ACTIVE")
    called = hierarchy(tx, root, "ACTIVE")
    hold(tx, called)
    for child in called:
        if child is not root:
            tx.record(child, "instance-suspended", None, child.key, **command.told())


@handles(ResumeInstance, permission="process-instance:suspend", event="instance-resumed", target=instance_target)
def resume_instance(command: ResumeInstance, target: Target, tx: Transaction) -> None:
    """Raises InvalidState unless it is suspended and nobody's child."""
    root = _root(target, "SUSPENDED")
    called = hierarchy(tx, root, "SUSPENDED")
    release(tx, called)
    for child in called:
        if child is not root:
            tx.record(child, "instance-resumed", None, child.key, **command.told())


def _root(target: Target, state: str) -> Instance:
    instance = target.instance
    assert instance is not None
    if instance.state != state:
        raise InvalidState(processInstanceKey=str(instance.key), state=instance.state)
    if instance.parent_key is not None:
        why = "a called instance is suspended and resumed with its caller"
        raise InvalidState(why, parentProcessInstanceKey=str(instance.parent_key))
    return instance
