"""Move the tokens of a case by hand."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any, cast

from engine.commands.registry import Target, handles
from engine.commands.running import running
from engine.commands.second_person import check_second_person
from engine.commands.targets import instance_target
from engine.commands.transaction import Transaction
from engine.commands.values import variables_in
from engine.errors import InstructionsRefused, InvalidArgument
from engine.execution.failures import NotPossible
from engine.execution.modification import Activation, Move, Selection, modify, standing
from engine.feel import to_json

MAX_INSTRUCTIONS = 500


@dataclass(frozen=True, slots=True)
class ModifyInstance:
    """Activate, move and terminate elements, in this order, as one step."""

    key: int
    activate: tuple[Activation, ...] = ()
    move: tuple[Move, ...] = ()
    terminate: tuple[Selection, ...] = ()
    reason: str | None = None
    rev: int | None = None

    def told(self) -> dict[str, Any]:
        """Why, and the instructions."""
        told = cast(dict[str, Any], to_json(asdict(self)))
        return {name: told[name] for name in ("reason", "activate", "move", "terminate")}


@handles(ModifyInstance, permission="process-instance:modify", event="instance-modified", target=instance_target)
def modify_instance(command: ModifyInstance, target: Target, tx: Transaction) -> None:
    """Raises InvalidState unless it is active, InstructionsRefused with every reason, InvalidArgument for
    nothing or too much to do. History keeps where the case stood before and where it stands after."""
    instance = target.instance
    assert instance is not None
    check_second_person(tx, instance, "modify", command.reason)
    if not 1 <= len(command.activate) + len(command.move) + len(command.terminate) <= MAX_INSTRUCTIONS:
        raise InvalidArgument(f"a modification has 1 to {MAX_INSTRUCTIONS} instructions")
    r = running(tx)
    case = r.case(instance)
    before = standing(case)
    moves = [replace(m, target=_in_feel(m.target)) for m in command.move]
    try:
        modify(case, [_in_feel(a) for a in command.activate], moves, command.terminate)
    except NotPossible as refusal:
        raise InstructionsRefused(refusal.faults) from refusal
    r.settle(instance)
    tx.record(instance, "tokens-moved", None, instance.key, before=before, after=standing(case))


def _in_feel(activation: Activation) -> Activation:
    return replace(activation, variables=tuple((scope, variables_in(v)) for scope, v in activation.variables))


__all__ = ["Activation", "ModifyInstance", "Move", "Selection"]
