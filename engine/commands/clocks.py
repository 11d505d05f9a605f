"""The rows of the clocks of a case: what counts, what falls due of it, what is recorded of it, what its tasks show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, select, update

from engine.calendar.working import WorkingCalendar
from engine.commands.alarms import Alarm
from engine.commands.applying import add_timer
from engine.commands.arming import payload_of
from engine.commands.running import Running
from engine.commands.task_rows import due_sort
from engine.commands.transaction import Transaction
from engine.deadlines.compute import Term
from engine.deadlines.reminding import next_from, plan
from engine.model.diagram import Process
from engine.model.manual import Deadline, Reminder
from engine.notify.recipients import Parties, resolve
from engine.store.instances import Instance
from engine.store.prepared import Prepared
from engine.store.tables import deadline, deadline_overseer, deadline_record, job, task_candidate, user_task
from engine.store.tasks import URGENCY

Clocks = dict[tuple[int, str], dict[str, Any]]
NEW_RECORD = Prepared(insert(deadline_record))
_EMPTY = dict.fromkeys(
    ("element_id", "happened_at", "due_before", "due_after", "text", "document_id", "document_name")
)


@dataclass(frozen=True, slots=True)
class Hands:
    """In whose name something was done, through which substitute, and who else agreed to it."""

    name: str
    through: str | None = None
    approved_by: str | None = None


def clocks_of(r: Running, i: Instance) -> Clocks:
    """The clocks of the instance that have started to count, by scope and id; read once in a command."""
    cache: dict[int, Clocks] = r.tx.cache.setdefault("clocks", {})
    if i.key not in cache:
        rows = r.tx.db.execute(select(deadline).where(deadline.c.process_instance_key == i.key)).mappings()
        cache[i.key] = {(row["scope_key"], row["deadline_id"]): dict(row) for row in rows}
    return cache[i.key]


def drawn(r: Running, i: Instance, deadline_id: str) -> Deadline | None:
    """The deadline as the version of the instance has it."""
    return next((d for d in r.deployed(i).definition.process.deadlines if d.id == deadline_id), None)


def add_clock(r: Running, i: Instance, clock: Deadline, row: dict[str, Any]) -> None:
    """Write a new clock, and who watches over it."""
    r.tx.db.execute(insert(deadline), row)
    clocks_of(r, i)[row["scope_key"], clock.id] = row
    watching = resolve(r.tx.db, clock.overseers, Parties(owner_unit=row["owner_unit"]))
    of = {"deadline_key": row["key"], "process_instance_key": i.key}
    rows = [of | {"group_key": who.name} for who in watching if who.kind == "group"]
    if rows:
        r.tx.db.execute(insert(deadline_overseer), rows)


def save(r: Running, row: dict[str, Any]) -> None:
    """Write a clock that was changed."""
    r.tx.db.execute(update(deadline).where(deadline.c.key == row["key"]).values(**row))


def note(
    r: Running, i: Instance, row: Mapping[str, Any], kind: str, hands: Hands | None = None, **facts: Any
) -> int:
    """Add to what the register keeps of a clock, by default as done by who acts; the key of the record."""
    record = record_row(r.tx, i.key, row["key"], kind, hands, **facts)
    r.tx.batch.add(NEW_RECORD, [record])
    return int(record["key"])


def record_row(
    tx: Transaction, case: int, deadline_key: int, kind: str, hands: Hands | None = None, **facts: Any
) -> dict[str, Any]:
    """What `note` adds, to be written with NEW_RECORD: for what moves many clocks without running their cases."""
    by = hands or Hands(tx.actor.name, None if tx.actor.on_behalf_of is None else tx.actor.id)
    of = {"key": tx.key(), "process_instance_key": case, "deadline_key": deadline_key, "kind": kind, "at": tx.now}
    who = {"by": by.name, "through": by.through, "approved_by": by.approved_by}
    return {**of, **who, **_EMPTY, "data": {}, **facts}


def arm(r: Running, i: Instance, row: Mapping[str, Any]) -> None:
    """Rows that come due at the end of the term and of lateness, and for each reminder."""
    term, id_ = Term(row["started_at"], row["due_at"], row["late_until"]), row["deadline_id"]
    process, calendars = r.deployed(i).definition.process, r.tx.calendars()
    office = r.tx.office(calendars.of_unit(process.facts.owner_unit), term.started_at)
    for alarm in alarms_of_clock(process, id_, term, office, r.tx.now):
        add_timer(r, i, r.tx.key(), row["key"], None, alarm.kind, alarm.due_at, alarm.payload)


def alarms_of_clock(process: Process, id_: str, term: Term, office: WorkingCalendar, now: datetime) -> list[Alarm]:
    """What comes due at the end of the term and of lateness, and for each reminder."""
    ends = [moment for moment in (term.due_at, term.late_until) if moment is not None]
    # the last moment of a term still lies within it
    alarms = [Alarm("DEADLINE", end + timedelta(microseconds=1), {"deadline": id_}) for end in ends]
    for planned in plan(reminders_of(process, id_), term.started_at, term.due_at, office):
        at = next_from(planned, now, office)
        if at is not None:
            alarms.append(Alarm("REMINDER", at, payload_of(planned, id_)))
    return alarms


def disarm(r: Running, row: Mapping[str, Any]) -> None:
    """Nothing of the clock falls due any more."""
    c = job.c
    pending = [k for k, j in r.writer.jobs.items() if j["element_instance_key"] == row["key"]]
    for key in pending:
        del r.writer.jobs[key]
    r.tx.db.execute(
        update(job)
        .where(c.element_instance_key == row["key"], c.kind.in_(("DEADLINE", "REMINDER")), c.state == "PENDING")
        .values(state="CANCELED", ended_at=r.tx.now)
    )


def reminders_of(process: Process, deadline_id: str) -> list[Reminder]:
    """The reminders of the diagram that belong to a deadline."""
    everywhere = [*process.reminders, *(m for n in process.nodes.values() for m in n.reminders)]
    return [m for m in everywhere if m.deadline == deadline_id]


def show_on_tasks(r: Running, i: Instance) -> None:
    """The open tasks of the case show the earliest statutory deadline that still runs, and are sorted by it."""
    due = show_on_new_tasks(r, i)
    u, c = user_task.c, task_candidate.c
    r.tx.db.execute(
        update(user_task).where(u.process_instance_key == i.key, u.completed_at.is_(None)).values(statutory_due_at=due)
    )
    urgency = select(URGENCY).where(u.key == c.task_key).scalar_subquery()
    open_ = (c.process_instance_key == i.key) & (c.status != "closed")
    r.tx.db.execute(update(task_candidate).where(open_).values(due_sort=urgency))


def show_on_new_tasks(r: Running, i: Instance) -> datetime | None:
    """As `show_on_tasks` for what is not written yet; the earliest deadline itself."""
    running_ = (row for row in clocks_of(r, i).values() if row["kind"] == "statutory" and row["stopped_at"] is None)
    due: datetime | None = min((row["due_at"] for row in running_), default=None)
    tasks = {key: row for key, row in r.writer.tasks.items() if row["process_instance_key"] == i.key}
    for row in tasks.values():
        row["statutory_due_at"] = due
    for row in r.writer.candidates:
        if row["task_key"] in tasks:
            row["due_sort"] = due_sort(tasks[row["task_key"]]["due_at"], due)
    return due


def iso(moment: datetime | None) -> str | None:
    """A moment as history tells it."""
    return None if moment is None else moment.isoformat()
