"""Delete a finished case: what it worked with goes, its history stays and says who deleted it, and why.

History is append-only: an office must be able to show for every case what was done, also that it was
deleted. The row of the case stays with it, because it holds the head of the chain.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select

from engine.commands.holds import refuse_held
from engine.commands.past_figures import keep_figures
from engine.commands.registry import Target, handles
from engine.commands.suspension import hierarchy
from engine.commands.targets import instance_target
from engine.commands.transaction import Transaction
from engine.errors import InvalidState
from engine.store import tables as t
from engine.store.instances import ALIVE, DELETED

# control points and deadlines are a register of evidence, and items of batch operations say what was done to whom
WORKED_WITH = (
    t.task_candidate, t.task_mark, t.user_task, t.variable, t.element_instance, t.job, t.subscription, t.incident,
    t.decision_instance, t.message_correlation, t.delivery, t.notification, t.comment,
    t.document, t.intervention, t.co_signature,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DeleteInstance:
    """With everything that it called."""

    key: int
    reason: str | None = None
    rev: int | None = None

    def told(self) -> dict[str, Any]:
        """Why."""
        return {"reason": self.reason}


@handles(DeleteInstance, permission="process-instance:delete", event="instance-deleted", target=instance_target)
def delete_instance(command: DeleteInstance, target: Target, tx: Transaction) -> None:
    """Raises InvalidState while it runs, and when it was called by another (delete that one); CaseHeld."""
    root = target.instance
    assert root is not None
    if root.state in ALIVE:
        raise InvalidState("only a case that has ended is deleted", processInstanceKey=str(root.key), state=root.state)
    if root.parent_key is not None:
        why = "a called instance is deleted with its caller"
        raise InvalidState(why, parentProcessInstanceKey=str(root.parent_key))
    gone = [case for state in ("COMPLETED", "TERMINATED") for case in hierarchy(tx, root, state)]
    for case in gone:
        if case is not root:
            tx.record(case, "instance-deleted", None, case.key, **command.told())
        case.state = DELETED
    keys = [case.key for case in gone]
    refuse_held(tx, keys)
    forget_work(tx, keys)
    tx.announce("process-instance", {"processInstanceKey": str(root.key)})


def forget_work(tx: Transaction, keys: Sequence[int]) -> None:
    """Delete what these cases worked with; what reports count of them stays."""
    keep_figures(tx, keys)
    tasks = select(t.user_task.c.key).where(t.user_task.c.process_instance_key.in_(keys))
    tx.db.execute(delete(t.task_draft).where(t.task_draft.c.task_key.in_(tasks)))
    for table in WORKED_WITH:
        tx.db.execute(delete(table).where(table.c.process_instance_key.in_(keys)))
