"""Write what a command did, in as few statements as there are tables: each table once, rows together.

Rows collect during the command; `flush` adds them to its batch, before history and instances are.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    BindParameter,
    Integer,
    String,
    Table,
    bindparam,
    case,
    delete,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from engine.store import tables as t
from engine.store.batch import Batch
from engine.store.elements import standard_due
from engine.store.labels import ADD_LABELS, Labels, label
from engine.store.prepared import Prepared

_MOVE_JOBS = Prepared(
    update(t.job)
    .where(t.job.c.key == bindparam("b_key"), t.job.c.state == "PENDING")
    .values(due_at=bindparam("b_due"), updated_at=bindparam("b_at"))
)
_f = t.form_definition.c
# the form's version is looked up where the task is written: the newest; with `b_tag` the newest that has it;
# with `b_deployment` that of the same deployment, or the one of before that had not changed, if there is one
_TOGETHER: Any = bindparam("b_deployment")
_FORM_KEY = (
    select(_f.key)
    .where(
        _f.form_id == bindparam("b_form"),
        or_(bindparam("b_tag", type_=String).is_(None), _f.version_tag == bindparam("b_tag")),
    )
    .order_by(
        case((_f.deployment_key == _TOGETHER, 0), (_f.deployment_key < _TOGETHER, 1), else_=2), _f.version.desc()
    )
    .limit(1)
    .scalar_subquery()
)


def _upsert(
    table: Table, keys: list[str], values: dict[str, Any], changed: Callable[[Any], dict[str, Any]]
) -> Prepared:
    """One statement for rows that are new and rows that are there: of the latter only what `changed` names."""
    made: dict[str, Any] = {}
    for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql)):
        statement = dialect.insert(table).values(values)
        made[name] = statement.on_conflict_do_update(index_elements=keys, set_=changed(statement.excluded))
    return Prepared(made)


def _all_of(table: Table) -> dict[str, Any]:
    return {column.name: bindparam(column.name) for column in table.c}


def _tasks() -> Prepared:
    """The rows of new tasks, and the ends of those that are there. An element that ended without having asked for
    its task (a failing expression, the body of a loop, a job-worker user task) has no row and gets none."""
    table, there = t.user_task, t.user_task.alias("there")
    values = [
        _FORM_KEY.label(column.name) if column.name == "form_key" else bindparam(column.name, type_=column.type)
        for column in table.c
    ]
    is_there = select(there.c.key).where(there.c.key == bindparam("key", type_=BigInteger)).exists()
    rows = select(*values).where(or_(bindparam("b_new", type_=Integer) == 1, is_there))
    made: dict[str, Any] = {}
    for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql)):
        statement = dialect.insert(table).from_select([column.name for column in table.c], rows)
        new = statement.excluded
        made[name] = statement.on_conflict_do_update(
            index_elements=["key"],
            set_={
                "state": new.state, "completed_at": new.completed_at, "completed_by": new.completed_by,
                "completed_through": new.completed_through,
                "transition": None, "rev": table.c.rev + 1,
            },
        )  # fmt: skip
    return Prepared(made)


_TASKS = _tasks()
_KEY: BindParameter[int] = bindparam("key", type_=BigInteger)
_ELEMENTS = _upsert(
    t.element_instance, ["key"], _all_of(t.element_instance),
    lambda new: {"state": new.state, "ended_at": new.ended_at, "standard_due_at": standard_due(_KEY)},
)  # fmt: skip
_VARIABLES = _upsert(
    t.variable, ["scope_key", "name"], _all_of(t.variable), lambda new: {"value": new.value}
)
_NEW_CANDIDATES, _NEW_JOBS = Prepared(insert(t.task_candidate)), Prepared(insert(t.job))
_NEW_SUBSCRIPTIONS, _NEW_INCIDENTS = Prepared(insert(t.subscription)), Prepared(insert(t.incident))
_NEW_DECISIONS, _NEW_RESULTS = Prepared(insert(t.decision_instance)), Prepared(insert(t.control_point_result))
_CLOSE_CANDIDATES = Prepared(
    update(t.task_candidate).where(t.task_candidate.c.task_key == bindparam("b_key")).values(status="closed")
)
_DROP_SCOPES = Prepared(delete(t.variable).where(t.variable.c.scope_key == bindparam("b_key")))
_OPEN_JOBS = ("PENDING", "LOCKED", "SUSPENDED", "FAILED", "ERROR_THROWN")
# written out, because a list in a parameter would have to be put into the statement at each execution
_END_JOB = (
    update(t.job)
    .where(or_(*(t.job.c.state == state for state in _OPEN_JOBS)))
    .values(state=bindparam("b_state"), ended_at=bindparam("b_at"))
)
_END_JOBS = Prepared(_END_JOB.where(t.job.c.key == bindparam("b_key")))
_END_ELEMENT_JOBS = Prepared(_END_JOB.where(t.job.c.element_instance_key == bindparam("b_key")))
_CLOSE_SUBSCRIPTIONS = Prepared(delete(t.subscription).where(t.subscription.c.key == bindparam("b_key")))
_CLOSE_INCIDENTS = Prepared(
    update(t.incident)
    .where(t.incident.c.key == bindparam("b_key"), t.incident.c.state == "ACTIVE")
    .values(state="RESOLVED", resolved_at=bindparam("b_at"))
)
# what the table demands of a row that is there already, and of which only the end is written
_TASK_THERE = {
    "root_key": 0, "definition_key": 0, "process_id": "", "process_version": 0, "process_name": None,
    "process_name_en": None, "business_id": None, "element_id": "", "name": None, "name_en": None,
    "step_number": None, "assignee": None, "candidate_groups": [], "candidate_users": [], "due_at": None,
    "follow_up_at": None, "statutory_due_at": None, "standard_due_at": None, "standard_from": None,
    "standard_term": None, "claimed_at": None, "priority": 0, "b_form": None, "b_tag": None, "b_deployment": -1,
    "external_form_reference": None, "custom_headers": {}, "rev": 0, "transition": None, "b_new": 0,
    "owner": None, "delegation": None, "hands": [], "signing": None, "label_key": None,
}  # fmt: skip


@dataclass(slots=True)
class Writer:
    """The rows of one command."""

    now: datetime
    elements: dict[int, dict[str, Any]] = field(default_factory=dict)
    variables: dict[tuple[int, str], dict[str, Any]] = field(default_factory=dict)
    scopes_dropped: set[int] = field(default_factory=set)
    tasks: dict[int, dict[str, Any]] = field(default_factory=dict)
    labels: dict[int, dict[str, Any]] = field(default_factory=dict)
    candidates: list[dict[str, Any]] = field(default_factory=list)
    tasks_ended: list[int] = field(default_factory=list)
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
        whole = {
            "key": key, "scope_key": key, "element_name": None, "incident_key": None, "started_at": self.now,
            "standard_due_at": None, "standard_from": None, "standard_term": None,
        }  # fmt: skip
        self.elements[key] = (self.elements.get(key) or whole | row) | ended

    def add_task(self, task: dict[str, Any]) -> None:
        """A new task: its columns but `label_key`, which it has afterwards."""
        found = label(task)
        self.labels[found["key"]] = found
        task["label_key"] = found["key"]
        self.tasks[task["key"]] = task

    def end_task(self, key: int, instance_key: int, completed: bool, by: str | None, through: str | None) -> None:
        """A user task ended: in the row still to be inserted, else in the one that is there. `through` is the
        substitute who completed it in the name of `by`."""
        state = "COMPLETED" if completed else "CANCELED"
        if key not in self.tasks:
            self.tasks[key] = {"key": key, "process_instance_key": instance_key, **_TASK_THERE, "created_at": self.now}
            self.tasks_ended.append(key)
        done = {"completed_at": self.now, "completed_by": by, "completed_through": through}
        self.tasks[key] |= {"transition": None, "state": state, **done}

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

    def flush(self, batch: Batch, there: Labels) -> None:
        """Add everything collected to the batch but the labels that are `there`; the writer is empty afterwards."""
        batch.add(_ELEMENTS, list(self.elements.values()))
        batch.add(_DROP_SCOPES, [{"b_key": key} for key in self.scopes_dropped])
        batch.add(_VARIABLES, list(self.variables.values()))
        batch.add(ADD_LABELS, there.lacking(self.labels))
        batch.add(_TASKS, list(self.tasks.values()))
        batch.add(_NEW_CANDIDATES, self.candidates)
        batch.add(_CLOSE_CANDIDATES, [{"b_key": key} for key in self.tasks_ended])
        self._flush_jobs(batch)
        batch.add(_NEW_SUBSCRIPTIONS, list(self.subscriptions.values()))
        batch.add(_CLOSE_SUBSCRIPTIONS, [{"b_key": key} for key in self.subscriptions_closed])
        batch.add(_NEW_INCIDENTS, list(self.incidents.values()))
        batch.add(_CLOSE_INCIDENTS, [{"b_key": key, "b_at": self.now} for key in self.incidents_closed])
        batch.add(_NEW_DECISIONS, self.decisions)
        batch.add(_NEW_RESULTS, self.results)
        self.__init__(self.now)  # type: ignore[misc]

    def _flush_jobs(self, batch: Batch) -> None:
        at = self.now
        batch.add(_NEW_JOBS, list(self.jobs.values()))
        batch.add(_MOVE_JOBS, [{"b_key": k, "b_due": due, "b_at": at} for k, due in self.jobs_moved.items()])
        batch.add(_END_JOBS, [{"b_key": k, "b_state": state, "b_at": at} for k, state in self.jobs_closed.items()])
        batch.add(
            _END_ELEMENT_JOBS, [{"b_key": k, "b_state": "CANCELED", "b_at": at} for k in self.element_jobs_cancelled]
        )
