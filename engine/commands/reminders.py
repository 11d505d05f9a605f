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
from engine.commands.applying import FOLLOWERS, add_timer
from engine.commands.fire_timer import due_kind, finish
from engine.commands.running import Running, running
from engine.commands.transaction import Transaction
from engine.execution import Case
from engine.execution import effects as fx
from engine.model.diagram import Node, Process
from engine.model.manual import Reminder
from engine.notify.recipients import Parties, Recipient, resolve
from engine.notify.send import Notice, send
from engine.store.instances import Instance
from engine.store.tables import deadline, task_candidate, user_task

SHARE_BEFORE_REMINDER = Fraction(4, 5)  # of the standard time, where the diagram says nothing
PRIORITY_STEP = 20


def follow_tasks(r: Running, i: Instance, _case: Case, effects: Sequence[fx.Effect]) -> None:
    """Arm the reminders of every new user task that has a due time."""
    for effect in effects:
        if isinstance(effect, fx.UserTaskCreated) and effect.key in r.writer.tasks:
            due_at = r.writer.tasks[effect.key]["due_at"]
            if due_at is not None:
                _arm(r, i, effect, due_at)


def _arm(r: Running, i: Instance, effect: fx.UserTaskCreated, due_at: datetime) -> None:
    now = r.tx.now
    for moment, about, reminder in _plan(
        r.deployed(i).definition.process, effect.node, now, due_at, r.tx.services.zone
    ):
        if moment >= now:
            payload = {
                "to": reminder.to, "action": reminder.action, "repeat": reminder.repeat, "about": about,
            }  # fmt: skip
            add_timer(r, i, r.tx.key(), effect.key, effect.node.id, "REMINDER", moment, payload)


def _plan(
    process: Process, node: Node, start: datetime, due_at: datetime, zone: str
) -> list[tuple[datetime, str, Reminder]]:
    own = _reminders(process, node)
    if not own:
        return [
            (
                part_of(start, due_at, SHARE_BEFORE_REMINDER),
                "reminder",
                Reminder(None, None, None, "performer", "notify", None),
            ),
            (due_at, "escalation", Reminder(None, None, None, "head", "notify", None)),
        ]
    planned = []
    for reminder in own:
        moment = due_at
        if reminder.after is not None:
            moment = add(start, parse_duration(reminder.after), zone)
        elif reminder.before is not None:
            moment = add(due_at, parse_duration("-" + reminder.before), zone)
        planned.append((moment, "escalation" if moment >= due_at else "reminder", reminder))
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
    if instance.state != "ACTIVE":
        return
    r = running(tx)
    if row.payload.get("deadline"):
        _remind_deadline(r, instance, row)
    else:
        _remind_task(r, instance, row)


def _remind_task(r: Running, instance: Instance, row: Row[Any]) -> None:
    tx = r.tx
    task = tx.db.execute(select(user_task).where(user_task.c.key == row.element_instance_key)).one_or_none()
    if task is None or task.state != "CREATED":
        return
    parties = Parties(task.assignee, task.candidate_groups, task.candidate_users, _owner_unit(r, instance))
    told = resolve(tx.db, row.payload["to"], parties)
    late = row.payload["about"] == "escalation"
    due = thai_date_time(task.due_at.astimezone(_zone(r))) if task.due_at else "-"
    th = f"{'เกินกำหนด' if late else 'ใกล้ครบกำหนด'}: {task.name or task.element_id}"
    en = f"{'Overdue' if late else 'Due soon'}: {task.name_en or task.name or task.element_id}"
    plain = f"{task.due_at.astimezone(_zone(r)):%Y-%m-%d %H:%M}" if task.due_at else "-"
    body = f"{th}\nกำหนดเสร็จ {due}\n{task.process_name or ''}\n\n{en}\nDue {plain}"
    _tell(r, instance, row, told, Notice(row.payload["about"], f"{th} / {en}", body, instance.key, task.key))
    _act(r, row, task)


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
    _tell(r, instance, row, told, Notice(row.payload["about"], f"{th} / {en}", body, instance.key))
    warnings = [*clock["warnings"], {"at": tx.now.isoformat(), "to": [x.name for x in told]}]
    tx.db.execute(update(deadline).where(deadline.c.key == clock["key"]).values(warnings=warnings))


def _tell(r: Running, instance: Instance, row: Row[Any], told: list[Recipient], notice: Notice) -> None:
    tx = r.tx
    send(tx.db, tx.key, tx.now, told, notice)
    tx.record(
        instance, f"{notice.about}-sent", row.element_id, row.element_instance_key, to=[x.name for x in told],
        deadline=row.payload.get("deadline"), subject=notice.subject,
    )  # fmt: skip
    if row.payload.get("repeat"):
        moment = add(row.due_at, parse_duration(row.payload["repeat"]), tx.services.zone)
        add_timer(
            r, instance, tx.key(), row.element_instance_key, row.element_id, "REMINDER", moment, dict(row.payload)
        )
    tx.wake_at(tx.now)  # the mails


def _act(r: Running, row: Row[Any], task: Row[Any]) -> None:
    """raisePriority and reassign do more than tell."""
    db, c = r.tx.db, task_candidate.c
    if row.payload["action"] == "raisePriority":
        priority = min(100, task.priority + PRIORITY_STEP)
        db.execute(update(user_task).where(user_task.c.key == task.key).values(priority=priority, rev=task.rev + 1))
        db.execute(update(task_candidate).where(c.task_key == task.key).values(priority=priority))
    elif row.payload["action"] == "reassign" and task.assignee is not None:
        db.execute(update(user_task).where(user_task.c.key == task.key).values(assignee=None, rev=task.rev + 1))
        db.execute(update(task_candidate).where(c.task_key == task.key).values(status="free"))


def _owner_unit(r: Running, instance: Instance) -> str | None:
    return r.deployed(instance).definition.process.facts.owner_unit


def _zone(r: Running) -> ZoneInfo:
    return ZoneInfo(r.tx.services.zone)


FOLLOWERS.append(follow_tasks)
