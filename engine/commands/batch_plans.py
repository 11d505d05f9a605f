"""What a batch operation does to each case: the command of its type, with its plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from engine.commands.cancel_instance import CancelInstance
from engine.commands.delete_instance import DeleteInstance
from engine.commands.migrate_instance import MigrateInstance
from engine.commands.modify_instance import Activation, ModifyInstance, Move, Selection
from engine.commands.resolve_incidents import ResolveIncidents
from engine.commands.suspend_instance import ResumeInstance, SuspendInstance
from engine.model import batch as types

Plan = Mapping[str, Any]


def command_of(type_: str, plan: Plan, instance_key: int, batch_key: int) -> Any:
    """The command that is done to the case, as it would be asked for this case alone."""
    return _MAKERS[type_](instance_key, plan, batch_key)


def _migration(key: int, plan: Plan, _batch: int) -> MigrateInstance:
    mapping = tuple((source, target) for source, target in plan["mapping"])
    return MigrateInstance(key, int(plan["target"]), mapping, plan.get("reason"))


def _modification(key: int, plan: Plan, _batch: int) -> ModifyInstance:
    """Every token at the source goes to the target, in the scope that the source stands in."""
    moves = (Move(Selection(source), Activation(target), "sourceParent") for source, target in plan["moves"])
    return ModifyInstance(key, move=tuple(moves), reason=plan.get("reason"))


_MAKERS: Mapping[str, Callable[[int, Plan, int], Any]] = {
    types.CANCEL: lambda key, plan, batch: CancelInstance(key, plan.get("reason")),
    types.DELETE: lambda key, plan, batch: DeleteInstance(key, plan.get("reason")),
    types.MIGRATE: _migration,
    types.MODIFY: _modification,
    types.RESOLVE: lambda key, plan, batch: ResolveIncidents(key, batch, plan.get("reason")),
    types.SUSPEND: lambda key, plan, batch: SuspendInstance(key, plan.get("reason")),
    types.RESUME: lambda key, plan, batch: ResumeInstance(key, plan.get("reason")),
}
