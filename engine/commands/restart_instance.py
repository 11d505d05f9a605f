"""Begin a finished case anew from a point: a new case with the variables of that moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from engine.commands.new_instance import new_instance
from engine.commands.registry import Target, handles
from engine.commands.running import running
from engine.commands.targets import instance_target
from engine.commands.transaction import Transaction
from engine.commands.values import variables_in
from engine.errors import InstructionsRefused, InvalidArgument, InvalidState
from engine.execution.failures import NotPossible
from engine.execution.modification import Activation, begin_at
from engine.feel import to_json
from engine.store.instances import ALIVE, Instance
from engine.store.past import last_activation, process_variables_at

MAX_ELEMENTS = 500


@dataclass(frozen=True, slots=True)
class RestartInstance:
    """Begin at `elements`, with the variables of the process as they stood after the event `sequence` of
    history; without it, when the first of the elements last began."""

    key: int
    elements: tuple[str, ...]
    sequence: int | None = None
    reason: str | None = None
    rev: int | None = None

    def told(self) -> dict[str, Any]:
        """Why, and the point."""
        return {"reason": self.reason, "elements": list(self.elements), "sequence": self.sequence}


@handles(RestartInstance, permission="process-instance:restart", event="instance-restarted", target=instance_target)
def restart_instance(command: RestartInstance, target: Target, tx: Transaction) -> dict[str, Any]:
    """Answers as a creation. The new case runs along the same version and takes the business id over.

    Raises InvalidState unless it has ended and was nobody's child, InstructionsRefused for elements that
    cannot be begun at, AlreadyExists when the business id is in use again.
    """
    old = target.instance
    assert old is not None
    if old.state in ALIVE or old.parent_key is not None:
        why = "only a case that has ended, and was not called by another, begins anew"
        raise InvalidState(why, processInstanceKey=str(old.key), state=old.state)
    if not 1 <= len(command.elements) <= MAX_ELEMENTS:
        raise InvalidArgument(f"a case begins anew at 1 to {MAX_ELEMENTS} elements")
    moment = _moment(command, old, tx)
    r = running(tx)
    variables = variables_in(process_variables_at(tx.db, old.key, moment))
    new = new_instance(tx, r.deployed(old), old.business_id, tags=tuple(old.tags or ()), access_class=old.access_class)
    tx.record(
        new, "instance-created", None, new.key, variables=to_json(variables), version=new.version,
        restartOf=str(old.key), sequence=moment,
    )  # fmt: skip
    tx.record(old, "restarted-as", None, old.key, instance=str(new.key), sequence=moment)
    try:
        begin_at(r.prepare(new), variables, [Activation(e) for e in command.elements])
    except NotPossible as refusal:
        raise InstructionsRefused(refusal.faults) from refusal
    r.settle(new)
    tx.announce("process-instance", {"processInstanceKey": str(new.key)})
    return {
        "processInstanceKey": str(new.key), "processDefinitionKey": str(new.definition_key),
        "processDefinitionId": new.process_id, "processDefinitionVersion": new.version,
        "businessId": new.business_id, "tags": list(new.tags or ()),
    }  # fmt: skip


def _moment(command: RestartInstance, old: Instance, tx: Transaction) -> int:
    if command.sequence is None:
        found = last_activation(tx.db, old.key, command.elements[0])
        return old.history_sequence if found is None else found
    if not 0 <= command.sequence <= old.history_sequence:
        raise InvalidArgument(f"the history of the case has {old.history_sequence} events")
    return command.sequence
