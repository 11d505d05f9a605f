"""A user task with its locked instance, in one statement."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, String, bindparam, case, exists, func, or_, select, type_coerce

from engine.store.instances import LOADED, Instance
from engine.store.prepared import Prepared
from engine.store.tables import control_point_result, task_draft, user_task
from engine.store.tables import process_instance as pi

NO_DUE = "9999"  # sorts behind every moment
_due, _statutory = user_task.c.due_at, user_task.c.statutory_due_at
# the earlier of the task's own due moment and of its case's statutory one; null when it has neither
DUE_BY: ColumnElement[Any] = case((_due.is_(None) | (_statutory < _due), _statutory), else_=_due)
# the same as text to sort by, as task_candidate.due_sort holds it
URGENCY: ColumnElement[str] = func.coalesce(type_coerce(DUE_BY, String), NO_DUE)


@dataclass(frozen=True, slots=True)
class Task:
    """One row of user_task. `has_results` tells whether control points of it are recorded (waived)
    already, `has_draft` whether somebody typed something into it."""

    key: int
    process_instance_key: int
    root_key: int
    definition_key: int
    process_id: str
    process_version: int
    process_name: str | None
    process_name_en: str | None
    business_id: str | None
    element_id: str
    name: str | None
    name_en: str | None
    step_number: str | None
    state: str
    assignee: str | None
    candidate_groups: list[str]
    candidate_users: list[str]
    due_at: datetime | None
    follow_up_at: datetime | None
    statutory_due_at: datetime | None
    standard_due_at: datetime | None
    standard_from: datetime | None
    standard_term: list[Any] | None
    claimed_at: datetime | None
    priority: int
    form_key: int | None
    external_form_reference: str | None
    custom_headers: dict[str, str]
    created_at: datetime
    completed_at: datetime | None
    completed_by: str | None
    completed_through: str | None
    rev: int
    transition: dict[str, Any] | None
    owner: str | None
    delegation: str | None
    hands: list[str]
    signing: str | None
    label_key: int | None
    has_results: bool
    has_draft: bool


_PLAIN = [f.name for f in fields(Task) if f.name not in ("has_results", "has_draft")]
_WIDTH = len(LOADED)
# the root of the hierarchy first: it is the lock (keys grow with time, so a root has the smaller key)
_QUERY = (
    select(
        *LOADED,
        *(user_task.c[name] for name in _PLAIN),
        exists().where(control_point_result.c.task_key == user_task.c.key),
        exists().where(task_draft.c.task_key == user_task.c.key),
    )
    .join(user_task, or_(pi.c.key == user_task.c.root_key, pi.c.key == user_task.c.process_instance_key))
    .where(user_task.c.key == bindparam("b_task"))
    .order_by(pi.c.key)
)
# both rows are locked, so that a transaction that had to wait sees both as they are now
_LOCKING = Prepared({"sqlite": _QUERY, "postgresql": _QUERY.with_for_update(of=[pi, user_task])})


def lock_task(db: Connection, task_key: int) -> tuple[dict[int, Instance], Task | None]:
    """Lock the call hierarchy of a task and load the task, its instance and their root.

    Empty and None when there is no such task.
    """
    instances: dict[int, Instance] = {}
    task: Task | None = None
    for values in _LOCKING.rows(db, {"b_task": task_key}):
        instance = Instance(*values[:_WIDTH])
        instances[instance.key] = instance
        task = Task(*values[_WIDTH:])
    return instances, task
