"""What a case in a world of scenarios waits for, and what can be done about it; and what a process begins with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, or_, select

from engine.model.diagram import Process
from engine.model.jobs import FOR_WORKERS
from engine.scenarios.looking import Look
from engine.store.tables import (
    form_definition,
    incident,
    job,
    membership,
    moment_text,
    person,
    process_definition,
    subscription,
    user_task,
)

WAITS = ("TASK", "JOB", "MESSAGE", "SIGNAL", "TIMER", "INCIDENT", "OTHER")
BEGINNINGS = ("NONE", "MESSAGE", "SIGNAL", "CONDITION", "TIMER")
_OPEN_JOBS = ("PENDING", "LOCKED")


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that is waited for. `kind` is TASK, JOB, MESSAGE, SIGNAL, TIMER or INCIDENT; OTHER is what moves on by
    itself when something else happens. `name` is that of the message or signal, the type of the job or the text of the
    incident; `form` the JSON text of a form-js schema, `data` the variables that are seen there, as JSON values."""

    kind: str
    element_id: str
    name: str = ""
    correlation_key: str = ""
    due_at: datetime | None = None
    accounts: tuple[str, ...] = ()  # who may do the task
    form: str | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    item: int | None = None  # of several at the same element, from 1

    def described(self) -> dict[str, Any]:
        """As answers carry it."""
        return {
            "kind": self.kind, "elementId": self.element_id, "name": self.name, "correlationKey": self.correlation_key,
            "dueDate": _text(self.due_at), "accounts": list(self.accounts), "form": self.form, "data": dict(self.data),
            "item": self.item,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Beginning:
    """One way to begin. `kind` is NONE (by hand, with `form` if there is one), MESSAGE, SIGNAL, CONDITION or TIMER."""

    kind: str
    element_id: str
    name: str = ""
    due_at: datetime | None = None
    form: str | None = None

    def described(self) -> dict[str, Any]:
        """As answers carry it."""
        due = _text(self.due_at)
        return {"kind": self.kind, "elementId": self.element_id, "name": self.name, "dueDate": due, "form": self.form}


def waiting_in(look: Look) -> Iterator[Waiting]:
    """Of the case and of those that it called, tasks first."""
    found = [*_tasks(look), *_jobs(look), *_events(look), *_timers(look), *_incidents(look)]
    yield from found
    told = Counter(one.element_id for one in found)
    for element_id in look.waiting():
        if told[element_id] == 0:
            yield Waiting("OTHER", element_id)
        told[element_id] -= told[element_id] > 0


def beginnings(db: Connection, process: Process) -> Iterator[Beginning]:
    """What the newest version of a process can begin with now."""
    p, s, j = process_definition.c, subscription.c, job.c
    newest = select(p.key).where(p.process_id == process.id).order_by(p.version.desc()).limit(1)
    key = db.execute(newest).scalar_one()
    if process.none_start is not None:
        form = None if process.start_form is None else _form_of(db, form_definition.c.form_id == process.start_form.id)
        yield Beginning("NONE", process.none_start.id, form=form)
    for row in db.execute(select(s.kind, s.element_id, s.name).where(s.definition_key == key).order_by(s.key)):
        yield Beginning(row.kind.upper(), row.element_id, row.name)
    due = select(j.element_id, j.due_at).where(
        j.definition_key == key, j.kind == "TIMER_START", j.state == "PENDING", j.due_at.is_not(None)
    )
    for timer in db.execute(due.order_by(j.due_at, j.key)):
        yield Beginning("TIMER", timer.element_id, due_at=timer.due_at)


def _tasks(look: Look) -> Iterator[Waiting]:
    u = user_task.c
    open_tasks = select(user_task).where(u.process_instance_key.in_(look.keys()), u.state == "CREATED")
    for row in look.db.execute(open_tasks.order_by(u.key)).all():
        seen = look.seen_from(row.key)
        item = seen.get("loopCounter")
        form = None if row.form_key is None else _form_of(look.db, form_definition.c.key == row.form_key)
        yield Waiting(
            "TASK", row.element_id, due_at=row.due_at, accounts=tuple(_who_may(look.db, row)), form=form, data=seen,
            item=item if isinstance(item, int) else None,
        )  # fmt: skip


def _who_may(db: Connection, task: Any) -> Iterator[str]:
    """Whose it is, or else the accounts that it is offered to."""
    if task.assignee is not None:
        yield task.assignee
        return
    m, p = membership.c, person.c
    in_group = select(m.username).where(m.group_key.in_(task.candidate_groups))
    offered = select(p.username).where(or_(p.username.in_(task.candidate_users), p.username.in_(in_group)))
    yield from db.execute(offered.order_by(p.username)).scalars()


def _jobs(look: Look) -> Iterator[Waiting]:
    j = job.c
    open_jobs = select(j.element_id, j.type).where(
        j.process_instance_key.in_(look.keys()), j.kind.in_(FOR_WORKERS), j.state.in_(_OPEN_JOBS)
    )
    for row in look.db.execute(open_jobs.order_by(j.key)):
        yield Waiting("JOB", row.element_id, row.type)


def _events(look: Look) -> Iterator[Waiting]:
    s = subscription.c
    for row in look.db.execute(select(subscription).where(s.process_instance_key.in_(look.keys())).order_by(s.key)):
        yield Waiting(row.kind.upper(), row.element_id, row.name, row.correlation_key)


def _timers(look: Look) -> Iterator[Waiting]:
    j = job.c
    due = select(j.element_id, j.due_at).where(
        j.process_instance_key.in_(look.keys()), j.kind == "TIMER", j.state == "PENDING", j.due_at.is_not(None)
    )
    for row in look.db.execute(due.order_by(j.due_at, j.key)):
        yield Waiting("TIMER", row.element_id, due_at=row.due_at)


def _incidents(look: Look) -> Iterator[Waiting]:
    i = incident.c
    open_ones = select(i.element_id, i.message).where(i.process_instance_key.in_(look.keys()), i.state == "ACTIVE")
    for row in look.db.execute(open_ones.order_by(i.key)):
        yield Waiting("INCIDENT", row.element_id, row.message)


def _form_of(db: Connection, which: ColumnElement[bool]) -> str | None:
    c = form_definition.c
    found: str | None = db.execute(select(c.schema).where(which).order_by(c.version.desc()).limit(1)).scalar()
    return found


def _text(moment: datetime | None) -> str | None:
    return None if moment is None else moment_text(moment)
