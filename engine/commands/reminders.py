"""Remind before and escalate after the standard time of a step, or along a deadline (krabuan:reminder)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, select, update

from engine.calendar.thai import thai_date_time
from engine.commands.applying import add_timer
from engine.commands.arming import reminders_of_task, waits_again
from engine.commands.clocks import alarms_of_clock
from engine.commands.fire_timer import due_kind, finish
from engine.commands.overdue import act
from engine.commands.running import Running, running
from engine.commands.telling import tell
from engine.commands.transaction import Transaction
from engine.deadlines.compute import Term
from engine.deadlines.reminding import next_time
from engine.model.manual import Deadline, Words
from engine.notify.recipients import Parties, Recipient, resolve
from engine.notify.send import Notice
from engine.store.instances import ALIVE, Instance
from engine.store.tables import deadline, user_task


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
    process = r.deployed(instance).definition.process
    office = tx.office(tx.calendars().of_task(task.candidate_groups, process.facts.owner_unit), task.created_at)
    node, span = process.nodes[task.element_id], (task.created_at, task.due_at)
    if waits_again(r, instance, row, lambda at: reminders_of_task(process, node, span, office, at)):
        return
    said, parties = row.payload, _parties(r, instance, [task])
    late = said["about"] == "escalation" or (task.due_at is not None and task.due_at < tx.now)
    due = thai_date_time(task.due_at.astimezone(_zone(r))) if task.due_at else "-"
    th = f"{'เกินกำหนด' if late else 'ใกล้ครบกำหนด'}: {task.name or task.element_id}"
    en = f"{'Overdue' if late else 'Due soon'}: {task.name_en or task.name or task.element_id}"
    plain = f"{task.due_at.astimezone(_zone(r)):%Y-%m-%d %H:%M}" if task.due_at else "-"
    name = (task.process_name or "", task.process_name_en or task.process_name or "")
    body = Words(f"กำหนดเสร็จ {due}\n{name[0]}", f"Due {plain}\n{name[1]}")
    told, about = resolve(tx.db, said["to"].split(), parties), said["about"]
    notice = Notice(about, about, Words(th, en), body, instance.key, task.key, f"job-{row.key}")
    _tell(r, instance, row, told, notice, task.candidate_groups)
    act(r, instance, task, said["action"].split(), resolve(tx.db, said.get("reassignTo", "").split(), parties))


def _remind_deadline(r: Running, instance: Instance, row: Row[Any]) -> None:
    tx = r.tx
    clock = tx.db.execute(select(deadline).where(deadline.c.key == row.element_instance_key)).mappings().one()
    if clock["stopped_at"] is not None:
        return
    process = r.deployed(instance).definition.process
    moments = Term(clock["started_at"], clock["due_at"], clock["late_until"])
    office = tx.office(tx.calendars().of_unit(process.facts.owner_unit), clock["started_at"])
    id_ = clock["deadline_id"]
    if waits_again(r, instance, row, lambda at: alarms_of_clock(process, id_, moments, office, at)):
        return
    term = next(d for d in process.deadlines if d.id == clock["deadline_id"])
    told = resolve(tx.db, row.payload["to"].split(), _parties(r, instance, _act_of(r, instance, term)))
    due = clock["due_at"].astimezone(_zone(r))
    late = row.payload["about"] == "escalation"
    th = f"{'ครบกำหนดตามกฎหมายแล้ว' if late else 'ใกล้ครบกำหนดตามกฎหมาย'}: {term.text.th}"
    en = f"{'Statutory deadline reached' if late else 'Statutory deadline ahead'}: {term.text.en or term.text.th}"
    body = Words(f"ครบกำหนด {thai_date_time(due)}\n{process.name}", f"Due {due:%Y-%m-%d %H:%M}\n{process.name}")
    topic = "statutory" if clock["kind"] == "statutory" else row.payload["about"]
    notice = Notice(topic, row.payload["about"], Words(th, en), body, instance.key, event=f"job-{row.key}")
    told = _tell(r, instance, row, told, notice)
    warnings = [*clock["warnings"], {"at": tx.now.isoformat(), "to": [x.name for x in told]}]
    tx.db.execute(update(deadline).where(deadline.c.key == clock["key"]).values(warnings=warnings))


def _act_of(r: Running, instance: Instance, term: Deadline) -> list[Row[Any]]:
    """The open tasks that stop a clock; while the case is not there yet, all that are open."""
    c = user_task.c
    query = select(user_task).where(c.process_instance_key == instance.key, c.completed_at.is_(None)).order_by(c.key)
    open_ = list(r.tx.db.execute(query))
    return [task for task in open_ if task.element_id == term.stopped_by] or open_


def _parties(r: Running, instance: Instance, tasks: Sequence[Row[Any]]) -> Parties:
    """Who has to do with these tasks, all together."""
    helped = [task.owner for task in tasks if task.delegation == "PENDING"]  # it is theirs, too
    has = tuple(dict.fromkeys(name for name in (*(task.assignee for task in tasks), *helped) if name is not None))
    free = [task for task in tasks if task.assignee is None]
    groups = tuple(dict.fromkeys(g for task in tasks for g in task.candidate_groups))
    return Parties(
        has, tuple(dict.fromkeys(g for task in free for g in task.candidate_groups)),
        tuple(dict.fromkeys(u for task in free for u in task.candidate_users)), groups,
        r.deployed(instance).definition.process.facts.owner_unit,
    )  # fmt: skip


def _tell(
    r: Running, instance: Instance, row: Row[Any], to: list[Recipient], notice: Notice, groups: Sequence[str] = ()
) -> list[Recipient]:
    """Returns whom it told. `groups` are the candidates of the task, whose calendar counts."""
    tx = r.tx
    told = tell(tx, to, notice)
    tx.record(
        instance, f"{notice.about}-sent", row.element_id, row.element_instance_key, to=[x.name for x in told],
        deadline=row.payload.get("deadline"), subject=f"{notice.subject.th} / {notice.subject.en}",
    )  # fmt: skip
    _repeat(r, instance, row, groups)
    return told


def _repeat(r: Running, instance: Instance, row: Row[Any], groups: Sequence[str]) -> None:
    tx, said = r.tx, row.payload
    if not said.get("repeat") or said.get("left") == 0:
        return
    owner = r.deployed(instance).definition.process.facts.owner_unit
    office = tx.office(tx.calendars().of_task(groups, owner), row.due_at)
    moment = next_time(said["repeat"], said.get("calendar", "calendar"), row.due_at, tx.now, office)
    left = {"left": said["left"] - 1} if "left" in said else {}
    add_timer(
        r, instance, tx.key(), row.element_instance_key, row.element_id, "REMINDER", moment, {**said, **left}
    )


def _zone(r: Running) -> ZoneInfo:
    return ZoneInfo(r.tx.services.zone)
