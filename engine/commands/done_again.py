"""Take a token back to a task that was done before, as one step."""

from __future__ import annotations

from engine.commands.registry import Target
from engine.commands.running import Running
from engine.commands.task_rows import Again
from engine.errors import InstructionsRefused
from engine.execution.failures import NotPossible
from engine.execution.modification import Activation, Move, Selection, modify, standing
from engine.store.instances import Instance


def do_again(r: Running, target: Target, of_task: int, element: str, again: Again) -> None:
    """The task `of_task` is withdrawn and that of `element` begins anew in the scope around it. History keeps where
    the case stood before and where it stands after. Raises InstructionsRefused, InvalidState unless the case runs."""
    instance: Instance | None = target.instance
    assert instance is not None
    case = r.case(instance)
    before = standing(case)
    r.again[element] = again
    try:
        modify(case, (), (Move(Selection(key=of_task), Activation(element), "sourceParent"),), ())
    except NotPossible as refusal:
        raise InstructionsRefused(refusal.faults) from refusal
    r.settle(instance)
    r.tx.record(instance, "tokens-moved", None, instance.key, before=before, after=standing(case))
