"""Keep the clocks of a case true after every step: start, move, stop, miss (krabuan:deadline)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, insert, select, update

from engine.commands.applying import FOLLOWERS, add_timer
from engine.commands.arming import payload_of
from engine.commands.fire_timer import due_kind, finish
from engine.commands.running import Running, running
from engine.commands.task_rows import due_sort
from engine.commands.transaction import Transaction
from engine.deadlines.compute import Term, reads, state_when_running, state_when_stopped, term_of
from engine.deadlines.reminding import next_from, plan
from engine.execution import Case
from engine.execution import effects as fx
from engine.feel import to_json
from engine.model.manual import Deadline, Reminder
from engine.store.instances import ALIVE, Instance
from engine.store.tables import deadline, job, task_candidate, user_task
from engine.store.tasks import URGENCY


def follow_deadlines(r: Running, i: Instance, case: Case, effects: Sequence[fx.Effect]) -> None:
    """Look at what a batch of effects means for the clocks of this instance."""
    deadlines = r.deployed(i).definition.process.deadlines
    if not deadlines:
        return
    changed = False
    for clock in deadlines:
        rows, scopes = _loaded(r, i), [i.key] if clock.scope is None else case.running(clock.scope)
        counting = [key for key, id_ in rows if id_ == clock.id and rows[key, id_]["stopped_at"] is None]
        for scope_key in counting + [key for key in scopes if (key, clock.id) not in rows]:
            changed |= _follow_one(r, i, case, clock, scope_key, effects)
    if changed:
        _show_on_tasks(r, i)
    elif any(isinstance(e, fx.UserTaskCreated) for e in effects):
        _show_on_new_tasks(r, i)


_Clocks = dict[tuple[int, str], dict[str, Any]]


def _loaded(r: Running, i: Instance) -> _Clocks:
    """The clocks of the instance that have started to count, by scope and id."""
    cache: dict[int, _Clocks] = r.tx.cache.setdefault("clocks", {})
    if i.key not in cache:
        rows = r.tx.db.execute(select(deadline).where(deadline.c.process_instance_key == i.key)).mappings()
        cache[i.key] = {(row["scope_key"], row["deadline_id"]): dict(row) for row in rows}
    return cache[i.key]


def _follow_one(
    r: Running, i: Instance, case: Case, clock: Deadline, scope_key: int, effects: Sequence[fx.Effect]
) -> bool:
    """Whether this clock changed."""
    row = _loaded(r, i).get((scope_key, clock.id))
    ended = _ended(clock, scope_key, i, effects)
    if ended is not None and row is not None:
        _stop(r, i, clock, row, ended, effects)
        return True
    names = reads(clock)
    touched = any(isinstance(e, fx.VariableSet) and e.name in names for e in effects)
    if not (row is None or touched) or (i.state != "ACTIVE" and ended is None):
        return False
    scope = case.variables.view(scope_key, {})
    term = term_of(clock, scope, r.environment(), r.tx.services.office(r.tx.now))
    if term is None:
        return False
    if row is None:
        row = _start(r, i, clock, scope_key, term, {n: to_json(scope[n]) for n in sorted(names) if n in scope})
        if ended is not None:  # the act itself brought the evidence
            _stop(r, i, clock, row, ended, effects)
        return True
    return _move(r, i, clock, row, term)


def _ended(clock: Deadline, scope_key: int, i: Instance, effects: Sequence[fx.Effect]) -> fx.Effect | None:
    """The effect that ends the clock: its act was done, its scope ended, or the instance did."""
    for effect in effects:
        if isinstance(effect, fx.ElementEnded):
            # an act done once for each item is done when all are; another scope's act stops another clock
            is_act = effect.node.id == clock.stopped_by and effect.completed and not effect.in_loop
            if is_act and scope_key in effect.scopes:
                return effect
            if effect.key == scope_key and scope_key != i.key:
                return effect
        elif isinstance(effect, fx.InstanceEnded):
            return effect
    return None


def _start(
    r: Running, i: Instance, clock: Deadline, scope_key: int, term: Term, evidence: dict[str, Any]
) -> dict[str, Any]:
    key = r.tx.key()
    row: dict[str, Any] = {
        "key": key, "process_instance_key": i.key, "process_id": i.process_id, "deadline_id": clock.id,
        "scope_key": scope_key, "kind": clock.kind, "state": state_when_running(term, r.tx.now),
        "started_at": term.started_at, "due_at": term.due_at, "late_until": term.late_until, "stopped_at": None,
        "stopped_by_element": None, "warnings": [], "late_reasons": None,
    }  # fmt: skip
    r.tx.db.execute(insert(deadline), row)
    _loaded(r, i)[scope_key, clock.id] = row
    r.tx.record(
        i, "deadline-started", None, scope_key, deadline=clock.id, kind=clock.kind, startedAt=_iso(term.started_at),
        dueAt=_iso(term.due_at), lateUntil=_iso(term.late_until), evidence=evidence, state=row["state"],
    )  # fmt: skip
    _arm(r, i, clock, row, term)
    return row


def _move(r: Running, i: Instance, clock: Deadline, row: dict[str, Any], term: Term) -> bool:
    if row["started_at"] == term.started_at and row["due_at"] == term.due_at:
        return False
    before = {"startedAt": _iso(row["started_at"]), "dueAt": _iso(row["due_at"]), "state": row["state"]}
    row |= {
        "started_at": term.started_at, "due_at": term.due_at, "late_until": term.late_until,
        "state": state_when_running(term, r.tx.now),
    }  # fmt: skip
    _save(r, row)
    r.tx.record(
        i, "deadline-moved", None, row["scope_key"], deadline=clock.id, before=before, startedAt=_iso(term.started_at),
        dueAt=_iso(term.due_at), lateUntil=_iso(term.late_until), state=row["state"],
    )  # fmt: skip
    _disarm(r, row)
    _arm(r, i, clock, row, term)
    return True


def _stop(
    r: Running, i: Instance, clock: Deadline, row: dict[str, Any], effect: fx.Effect, effects: Sequence[fx.Effect]
) -> None:
    term = Term(row["started_at"], row["due_at"], row["late_until"])
    done = isinstance(effect, fx.ElementEnded) and effect.node.id == clock.stopped_by
    if done:
        row["state"] = state_when_stopped(term, r.tx.now)
        row["stopped_by_element"] = clock.stopped_by
    elif row["state"] == "RUNNING":
        row["state"] = "CANCELLED"  # what the clock was for is not needed any more
    row["stopped_at"] = r.tx.now
    if clock.late_reasons_field is not None and row["state"] in ("LATE", "OUT_OF_TERM"):
        reasons = _reasons(r, i, clock.late_reasons_field, effects)
        row["late_reasons"] = reasons if isinstance(reasons, str) else None
    _save(r, row)
    r.tx.record(
        i, "deadline-stopped", clock.stopped_by if done else None, row["scope_key"], deadline=clock.id,
        state=row["state"], dueAt=_iso(row["due_at"]), stoppedAt=_iso(r.tx.now), lateReasons=row["late_reasons"],
    )  # fmt: skip
    _disarm(r, row)


def resume_clocks(r: Running, i: Instance, element: str, at: datetime | None) -> Callable[[], None]:
    """The clocks that the completion of `element` at that moment stopped run on, as if it had not been; what is
    returned is to be called when the case has come to rest, and shows them on its tasks."""
    terms = {clock.id: clock for clock in r.deployed(i).definition.process.deadlines}
    for row in _loaded(r, i).values():
        clock = terms.get(row["deadline_id"])
        if clock is None or row["stopped_by_element"] != element or row["stopped_at"] != at:
            continue
        term = Term(row["started_at"], row["due_at"], row["late_until"])
        row |= {"stopped_at": None, "stopped_by_element": None, "late_reasons": None}
        row["state"] = state_when_running(term, r.tx.now)
        _save(r, row)
        said = {"deadline": clock.id, "state": row["state"], "dueAt": _iso(row["due_at"])}
        r.tx.record(i, "deadline-resumed", element, row["scope_key"], **said)
        _arm(r, i, clock, row, term)
    return lambda: _show_on_tasks(r, i) if terms else None


def _reasons(r: Running, i: Instance, name: str, effects: Sequence[fx.Effect]) -> Any:
    """The reasons as the case knows them now, or knew them when it ended with the late act."""
    for effect in effects:
        if isinstance(effect, fx.InstanceEnded):
            return effect.variables.get(name)
    return r.case(i).variables.visible(i.key).get(name)


def _save(r: Running, row: dict[str, Any]) -> None:
    r.tx.db.execute(update(deadline).where(deadline.c.key == row["key"]).values(**row))


def _arm(r: Running, i: Instance, clock: Deadline, row: dict[str, Any], term: Term) -> None:
    """Rows that come due at the end of the term and of lateness, and for each reminder."""
    for moment in (term.due_at, term.late_until):
        if moment is not None:
            # the last moment of a term still lies within it
            after = moment + timedelta(microseconds=1)
            add_timer(r, i, r.tx.key(), row["key"], None, "DEADLINE", after, {"deadline": clock.id})
    office = r.tx.services.office(term.started_at)
    for planned in plan(reminders_of(r, i, clock.id), term.started_at, term.due_at, office):
        at = next_from(planned, r.tx.now, office)
        if at is not None:
            add_timer(r, i, r.tx.key(), row["key"], None, "REMINDER", at, payload_of(planned, clock.id))


def _disarm(r: Running, row: dict[str, Any]) -> None:
    c = job.c
    pending = [k for k, j in r.writer.jobs.items() if j["element_instance_key"] == row["key"]]
    for key in pending:
        del r.writer.jobs[key]
    r.tx.db.execute(
        update(job)
        .where(c.element_instance_key == row["key"], c.kind.in_(("DEADLINE", "REMINDER")), c.state == "PENDING")
        .values(state="CANCELED", ended_at=r.tx.now)
    )


def reminders_of(r: Running, i: Instance, deadline_id: str) -> list[Reminder]:
    """The reminders of the diagram that belong to a deadline."""
    process = r.deployed(i).definition.process
    everywhere = [*process.reminders, *(m for n in process.nodes.values() for m in n.reminders)]
    return [m for m in everywhere if m.deadline == deadline_id]


def _show_on_tasks(r: Running, i: Instance) -> None:
    """The open tasks of the case show the earliest statutory deadline that still runs, and are sorted by it."""
    due = _show_on_new_tasks(r, i)
    u, c = user_task.c, task_candidate.c
    r.tx.db.execute(
        update(user_task).where(u.process_instance_key == i.key, u.completed_at.is_(None)).values(statutory_due_at=due)
    )
    urgency = select(URGENCY).where(u.key == c.task_key).scalar_subquery()
    open_ = (c.process_instance_key == i.key) & (c.status != "closed")
    r.tx.db.execute(update(task_candidate).where(open_).values(due_sort=urgency))


def _show_on_new_tasks(r: Running, i: Instance) -> datetime | None:
    """As _show_on_tasks for what is not written yet; the earliest deadline itself."""
    running_ = (row for row in _loaded(r, i).values() if row["kind"] == "statutory" and row["stopped_at"] is None)
    due: datetime | None = min((row["due_at"] for row in running_), default=None)
    tasks = {key: row for key, row in r.writer.tasks.items() if row["process_instance_key"] == i.key}
    for row in tasks.values():
        row["statutory_due_at"] = due
    for row in r.writer.candidates:
        if row["task_key"] in tasks:
            row["due_sort"] = due_sort(tasks[row["task_key"]]["due_at"], due)
    return due


@due_kind("DEADLINE")
def _deadline_due(tx: Transaction, row: Row[Any]) -> None:
    """The term is over, or even lateness is: say so in the register, in history, in the inbox."""
    finish(tx, row.key)
    instance = tx.lock_instance(row.process_instance_key)
    if instance.state not in ALIVE:
        return
    found = tx.db.execute(select(deadline).where(deadline.c.key == row.element_instance_key)).mappings().one()
    if found["stopped_at"] is not None:
        return
    term = Term(found["started_at"], found["due_at"], found["late_until"])
    state = state_when_running(term, tx.now)
    if state in ("RUNNING", found["state"]):
        return
    running(tx)
    tx.db.execute(update(deadline).where(deadline.c.key == found["key"]).values(state=state))
    tx.record(
        instance, "deadline-out-of-term" if state == "OUT_OF_TERM" else "deadline-missed", None, found["scope_key"],
        deadline=found["deadline_id"], dueAt=_iso(term.due_at),
    )  # fmt: skip
    tx.announce("process-instance", {"processInstanceKey": str(instance.key)})


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


FOLLOWERS.append(follow_deadlines)
