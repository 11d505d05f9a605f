"""Arm the reminders of user tasks, and withdraw them: rows that come due (krabuan:reminder)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, select, update

from engine.calendar.working import WorkingCalendar
from engine.commands.alarms import Alarm
from engine.commands.applying import FOLLOWERS, add_timer
from engine.commands.running import Running
from engine.deadlines.reminding import Planned, defaults, next_from, plan, policy_of
from engine.execution import Case
from engine.execution import effects as fx
from engine.model.diagram import Node, Process
from engine.store.instances import Instance
from engine.store.tables import job, user_task
from engine.store.tasks import Task


@dataclass(frozen=True, slots=True)
class Lasting:
    """An open task: since when, until when it is due, and its candidate groups."""

    key: int
    start: datetime
    due_at: datetime | None
    groups: Sequence[str]


def follow_tasks(r: Running, i: Instance, _case: Case, effects: Sequence[fx.Effect]) -> None:
    """Arm the reminders of every new user task, and withdraw those of every task that ended."""
    process = r.deployed(i).definition.process
    for effect in effects:
        if isinstance(effect, fx.UserTaskCreated) and effect.key in r.writer.tasks:
            row = r.writer.tasks[effect.key]
            _arm(r, i, effect.node, Lasting(effect.key, r.tx.now, row["due_at"], row["candidate_groups"]))
        elif isinstance(effect, fx.ElementEnded) and _may_remind(process, effect.node):
            r.writer.element_jobs_cancelled.add(effect.key)


def rearm(r: Running, i: Instance, task: Task, due_at: datetime | None) -> None:
    """The due time of an open task was changed: its reminders follow."""
    _withdraw(r, [task.key])
    node = r.deployed(i).definition.process.nodes[task.element_id]
    _arm(r, i, node, Lasting(task.key, task.created_at, due_at, task.candidate_groups))


def rearm_all(r: Running, i: Instance) -> None:
    """The open tasks of a case go on by another version of the diagram: their reminders follow it. What is overdue
    already was told, and is not told again."""
    c, process = user_task.c, r.deployed(i).definition.process
    query = select(c.key, c.element_id, c.created_at, c.due_at, c.candidate_groups)
    open_ = r.tx.db.execute(query.where(c.process_instance_key == i.key, c.completed_at.is_(None))).all()
    _withdraw(r, [task.key for task in open_])
    for task in open_:
        lasting = Lasting(task.key, task.created_at, task.due_at, task.candidate_groups)
        _arm(r, i, process.nodes[task.element_id], lasting, told=True)


def payload_of(planned: Planned, deadline: str | None = None) -> dict[str, Any]:
    """What a due row says of a reminder; what the diagram does not say is left out."""
    m = planned.reminder
    said = {
        "to": " ".join(m.to), "action": " ".join(m.actions), "repeat": m.repeat, "about": planned.about,
        "calendar": m.calendar if m.calendar != "calendar" else None,
        "left": int(m.limit) if m.limit is not None else None, "reassignTo": " ".join(m.reassign_to) or None,
        "deadline": deadline,
    }  # fmt: skip
    return {name: value for name, value in said.items() if value is not None}


def _may_remind(process: Process, node: Node) -> bool:
    """Whether the node is a task that can have had a due time or reminders (a changed time aside, which
    finds its task done and tells nobody)."""
    if node.type != "userTask":
        return False
    scheduled = node.human is not None and node.human.due_date is not None
    return scheduled or process.step_of(node) is not None or bool(policy_of(process, node))


def _arm(r: Running, i: Instance, node: Node, task: Lasting, told: bool = False) -> None:
    process = r.deployed(i).definition.process
    if task.due_at is None and not policy_of(process, node):
        return
    calendar = r.tx.calendars().of_task(task.groups, process.facts.owner_unit)
    office = r.tx.office(calendar, task.start)
    for alarm in reminders_of_task(process, node, (task.start, task.due_at), office, r.tx.now, told):
        add_timer(r, i, r.tx.key(), task.key, node.id, alarm.kind, alarm.due_at, alarm.payload)


def reminders_of_task(
    process: Process, node: Node, span: tuple[datetime, datetime | None], office: WorkingCalendar, now: datetime,
    told: bool = False,
) -> list[Alarm]:  # fmt: skip
    """The reminders of a task that began and is due at the moments of `span`. With `told`, what is overdue was told
    already."""
    policy, step = policy_of(process, node), process.step_of(node)
    working = step is not None and step.calendar == "working"
    alarms = []
    for planned in plan(policy, *span, office) if policy else defaults(*span, office, working):
        moment = next_from(planned, now, office, told)
        if moment is not None:
            alarms.append(Alarm("REMINDER", moment, payload_of(planned)))
    return alarms


def waits_again(r: Running, i: Instance, row: Row[Any], wanted: Callable[[datetime], Sequence[Alarm]]) -> bool:
    """Whether a row that comes due does so too early, and therefore waits again, until its time: a holiday moves what
    is due without moving the rows that come due for it (move_deadlines). `wanted`: what would be armed at a moment."""
    alarms = wanted(row.due_at - timedelta(microseconds=1))
    said = _but_how_often(row.payload)
    same = next((a for a in alarms if a.kind == row.kind and _but_how_often(a.payload) == said), None)
    if same is None or same.due_at <= r.tx.now:
        return False
    of = row.element_instance_key
    add_timer(r, i, r.tx.key(), of, row.element_id, row.kind, same.due_at, dict(row.payload))
    return True


def _but_how_often(payload: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in payload.items() if name != "left"}


def _withdraw(r: Running, task_keys: Iterable[int]) -> None:
    c = job.c
    mine = c.element_instance_key.in_(list(task_keys)) & (c.kind == "REMINDER")
    waiting = mine & c.state.in_(("PENDING", "SUSPENDED"))
    r.tx.db.execute(update(job).where(waiting).values(state="CANCELED", ended_at=r.tx.now))


FOLLOWERS.append(follow_tasks)
