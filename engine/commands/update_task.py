"""Change a user task: due and follow-up date, priority, candidates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.commands.registry import Target, handles
from engine.commands.running import running
from engine.commands.task_changes import change, checked
from engine.commands.task_transitions import asks, begin, node_of
from engine.commands.transaction import Transaction
from engine.errors import InvalidState


@dataclass(frozen=True, slots=True)
class UpdateTask:
    """`changeset` has some of task_changes.CHANGEABLE; moments are aware datetimes, None clears them."""

    task_key: int
    changeset: Mapping[str, Any] = field(default_factory=dict)
    rev: int | None = None
    action: str = "update"

    def told(self) -> dict[str, Any]:
        """The new values."""
        said = {k: v.isoformat() if hasattr(v, "isoformat") else v for k, v in self.changeset.items()}
        return {"changes": said, "action": self.action}


@handles(
    UpdateTask, permission="user-task:update", event="user-task-updated",
    target=asks("updating", "user-task-update-requested"),
)  # fmt: skip
def update_task(command: UpdateTask, target: Target, tx: Transaction) -> dict[str, str] | None:
    """Raises InvalidState when the task is not open, InvalidArgument for an impossible change. If the task has
    listeners of it, it waits for them first, and what they are asked about is returned."""
    task, instance = target.rows["task"], target.instance
    assert instance is not None
    if task.state != "CREATED":
        raise InvalidState(userTaskKey=str(task.key), state=task.state)
    new, r = checked(command.changeset), running(tx)
    node = node_of(r, instance, task)
    if node.human is not None and node.human.listens("updating"):
        return begin(r, instance, task, "updating", command.action, new)
    change(r, instance, task, new)
    return None
