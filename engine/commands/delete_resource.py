"""Withdraw a deployed version: it starts no more instances; what runs goes on, what happened stays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update

from engine.commands.registry import NO_INSTANCE, Target, handles
from engine.commands.start_arrivals import forget
from engine.commands.start_events import arm_start_events, disarm
from engine.commands.transaction import Transaction
from engine.errors import InvalidState, NotFound
from engine.policy.permissions import Facts
from engine.store.tables import process_definition, process_instance


@dataclass(frozen=True, slots=True)
class DeleteResource:
    """The key of a process definition."""

    resource_key: int


def _target(command: DeleteResource, tx: Transaction) -> Target:
    row = tx.db.execute(
        select(process_definition).where(process_definition.c.key == command.resource_key)
    ).one_or_none()
    if row is None or row.state != "ACTIVE":
        raise NotFound(resourceKey=str(command.resource_key))
    return Target(Facts(frozenset({row.process_id})), rows={"definition": row})


@handles(DeleteResource, permission="resource:delete", event=NO_INSTANCE, target=_target)
def delete_resource(command: DeleteResource, target: Target, tx: Transaction) -> dict[str, Any]:
    """Raises NotFound (process definitions only: forms and decisions may be in use by any version),
    InvalidState while instances of the version run. The version before it becomes the latest again."""
    row, p, c = target.rows["definition"], process_instance.c, process_definition.c
    running_one = select(p.key).where(p.definition_key == row.key, p.ended_at.is_(None)).limit(1)
    if tx.db.execute(running_one).first() is not None:
        raise InvalidState("instances of this version are running", resourceKey=str(row.key))
    tx.db.execute(update(process_definition).where(c.key == row.key).values(state="DELETED"))
    disarm(tx, row.process_id)
    latest = tx.services.definitions.find_process(tx.db, row.process_id)
    if latest is None:
        forget(tx, row.process_id)
    else:
        deployed = tx.services.definitions.process(tx.db, latest)
        arm_start_events(tx, deployed.definition.process, latest)
    return {"resourceKey": str(row.key), "batchOperation": None}
