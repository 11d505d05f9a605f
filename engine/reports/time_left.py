"""How much of a task's standard time is left, in the working time of the office where it is counted so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from engine.calendar.working import WorkingCalendar
from engine.model.actor import Actor
from engine.model.diagram import Node, Process
from engine.model.manual import Step
from engine.queries.tasks import get_task
from engine.reports.names import Diagrams

# the calendar that counts for tasks of these groups in a process of this unit, around a moment
CalendarOf = Callable[[Connection, Sequence[str], str | None, datetime], WorkingCalendar]


def get_time_left(
    db: Connection, actor: Actor, diagrams: Diagrams, calendar_of: CalendarOf, key: int, now: datetime
) -> dict[str, Any]:
    """When the standard time of a task is over, by which calendar it is counted, and the seconds of working time that
    are left of it: negative when it is over, None when the task is done or its time is not counted in working time.
    Raises NotFound."""
    task = get_task(db, actor, key)
    process = diagrams(db, int(task["processDefinitionKey"]))
    step = _step(process, process.nodes.get(task["elementId"]))
    due = task["standardDueDate"]
    left = None
    if due is not None and task["completionDate"] is None and step is not None and step.calendar == "working":
        office = calendar_of(db, task["candidateGroups"], process.facts.owner_unit, now)
        left = int(office.working_seconds_between(now, datetime.fromisoformat(due)))
    return {
        "standardDueDate": due, "calendar": None if due is None or step is None else step.calendar,
        "workingSecondsLeft": left,
    }  # fmt: skip


def _step(process: Process, node: Node | None) -> Step | None:
    """The step whose standard time binds a node: its own, else that of the nearest around it."""
    while node is not None:
        step = node.step
        if step is not None and (step.parent is None or step.standard_time is not None):
            return step
        node = process.nodes.get(node.scope) if node.scope is not None else None
    return None
