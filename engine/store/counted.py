"""What is open and due at a moment that was counted in the office's time: tasks, clocks, and their alarms."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, func, select

from engine.store.many import ManyUpdates, among
from engine.store.tables import deadline, element_instance, job, task_candidate, user_task
from engine.store.tasks import URGENCY

_T, _E, _D, _J = user_task.c, element_instance.c, deadline.c, job.c
_OPEN_TASK = _T.completed_at.is_(None) & _T.standard_from.is_not(None)
# of a task's own element the task knows it (store/elements.py)
_OPEN_ELEMENT = _E.ended_at.is_(None) & _E.standard_due_at.is_not(None) & (_E.element_type != "USER_TASK")
_OPEN_CLOCK = _D.stopped_at.is_(None)
WAITING = ("PENDING", "SUSPENDED")
Span = tuple[datetime, datetime | None]  # from a moment until before another, or for ever

MOVE_TASKS = ManyUpdates(user_task, ("key",), ("due_at", "standard_due_at"), plus=("rev",))
MOVE_CANDIDATES = ManyUpdates(task_candidate, ("task_key",), ("due_sort",), where=task_candidate.c.status != "closed")
MOVE_ELEMENTS = ManyUpdates(element_instance, ("key",), ("standard_due_at",))
MOVE_CLOCKS = ManyUpdates(deadline, ("key",), ("due_at", "late_until", "state"))
SHOW_CLOCKS = ManyUpdates(user_task, ("process_instance_key",), ("statutory_due_at",), where=_T.completed_at.is_(None))
SORT_ANEW = ManyUpdates(
    task_candidate, ("process_instance_key",), (), where=task_candidate.c.status != "closed",
    computed={"due_sort": select(URGENCY).where(_T.key == task_candidate.c.task_key).scalar_subquery()},
)  # fmt: skip
MOVE_ALARMS = ManyUpdates(job, ("key",), ("due_at", "updated_at"))
END_ALARMS = ManyUpdates(job, ("key",), ("state", "ended_at"))


def _touched(start: ColumnElement[Any], due: ColumnElement[Any], span: Span) -> ColumnElement[bool]:
    """Whether what runs from start to due has to do with a span of days."""
    first, end = span
    return (due >= first) if end is None else (due >= first) & (start < end)


def _queries(span: Span) -> tuple[tuple[Select[Any], ColumnElement[Any]], ...]:
    """The cases of the tasks and clocks that are counted, and of what stands around tasks."""
    tasks = select(_T.process_instance_key).where(_OPEN_TASK, _touched(_T.standard_from, _T.standard_due_at, span))
    clocks = select(_D.process_instance_key).where(_OPEN_CLOCK, _touched(_D.started_at, _D.due_at, span))
    around = select(_E.process_instance_key).where(_OPEN_ELEMENT, _touched(_E.started_at, _E.standard_due_at, span))
    found = ((tasks, _T), (clocks, _D), (around, _E))
    return tuple((query, columns.process_instance_key) for query, columns in found)


def count_open(db: Connection, span: Span) -> int:
    """How many tasks and clocks there are that a change of these days may move."""
    queries = _queries(span)[:2]
    return sum(db.execute(query.with_only_columns(func.count())).scalar_one() for query, _ in queries)


def next_cases(db: Connection, span: Span, after: int, limit: int) -> tuple[list[int], int | None]:
    """The next cases behind a key that have something to be looked at, about `limit` of them in all, and the key up to
    which there is none besides them; None when there are no more at all."""
    found: set[int] = set()
    horizons: list[int] = []
    for query, case in _queries(span):
        keys = db.execute(query.where(case > after).order_by(case).limit(limit)).scalars().all()
        found.update(keys)
        if len(keys) == limit:
            # of the last case there may be more: it is left for the next time, unless it is the only one
            horizons.append(keys[-1] - 1 if keys[0] != keys[-1] else keys[-1])
    if not horizons:
        return sorted(found), None
    horizon = min(horizons)
    return sorted(key for key in found if key <= horizon), horizon


def counted_tasks(db: Connection, cases: Sequence[int], span: Span) -> list[Row[Any]]:
    """The open tasks of these cases that a change of these days may move."""
    columns = (
        _T.key, _T.process_instance_key, _T.definition_key, _T.element_id, _T.state, _T.assignee, _T.candidate_groups,
        _T.created_at, _T.due_at, _T.statutory_due_at, _T.standard_due_at, _T.standard_from, _T.standard_term,
    )  # fmt: skip
    touched = _touched(_T.standard_from, _T.standard_due_at, span)
    mine = among(db, _T.process_instance_key, cases)
    return _all(db, select(*columns).where(mine, _OPEN_TASK, touched).order_by(_T.key))


def counted_elements(db: Connection, cases: Sequence[int], span: Span) -> list[Row[Any]]:
    """The open elements of these cases, but for tasks, that carry a step with a standard time."""
    touched = _touched(_E.started_at, _E.standard_due_at, span)
    mine = among(db, _E.process_instance_key, cases)
    columns = (_E.key, _E.process_instance_key, _E.element_id, _E.started_at, _E.standard_due_at)
    return _all(db, select(*columns).where(mine, _OPEN_ELEMENT, touched))


def running_clocks(db: Connection, cases: Sequence[int]) -> list[Row[Any]]:
    """All clocks of these cases that run."""
    mine = among(db, _D.process_instance_key, cases)
    return _all(db, select(deadline).where(mine, _OPEN_CLOCK).order_by(_D.key))


def waiting_alarms(db: Connection, of: Sequence[int]) -> list[Row[Any]]:
    """What waits to come due for these tasks and clocks, the earliest first."""
    mine = among(db, _J.element_instance_key, of) & _J.kind.in_(("DEADLINE", "REMINDER")) & _J.state.in_(WAITING)
    query = select(_J.key, _J.element_instance_key, _J.kind, _J.due_at, _J.payload)
    return _all(db, query.where(mine).order_by(_J.due_at, _J.key))


def _all(db: Connection, query: Select[Any]) -> list[Row[Any]]:
    found: list[Any] = list(db.execute(query).all())
    return found
