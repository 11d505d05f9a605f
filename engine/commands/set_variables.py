"""Change variables of an element instance or of a whole process instance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.commands.masking import kept_of
from engine.commands.registry import Target, handles
from engine.commands.running import NotWaiting, Running, running
from engine.commands.targets import element_target
from engine.commands.task_transitions import asks, begin, load
from engine.commands.transaction import Transaction
from engine.commands.values import variables_in
from engine.errors import InvalidState, NotFound
from engine.feel import to_json
from engine.store.instances import Instance


@dataclass(frozen=True, slots=True)
class SetVariables:
    """Set variables seen from an element instance: in that very scope with `local`, else outward."""

    element_instance_key: int
    variables: Mapping[str, Any] = field(default_factory=dict)
    local: bool = False
    rev: int | None = None

    def told(self) -> dict[str, Any]:
        """The new values; what they replace stands in the events of the variables."""
        return {"variables": to_json(dict(self.variables)), "local": self.local}


@handles(
    SetVariables, permission="variable:update", event="variables-updated",
    target=asks("updating", "variables-update-requested", element_target),
)  # fmt: skip
def set_variables(command: SetVariables, target: Target, tx: Transaction) -> dict[str, str] | None:
    """Raises InvalidState when the element instance is no longer active, AboveClearance. Timers that read a changed
    variable move. If it is a user task with listeners of updates, it waits for them first, and what they are
    asked about is returned."""
    instance = target.instance
    assert instance is not None
    kept_of(tx, instance, command.variables)
    r = running(tx)
    if target.event is not None:
        return _ask(command, r, instance)
    try:
        r.case(instance).set_variables(command.element_instance_key, variables_in(command.variables), command.local)
    except NotWaiting as error:
        raise InvalidState(elementInstanceKey=str(command.element_instance_key)) from error
    r.settle(instance)
    return None


def _ask(command: SetVariables, r: Running, instance: Instance) -> dict[str, str]:
    """Have the listeners of the task asked."""
    try:
        task = load(r.tx, command.element_instance_key)
    except NotFound as error:  # its own start listeners run: it is no task of anybody yet
        raise InvalidState(elementInstanceKey=str(command.element_instance_key)) from error
    if task.state != "CREATED":
        raise InvalidState(userTaskKey=str(task.key), state=task.state)
    variables_in(command.variables)
    said: dict[str, Any] = {"variables": to_json(dict(command.variables)), "local": command.local}
    return begin(r, instance, task, "updating", "update", {}, **said)
