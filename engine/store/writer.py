"""Write what a command did, in as few statements as there are tables: each table once, rows together.

Rows collect during the command; `flush` writes them before history and instances are written.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, String, bindparam, case, delete, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from engine.store import tables as t

_END_TASKS = (
    update(t.user_task)
    .where(t.user_task.c.key == bindparam("b_key"))
    .values(
        state=bindparam("b_state"), completed_at=bindparam("b_at"), completed_by=bindparam("b_by"),
        rev=t.user_task.c.rev + 1, transition=None,
    )
)  # fmt: skip
_MOVE_JOBS = (
    update(t.job)
    .where(t.job.c.key == bindparam("b_key"), t.job.c.state == "PENDING")
    .values(due_at=bindparam("b_due"), updated_at=bindparam("b_at"))
)
_f = t.form_definition.c
# the form's version is looked up where the task is written: the newest; with `b_tag` the newest that has it;
# with `b_deployment` that of the same deployment, if there is one
_FORM_KEY = (
    select(_f.key)
    .where(
        _f.form_id == bindparam("b_form"),
        or_(bindparam("b_tag", type_=String).is_(None), _f.version_tag == bindparam("b_tag")),
    )
    .order_by(case((_f.deployment_key == bindparam("b_deployment"), 0), else_=1), _f.version.desc())
    .limit(1)
    .scalar_subquery()
)
_NEW_TASKS = insert(t.user_task).values(
    {column.name: bindparam(column.name) for column in t.user_task.c if column.name != "form_key"}
    | {"form_key": _FORM_KEY}
)
_NEW_CANDIDATES, _NEW_JOBS = insert(t.task_candidate), insert(t.job)
_NEW_SUBSCRIPTIONS, _NEW_INCIDENTS = insert(t.subscription), insert(t.incident)
_NEW_DECISIONS, _NEW_RESULTS = insert(t.decision_instance), insert(t.control_point_result)
_CLOSE_CANDIDATES = (
    update(t.task_candidate).where(t.task_candidate.c.task_key == bindparam("b_key")).values(status="closed")
)
# one statement for those that begin and those that end: of the latter only the end is written
_ELEMENTS = {
    name: (statement := dialect.insert(t.element_instance)).on_conflict_do_update(
        index_elements=["key"], set_={"state": statement.excluded.state, "ended_at": statement.excluded.ended_at}
    )
    for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql))
}
_UPSERTS = {
    name: (statement := dialect.insert(t.variable)).on_conflict_do_update(
        index_elements=["scope_key", "name"], set_={"value": statement.excluded.value}
    )
    for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql))
}
_OPEN_JOBS = ("PENDING", "LOCKED", "SUSPENDED", "FAILED", "ERROR_THROWN")


@dataclass(slots=True)
class Writer:
    """The rows of one command."""

    now: datetime
    elements: dict[int, dict[str, Any]] = field(default_factory=dict)
    variables: dict[tuple[int, str], dict[str, Any]] = field(default_factory=dict)
    scopes_dropped: set[int] = field(default_factory=set)
    tasks: dict[int, dict[str, Any]] = field(default_factory=dict)
    candidates: list[dict[str, Any]] = field(default_factory=list)
    tasks_ended: list[dict[str, Any]] = field(default_factory=list)
    jobs: dict[int, dict[str, Any]] = field(default_factory=dict)
    jobs_moved: dict[int, datetime] = field(default_factory=dict)
    jobs_closed: dict[int, str] = field(default_factory=dict)
    element_jobs_cancelled: set[int] = field(default_factory=set)
    subscriptions: dict[int, dict[str, Any]] = field(default_factory=dict)
    subscriptions_closed: set[int] = field(default_factory=set)
    incidents: dict[int, dict[str, Any]] = field(default_factory=dict)
    incidents_closed: set[int] = field(default_factory=set)
    decisions: list[dict[str, Any]] = field(default_factory=list)
    results: list[dict[str, Any]] = field(default_factory=list)

    def end_element(self, key: int, completed: bool, row: dict[str, Any]) -> None:
        """An element instance ended: in the row still to be inserted, else in the one that is there.

        `row` is what the table demands of any row (process_instance_key, element_id, element_type).
        """
        ended = {"state": "COMPLETED" if completed else "TERMINATED", "ended_at": self.now}
        whole = {"key": key, "scope_key": key, "element_name": None, "incident_key": None, "started_at": self.now}
        self.elements[key] = (self.elements.get(key) or whole | row) | ended

    def end_task(self, key: int, completed: bool, by: str | None) -> None:
        """A user task ended."""
        state = "COMPLETED" if completed else "CANCELED"
        if key in self.tasks:
            self.tasks[key] |= {"transition": None, "state": state, "completed_at": self.now, "completed_by": by}
        else:
            self.tasks_ended.append({"b_key": key, "b_state": state, "b_at": self.now, "b_by": by})

    def close_job(self, key: int, state: str) -> None:
        """A job or timer ended; one that was never written is not."""
        if self.jobs.pop(key, None) is None:
            self.jobs_closed[key] = state

    def close_subscription(self, key: int) -> None:
        """A subscription ended; one that was never written is not."""
        if self.subscriptions.pop(key, None) is None:
            self.subscriptions_closed.add(key)

    def drop_scope(self, scope_key: int) -> None:
        """A scope's variables end with it."""
        for held in [k for k in self.variables if k[0] == scope_key]:
            del self.variables[held]
        self.scopes_dropped.add(scope_key)

    def flush(self, db: Connection) -> None:
        """Write everything collected; the writer is empty afterwards."""
        if self.elements:
            db.execute(_ELEMENTS[db.dialect.name], list(self.elements.values()))
        self._flush_variables(db)
        self._flush_tasks(db)
        self._flush_jobs(db)
        self._flush_subscriptions(db)
        self._flush_incidents(db)
        if self.decisions:
            db.execute(_NEW_DECISIONS, self.decisions)
        if self.results:
            db.execute(_NEW_RESULTS, self.results)
        self.__init__(self.now)  # type: ignore[misc]

    def _flush_variables(self, db: Connection) -> None:
        if self.scopes_dropped:
            db.execute(delete(t.variable).where(t.variable.c.scope_key.in_(self.scopes_dropped)))
        if self.variables:
            db.execute(_UPSERTS[db.dialect.name], list(self.variables.values()))

    def _flush_tasks(self, db: Connection) -> None:
        if self.tasks:
            db.execute(_NEW_TASKS, list(self.tasks.values()))
        if self.candidates:
            db.execute(_NEW_CANDIDATES, self.candidates)
        if self.tasks_ended:
            db.execute(_END_TASKS, self.tasks_ended)
            db.execute(_CLOSE_CANDIDATES, [{"b_key": row["b_key"]} for row in self.tasks_ended])

    def _flush_jobs(self, db: Connection) -> None:
        if self.jobs:
            db.execute(_NEW_JOBS, list(self.jobs.values()))
        if self.jobs_moved:
            rows = [{"b_key": k, "b_due": due, "b_at": self.now} for k, due in self.jobs_moved.items()]
            db.execute(_MOVE_JOBS, rows)
        for state in sorted(set(self.jobs_closed.values())):
            keys = [k for k, s in self.jobs_closed.items() if s == state]
            db.execute(
                update(t.job).where(t.job.c.key.in_(keys), t.job.c.state.in_(_OPEN_JOBS))
                .values(state=state, ended_at=self.now)
            )  # fmt: skip
        if self.element_jobs_cancelled:
            db.execute(
                update(t.job)
                .where(t.job.c.element_instance_key.in_(self.element_jobs_cancelled), t.job.c.state.in_(_OPEN_JOBS))
                .values(state="CANCELED", ended_at=self.now)
            )  # fmt: skip

    def _flush_subscriptions(self, db: Connection) -> None:
        if self.subscriptions:
            db.execute(_NEW_SUBSCRIPTIONS, list(self.subscriptions.values()))
        if self.subscriptions_closed:
            db.execute(delete(t.subscription).where(t.subscription.c.key.in_(self.subscriptions_closed)))

    def _flush_incidents(self, db: Connection) -> None:
        if self.incidents:
            db.execute(_NEW_INCIDENTS, list(self.incidents.values()))
        if self.incidents_closed:
            db.execute(
                update(t.incident)
                .where(t.incident.c.key.in_(self.incidents_closed), t.incident.c.state == "ACTIVE")
                .values(state="RESOLVED", resolved_at=self.now)
            )
