"""Change the data of an open user task: its row, the inbox rows of its candidates, its reminders, history."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, update

from engine.commands.arming import rearm
from engine.commands.running import Running
from engine.commands.task_rows import candidate_rows, of_candidates
from engine.commands.telling import tell_assignee
from engine.commands.transaction import Transaction
from engine.commands.values import MAX_NAME
from engine.errors import InvalidArgument
from engine.store.instances import Instance
from engine.store.labels import found_by
from engine.store.tables import task_candidate, user_task
from engine.store.tasks import NO_DUE, Task

CHANGEABLE = ("candidate_groups", "candidate_users", "due_at", "follow_up_at", "priority")
# how the API calls them; what a listener is told has changed
NAMES = {
    "assignee": "assignee", "candidate_groups": "candidateGroups", "candidate_users": "candidateUsers",
    "due_at": "dueDate", "follow_up_at": "followUpDate", "priority": "priority",
}  # fmt: skip

NOTHING: Mapping[str, Any] = {}


def checked(changes: Mapping[str, Any], allowed: tuple[str, ...] = CHANGEABLE) -> dict[str, Any]:
    """The changes as they can be kept. Raises InvalidArgument for an impossible one."""
    unknown = set(changes) - set(allowed)
    if unknown:
        raise InvalidArgument(f"cannot be changed: {', '.join(sorted(unknown))}")
    new = dict(changes)
    if "priority" in new and (not isinstance(new["priority"], int) or not 0 <= new["priority"] <= 100):
        raise InvalidArgument("a priority is a whole number from 0 to 100")
    for name in ("candidate_groups", "candidate_users"):
        if name in new:
            new[name] = list(new[name] or ())
            if not all(isinstance(n, str) and 0 < len(n) <= MAX_NAME and "\x00" not in n for n in new[name]):
                raise InvalidArgument(f"{name} are names of 1 to {MAX_NAME} characters")
    return new


def in_json(changes: Mapping[str, Any]) -> dict[str, Any]:
    """The changes as JSON: moments as ISO text."""
    return {k: v.isoformat() if isinstance(v, datetime) else v for k, v in changes.items()}


def from_json(changes: Mapping[str, Any]) -> dict[str, Any]:
    """The changes that `in_json` wrote."""
    return {k: datetime.fromisoformat(v) if v and k in ("due_at", "follow_up_at") else v for k, v in changes.items()}


def change(
    r: Running, instance: Instance, task: Any, changes: Mapping[str, Any], state: str = "CREATED",
    transition: dict[str, Any] | None = None, said: Mapping[str, Any] = NOTHING,
) -> None:  # fmt: skip
    """Give the task new values (checked), a state and what it waits for next; `task` is as it was before. `said`: what
    no other event tells of the change."""
    tx = r.tx
    new = {name: changes.get(name, getattr(task, name)) for name in NAMES}
    more = {name: changes[name] for name in ("owner", "delegation") if name in changes}
    values = {**new, **more, "state": state, "transition": transition, "rev": task.rev + 1}
    values["claimed_at"] = claimed(tx, task, new["assignee"])
    tx.db.execute(update(user_task).where(user_task.c.key == task.key).values(**values))
    _change_candidates(tx, instance, task, new)
    if new["due_at"] != task.due_at:
        rearm(r, instance, task, new["due_at"])
    if new["assignee"] != task.assignee:
        tx.record(instance, "assignee-set", task.element_id, task.key, assignee=new["assignee"], before=task.assignee)
    before = {name: getattr(task, name) for name in changes if name in CHANGEABLE}
    if before:
        tx.record(instance, "user-task-changed", task.element_id, task.key, before=in_json(before), **said)
    tell(tx, task, state, new["assignee"], new["candidate_groups"])
    asked = task.transition or {}
    if new["assignee"] not in (None, task.assignee) and not asked.get("told"):
        tell_assignee(tx, instance, task, new["assignee"], [asked.get("by") or "", asked.get("through") or ""])


def claimed(tx: Transaction, task: Task, assignee: str | None) -> datetime | None:
    """When the task first was somebody's: from then on it is worked on, whoever has it later."""
    return tx.now if task.claimed_at is None and assignee is not None else task.claimed_at


def tell(tx: Transaction, task: Task, state: str, assignee: str | None, groups: list[str]) -> None:
    """The live listeners are told of a task after the commit."""
    said = {"userTaskKey": str(task.key), "state": state, "assignee": assignee, "candidateGroups": list(groups)}
    tx.announce("user-task", said)


def _change_candidates(tx: Transaction, instance: Instance, task: Task, new: dict[str, Any]) -> None:
    c = task_candidate.c
    earlier = tx.db.execute(delete(task_candidate).where(c.task_key == task.key).returning(c.kind, c.name)).all()
    now = {**of_candidates(task), "due_at": new["due_at"], "priority": new["priority"]}
    rows = candidate_rows(now, new["candidate_groups"], new["candidate_users"], new["assignee"])
    still = {(row["kind"], row["name"]) for row in rows}
    rows += [_closed(instance.key, task.key, kind, name) for kind, name in earlier if (kind, name) not in still]
    if rows:
        tx.db.execute(insert(task_candidate), rows)


def _closed(instance_key: int, task_key: int, kind: str, name: str) -> dict[str, Any]:
    """Who was a candidate took part in the case, and may see it."""
    return {
        "kind": kind, "name": name, "task_key": task_key, "process_instance_key": instance_key,
        "status": "closed", "due_sort": NO_DUE, "priority": 0, **found_by(None, None),
    }  # fmt: skip
