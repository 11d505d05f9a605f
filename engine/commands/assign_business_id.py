"""Give a case that has none its business id: the number that the office knows it by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import update

from engine.commands.registry import Target, handles
from engine.commands.targets import instance_target
from engine.commands.transaction import Transaction
from engine.errors import InvalidArgument, InvalidState
from engine.store.instances import ALIVE
from engine.store.labels import numbered
from engine.store.tables import task_candidate, user_task

LONGEST = 256


@dataclass(frozen=True, slots=True)
class AssignBusinessId:
    """Once given, it stays."""

    key: int
    business_id: str
    reason: str | None = None
    rev: int | None = None

    def told(self) -> dict[str, Any]:
        """Why, and what it was before: nothing."""
        return {"reason": self.reason, "before": None, "businessId": self.business_id}


@handles(AssignBusinessId, permission="process-instance:update", event="business-id-assigned", target=instance_target)
def assign_business_id(command: AssignBusinessId, target: Target, tx: Transaction) -> None:
    """Raises InvalidState when it has one already or has ended; AlreadyExists when the id is in use."""
    instance = target.instance
    assert instance is not None
    if not 1 <= len(command.business_id) <= LONGEST:
        raise InvalidArgument(f"a business id has 1 to {LONGEST} characters")
    if instance.state not in ALIVE or instance.business_id is not None:
        known = instance.business_id
        raise InvalidState(processInstanceKey=str(instance.key), state=instance.state, businessId=known)
    instance.business_id = command.business_id
    mine = user_task.c.process_instance_key == instance.key
    tx.db.execute(update(user_task).where(mine).values(business_id=command.business_id))
    listed = task_candidate.c.process_instance_key == instance.key
    tx.db.execute(update(task_candidate).where(listed).values(number=numbered(command.business_id)))
    tx.announce("process-instance", {"processInstanceKey": str(instance.key)})
