"""Change variables of an element instance or of a whole process instance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.commands.registry import Target, handles
from engine.commands.running import NotWaiting, running
from engine.commands.targets import element_target
from engine.commands.transaction import Transaction
from engine.commands.values import variables_in
from engine.errors import InvalidState
from engine.feel import to_json


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


@handles(SetVariables, permission="variable:update", event="variables-updated", target=element_target)
def set_variables(command: SetVariables, target: Target, tx: Transaction) -> None:
    """Raises InvalidState when the element instance is no longer active. Timers that read a changed
    variable move."""
    instance = target.instance
    assert instance is not None
    r = running(tx)
    try:
        r.case(instance).set_variables(command.element_instance_key, variables_in(command.variables), command.local)
    except NotWaiting as error:
        raise InvalidState(elementInstanceKey=str(command.element_instance_key)) from error
    r.settle(instance)
