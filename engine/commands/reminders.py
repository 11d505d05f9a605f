"""Remind before and escalate after the standard time of a step, or along a deadline (krabuan:reminder)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, select, update

from engine.calendar.durations import add, parse_duration
from engine.calendar.standard import part_of
from engine.calendar.thai import thai_date_time
from engine.calendar.timers import next_of_cycle, parse_cycle
from engine.commands.applying import FOLLOWERS, add_timer
from engine.commands.fire_timer import due_kind, finish
from engine.commands.running import Running, running
from engine.commands.task_rows import free_rows, step_of
from engine.commands.transaction import Transaction
from engine.execution import Case
from engine.execution import effects as fx
from engine.model.diagram import Node, Process
from engine.model.manual import Reminder
from engine.notify.recipients import Parties, Recipient, resolve
from engine.notify.send import Notice, send
from engine.store.instances import ALIVE, Instance
from engine.store.tables import deadline, job, task_candidate, user_task
from engine.store.tasks import Task

SHARE_BEFORE_REMINDER = Fraction(4, 5)  # of the standard time, where the diagram says nothing
PRIORITY_STEP = 20


def follow_tasks(r: Running, i: Instance, _case: Case, effects: Sequence[fx.Effect]) -> None:
    """Arm the reminders of every new user task, and withdraw those of every task that ended."""
    process = r.deployed(i).definition.process
    for effect in effects:
        if isinstance(effect, fx.UserTaskCreated) and effect.key in r.writer.tasks:
            _arm(r, i, effect.node, effect.key, r.tx.now, r.writer.tasks[effect.key]["due_at"])
        elif isinstance(effect, fx.ElementEnded) and _may_remind(process, effect.node):
            r.writer.element_jobs_cancelled.add(effect.key)


def rearm(r: Running, i: Instance, task: Task, due_at: datetime | None) -> None:
    """The due time of an open task was changed: its reminders follow."""
    c = job.c
    mine = (c.element_instance_key == task.key) & (c.kind == "REMINDER") & c.state.in_(("PENDING", "SUSPENDED"))
    r.tx.db.execute(update(job).where(mine).values(state="CANCELED", ended_at=r.tx.now))
    node = r.deployed(i).definition.process.nodes[task.element_id]
    _arm(r, i, node, task.key, task.created_at, due_at)


def _may_remind(process: Process, node: Node) -> bool:
    """Whether the node is a task that can have had a due time or reminders (a changed time aside, which
    finds its task done and tells nobody)."""
    if node.type != "userTask":
        return False
    scheduled = node.human is not None and node.human.due_date is not None
    return scheduled or step_of(process, node) is not None or bool(_reminders(process, node))


def _arm(r: Running, i: Instance, node: Node, task_key: int, start: datetime, due_at: datetime | None) -> None:
    now = r.tx.now
    for planned, about, reminder in _plan(r.deployed(i).definition.process, node, start, due_at, r.tx.services.zone):
        if planned < now and about == "reminder":
            continue
        moment = max(planned, now)  # what is over already is told at once
        payload = {"to": reminder.to, "action": reminder.action, "repeat": reminder.repeat, "about": about}
        add_timer(r, i, r.tx.key(), task_key, node.id, "REMINDER", moment, payload)


_PERFORMER = Reminder(None, None, None, "performer", "notify", None)
_HEAD = Reminder(None, None, None, "head", "notify", None)


def _plan(
    process: Process, node: Node, start: datetime, due_at: datetime | None, zone: str
) -> list[tuple[datetime, str, Reminder]]:
    own = _reminders(process, node)
    planned: list[tuple[datetime, str, Reminder]] = []
    if not own and due_at is not None:
        planned = [
            (part_of(start, due_at, SHARE_BEFORE_REMINDER), "reminder", _PERFORMER),
            (due_at, "escalation", _HEAD),
        ]
    for reminder in own:
        if reminder.after is not None:
            moment = add(start, parse_duration(reminder.after), zone)
        elif due_at is None:  # nothing to count back from
            continue
        else:
            moment = due_at if reminder.before is None else add(due_at, parse_duration("-" + reminder.before), zone)
        planned.append((moment, "escalation" if due_at is not None and moment >= due_at else "reminder", reminder))
    return planned


def _reminders(process: Process, node: Node) -> list[Reminder]:
    """Those of the node, else of the nearest sub-process around it that has any (not a deadline's)."""
    at: Node | None = node
    while at is not None:
        own = [m for m in at.reminders if m.deadline is None]
        if own:
            return own
        at = process.nodes.get(at.scope) if at.scope is not None else None
    return []


@due_kind("REMINDER")
def _remind(tx: Transaction, row: Row[Any]) -> None:
    """Tell whom the diagram names, unless what it is about is done; repeat if it says so."""
    finish(tx, row.key)
    instance = tx.lock_instance(row.process_instance_key)
    if instance.state not in ALIVE:
        return
    r = running(tx)
    if row.payload.get("deadline"):
        _remind_deadline(r, instance, row)
    else:
        _remind_task(r, instance, row)


def _remind_task(r: Running, instance: Instance, row: Row[Any]) -> None:
    tx = r.tx
    task = tx.db.execute(select(user_task).where(user_task.c.key == row.element_instance_key)).one_or_none()
    if task is None or task.completed_at is not None or task.state == "CANCELING":
        return
    parties = Parties(task.assignee, task.candidate_groups, task.candidate_users, _owner_unit(r, instance))
    told = resolve(tx.db, row.payload["to"], parties)
    late = row.payload["about"] == "escalation" or (task.due_at is not None and task.due_at < tx.now)
    due = thai_date_time(task.due_at.astimezone(_zone(r))) if task.due_at else "-"
    th = f"{'เกินกำหนด' if late else 'ใกล้ครบกำหนด'}: {task.name or task.element_id}"
    en = f"{'Overdue' if late else 'Due soon'}: {task.name_en or task.name or task.element_id}"
    plain = f"{task.due_at.astimezone(_zone(r)):%Y-%m-%d %H:%M}" if task.due_at else "-"
    body = f"{th}\nกำหนดเสร็จ {due}\n{task.process_name or ''}\n\n{en}\nDue {plain}"
    _tell(r, instance, row, told, Notice(row.payload["about"], f"{th} / {en}", body, instance.key, task.key))
    _act(r, instance, row.payload["action"], task)


def _remind_deadline(r: Running, instance: Instance, row: Row[Any]) -> None:
    tx = r.tx
    clock = tx.db.execute(select(deadline).where(deadline.c.key == row.element_instance_key)).mappings().one()
    if clock["stopped_at"] is not None:
        return
    process = r.deployed(instance).definition.process
    text = next(d.text for d in process.deadlines if d.id == clock["deadline_id"])
    told = resolve(tx.db, row.payload["to"], Parties(owner_unit=process.facts.owner_unit))
    due = clock["due_at"].astimezone(_zone(r))
    late = row.payload["about"] == "escalation"
    th = f"{'ครบกำหนดตามกฎหมายแล้ว' if late else 'ใกล้ครบกำหนดตามกฎหมาย'}: {text.th}"
    en = f"{'Statutory deadline reached' if late else 'Statutory deadline ahead'}: {text.en or text.th}"
    body = f"{th}\nครบกำหนด {thai_date_time(due)}\n{process.name}\n\n{en}\nDue {due:%Y-%m-%d %H:%M}"
    told = _tell(r, instance, row, told, Notice(row.payload["about"], f"{th} / {en}", body, instance.key))
    warnings = [*clock["warnings"], {"at": tx.now.isoformat(), "to": [x.name for x in told]}]
    tx.db.execute(update(deadline).where(deadline.c.key == clock["key"]).values(warnings=warnings))


def _tell(r: Running, instance: Instance, row: Row[Any], to: list[Recipient], notice: Notice) -> list[Recipient]:
    """Returns whom it told."""
    tx = r.tx
    told = send(tx.db, tx.key, tx.now, to, notice)
    tx.record(
        instance, f"{notice.about}-sent", row.element_id, row.element_instance_key, to=[x.name for x in told],
        deadline=row.payload.get("deadline"), subject=notice.subject,
    )  # fmt: skip
    if row.payload.get("repeat"):
        # repetitions that fell due while nothing ran are left out, not made up for
        cycle = parse_cycle(f"R/{row.payload['repeat']}")
        moment = next_of_cycle(cycle, tx.now, 0, row.due_at, tx.services.zone)
        assert moment is not None, "it repeats without end"
        add_timer(
            r, instance, tx.key(), row.element_instance_key, row.element_id, "REMINDER", moment, dict(row.payload)
        )
    tx.wake_at(tx.now)  # the mails
    return told


def _act(r: Running, instance: Instance, action: str, task: Row[Any]) -> None:
    """raisePriority and reassign do more than tell."""
    tx, c = r.tx, task_candidate.c
    priority, others = min(100, task.priority + PRIORITY_STEP), task.candidate_groups or task.candidate_users
    if action == "raisePriority" and priority != task.priority:
        _change(tx, task, {"priority": priority})
        tx.db.execute(update(task_candidate).where(c.task_key == task.key).values(priority=priority))
        before = {"priority": task.priority}
        tx.record(instance, "user-task-changed", task.element_id, task.key, before=before, priority=priority)
    elif action == "reassign" and task.assignee is not None and others:
        _change(tx, task, {"assignee": None})
        free_rows(tx.db, task)
        tx.record(instance, "assignee-set", task.element_id, task.key, assignee=None, before=task.assignee)


def _change(tx: Transaction, task: Row[Any], values: dict[str, Any]) -> None:
    tx.db.execute(update(user_task).where(user_task.c.key == task.key).values(**values, rev=task.rev + 1))
    tx.announce(
        "user-task",
        {
            "userTaskKey": str(task.key), "state": task.state, "assignee": values.get("assignee", task.assignee),
            "candidateGroups": task.candidate_groups,
        },
    )  # fmt: skip


def _owner_unit(r: Running, instance: Instance) -> str | None:
    return r.deployed(instance).definition.process.facts.owner_unit


def _zone(r: Running) -> ZoneInfo:
    return ZoneInfo(r.tx.services.zone)


FOLLOWERS.append(follow_tasks)
