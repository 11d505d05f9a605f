"""Withdraw a deployed version: it starts no more instances. What happened stays, unless its cases are deleted, too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select, update

from engine.commands.batches import open_batch
from engine.commands.registry import OfService, Target, handles
from engine.commands.start_arrivals import forget
from engine.commands.start_events import arm_start_events, disarm
from engine.commands.transaction import Transaction
from engine.errors import InvalidState, NotFound
from engine.model.batch import DELETE
from engine.policy.permissions import Facts, require
from engine.store.tables import process_definition, process_instance


@dataclass(frozen=True, slots=True)
class DeleteResource:
    """The key of a process definition. With `delete_history` its cases are deleted, as DeleteInstance does it."""

    resource_key: int
    delete_history: bool = False

    def told(self) -> dict[str, Any]:
        """What the audit log says of it."""
        return {"deleteHistory": self.delete_history}


def _target(command: DeleteResource, tx: Transaction) -> Target:
    row = tx.db.execute(
        select(process_definition).where(process_definition.c.key == command.resource_key)
    ).one_or_none()
    if row is None or (row.state != "ACTIVE" and not command.delete_history):
        raise NotFound(resourceKey=str(command.resource_key))
    return Target(Facts(frozenset({row.process_id})), rows={"definition": row})


_EVENT = OfService("resource-withdrawn", lambda command, _: command.resource_key)


@handles(DeleteResource, permission="resource:delete", event=_EVENT, target=_target)
def delete_resource(command: DeleteResource, target: Target, tx: Transaction) -> dict[str, Any]:
    """Raises NotFound (process definitions only: forms and decisions may be in use by any version),
    InvalidState while instances of the version run. The version before it becomes the latest again. Of a version that
    is withdrawn already the cases can still be deleted; that needs the permission for it, and is a batch operation."""
    row, p = target.rows["definition"], process_instance.c
    running_one = select(p.key).where(p.definition_key == row.key, p.ended_at.is_(None)).limit(1)
    if tx.db.execute(running_one).first() is not None:
        raise InvalidState("instances of this version are running", resourceKey=str(row.key))
    if row.state == "ACTIVE":
        _withdraw(row, tx)
    deletion = None
    if command.delete_history:
        require(tx.actor, "process-instance:delete", target.facts)
        deletion = open_batch(tx, DELETE, {"processDefinitionKey": str(row.key)}, {})
    return {"resourceKey": str(row.key), "batchOperation": deletion}


def _withdraw(row: Row[Any], tx: Transaction) -> None:
    c = process_definition.c
    tx.db.execute(update(process_definition).where(c.key == row.key).values(state="DELETED"))
    disarm(tx, row.process_id)
    latest = tx.services.definitions.find_process(tx.db, row.process_id)
    if latest is None:
        forget(tx, row.process_id)
    else:
        deployed = tx.services.definitions.process(tx.db, latest)
        arm_start_events(tx, deployed.definition.process, latest)
