"""Ask for something to be done to many cases: to all that a filter finds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.commands.batches import open_batch
from engine.commands.modify_instance import MAX_INSTRUCTIONS
from engine.commands.registry import OfService, Target, handles
from engine.commands.transaction import Transaction
from engine.errors import Forbidden, InvalidArgument, NotFound
from engine.model.batch import CHOICES, DELETE, MIGRATE, MODIFY
from engine.policy.permissions import Facts, in_scope, require


@dataclass(frozen=True, slots=True)
class CreateBatchOperation:
    """`type` is one of CHOICES; `filter` that of a search for process instances. `plan` is {reason}, of a migration
    also {target, mapping: [[source, target]]}, of a modification {moves: [[source, target]]}."""

    type: str
    filter: Mapping[str, Any] = field(default_factory=dict)
    plan: Mapping[str, Any] = field(default_factory=dict)

    def told(self) -> dict[str, Any]:
        """What the audit log says of it: of variables only their names, because values may be personal data."""
        return {"type": self.type, "filter": _without_values(self.filter), "reason": self.plan.get("reason")}


def _without_values(wanted: Any, of_variable: bool = False) -> Any:
    if isinstance(wanted, list | tuple):
        return [_without_values(one, of_variable) for one in wanted]
    if not isinstance(wanted, Mapping):
        return wanted
    return {
        name: _without_values(one, name == "variables") for name, one in wanted.items()
        if not (of_variable and name == "value")
    }  # fmt: skip


_EVENT = OfService("batch-created", lambda _, answer: answer["batchOperationKey"])


@handles(CreateBatchOperation, permission="batch-operation:create", event=_EVENT)
def create_batch_operation(command: CreateBatchOperation, _target: Target, tx: Transaction) -> dict[str, Any]:
    """The key under which it is followed. The cases are looked for and worked off after the commit, each in the name
    of who asks here and with what that person may do then. Raises InvalidArgument for a plan that fits no case,
    Forbidden for deletion by others than administrators."""
    if command.type not in CHOICES:
        raise InvalidArgument(f"there is no operation {command.type}")
    if command.type == DELETE:  # whose permission depends on the account alone, so that it can be told now
        require(tx.actor, "process-instance:delete", Facts())
    if command.type == MIGRATE:
        _check_migration(command.plan, tx)
    if command.type == MODIFY and not 1 <= len(command.plan["moves"]) <= MAX_INSTRUCTIONS:
        raise InvalidArgument(f"a modification has 1 to {MAX_INSTRUCTIONS} instructions")
    _check_scope(command.type, tx)
    return open_batch(tx, command.type, command.filter, command.plan)


def _check_scope(type_: str, tx: Transaction) -> None:
    """A token is for what is done to each case, too: that happens later, in the name of the account, without it."""
    for permission in (CHOICES[type_].permission, "process-instance:read"):
        if not in_scope(tx.actor, permission):
            raise Forbidden(permission=permission)


def _check_migration(plan: Mapping[str, Any], tx: Transaction) -> None:
    sources = [source for source, _ in plan["mapping"]]
    if len(set(sources)) != len(sources):
        raise InvalidArgument("an element is mapped once")
    try:
        tx.services.definitions.process(tx.db, int(plan["target"]))
    except NotFound:
        raise InvalidArgument("there is no such version", targetProcessDefinitionKey=str(plan["target"])) from None
