"""Change a user task: due and follow-up date, priority, candidates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete, insert, update

from engine.commands.registry import Target, handles
from engine.commands.reminders import rearm
from engine.commands.running import running
from engine.commands.targets import task_target
from engine.commands.task_rows import NEVER, candidate_rows
from engine.commands.transaction import Transaction
from engine.commands.values import MAX_NAME
from engine.errors import InvalidArgument, InvalidState
from engine.store.instances import Instance
from engine.store.tables import task_candidate, user_task
from engine.store.tasks import Task

CHANGEABLE = ("candidate_groups", "candidate_users", "due_at", "follow_up_at", "priority")


@dataclass(frozen=True, slots=True)
class UpdateTask:
    """`changeset` has some of CHANGEABLE; moments are aware datetimes, None clears them."""

    task_key: int
    changeset: Mapping[str, Any] = field(default_factory=dict)
    rev: int | None = None
    action: str = "update"

    def told(self) -> dict[str, Any]:
        """The new values."""
        said = {k: v.isoformat() if hasattr(v, "isoformat") else v for k, v in self.changeset.items()}
        return {"changes": said, "action": self.action}


@handles(UpdateTask, permission="user-task:update", event="user-task-updated", target=task_target)
def update_task(command: UpdateTask, target: Target, tx: Transaction) -> None:
    """Raises InvalidState when the task is not open, InvalidArgument for an impossible change."""
    task, instance = target.rows["task"], target.instance
    assert instance is not None
    if task.state != "CREATED":
        raise InvalidState(userTaskKey=str(task.key), state=task.state)
    new = _checked(command, task)
    tx.db.execute(update(user_task).where(user_task.c.key == task.key).values(**new, rev=task.rev + 1))
    _change_candidates(tx, instance, task, new)
    if new["due_at"] != task.due_at:
        rearm(running(tx), instance, task, new["due_at"])
    before = {name: getattr(task, name) for name in command.changeset}
    tx.record(
        instance, "user-task-changed", task.element_id, task.key,
        before={k: v.isoformat() if hasattr(v, "isoformat") else v for k, v in before.items()},
    )  # fmt: skip
    tx.announce(
        "user-task",
        {
            "userTaskKey": str(task.key),
            "state": task.state,
            "assignee": task.assignee,
            "candidateGroups": list(new["candidate_groups"]),
        },
    )


def _checked(command: UpdateTask, task: Task) -> dict[str, Any]:
    """All that can be changed, as it is to be. Raises InvalidArgument."""
    unknown = set(command.changeset) - set(CHANGEABLE)
    if unknown:
        raise InvalidArgument(f"cannot be changed: {', '.join(sorted(unknown))}")
    new = {name: command.changeset.get(name, getattr(task, name)) for name in CHANGEABLE}
    if not isinstance(new["priority"], int) or not 0 <= new["priority"] <= 100:
        raise InvalidArgument("a priority is a whole number from 0 to 100")
    for name in ("candidate_groups", "candidate_users"):
        new[name] = list(new[name] or ())
        if not all(isinstance(n, str) and 0 < len(n) <= MAX_NAME and "\x00" not in n for n in new[name]):
            raise InvalidArgument(f"{name} are names of 1 to {MAX_NAME} characters")
    return new


def _change_candidates(tx: Transaction, instance: Instance, task: Task, new: dict[str, Any]) -> None:
    c = task_candidate.c
    earlier = tx.db.execute(delete(task_candidate).where(c.task_key == task.key).returning(c.kind, c.name)).all()
    rows = candidate_rows(
        instance.key, task.key, new["candidate_groups"], new["candidate_users"], task.assignee,
        new["due_at"], new["priority"],
    )  # fmt: skip
    still = {(row["kind"], row["name"]) for row in rows}
    rows += [_closed(instance.key, task.key, kind, name) for kind, name in earlier if (kind, name) not in still]
    if rows:
        tx.db.execute(insert(task_candidate), rows)


def _closed(instance_key: int, task_key: int, kind: str, name: str) -> dict[str, Any]:
    """Who was a candidate took part in the case, and may see it."""
    return {
        "kind": kind, "name": name, "task_key": task_key, "process_instance_key": instance_key,
        "status": "closed", "due_sort": NEVER, "priority": 0,
    }  # fmt: skip
