"""Begin elements of an open ad-hoc sub-process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.commands.registry import Target, handles
from engine.commands.running import NotWaiting, running
from engine.commands.targets import element_target
from engine.commands.transaction import Transaction
from engine.commands.values import variables_in
from engine.errors import InstructionsRefused, InvalidState
from engine.execution.by_hand import activate_ad_hoc
from engine.execution.failures import NotPossible
from engine.feel import to_json


@dataclass(frozen=True, slots=True)
class ActivateAdHoc:
    """`elements` are (element id, variables); `cancel_remaining` ends what runs inside first."""

    element_instance_key: int
    elements: tuple[tuple[str, Mapping[str, Any]], ...]
    cancel_remaining: bool = False
    reason: str | None = None
    rev: int | None = None

    def told(self) -> dict[str, Any]:
        """Why, and what begins."""
        elements = [{"element": e, "variables": to_json(dict(v))} for e, v in self.elements]
        return {"reason": self.reason, "elements": elements, "cancelRemaining": self.cancel_remaining}


@handles(ActivateAdHoc, permission="process-instance:modify", event="ad-hoc-activated", target=element_target)
def activate(command: ActivateAdHoc, target: Target, tx: Transaction) -> None:
    """Raises InvalidState when it is no open ad-hoc sub-process, InstructionsRefused with every reason."""
    instance = target.instance
    assert instance is not None
    r = running(tx)
    elements = [(e, variables_in(v)) for e, v in command.elements]
    try:
        activate_ad_hoc(r.case(instance), command.element_instance_key, elements, command.cancel_remaining)
    except NotWaiting as error:
        raise InvalidState(str(error), elementInstanceKey=str(command.element_instance_key)) from error
    except NotPossible as refusal:
        raise InstructionsRefused(refusal.faults) from refusal
    r.settle(instance)
