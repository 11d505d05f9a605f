"""A calendar was changed: compute anew what is due by it, some hundred cases at a time, and tell each case why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, update

from engine.commands.alarms import Rearming, Waiting
from engine.commands.applying import timer_row
from engine.commands.arming import reminders_of_task
from engine.commands.calendar_spans import only_close, open_changes, span_of, told_of, touches
from engine.commands.clocks import NEW_RECORD, alarms_of_clock, record_row
from engine.commands.counting import Counting
from engine.commands.registry import NO_INSTANCE, Target, handles
from engine.commands.task_rows import due_sort
from engine.commands.transaction import Transaction
from engine.deadlines.compute import Term, state_when_running
from engine.store import counted
from engine.store.chains import Chain, lock_chains
from engine.store.instances import ALIVE
from engine.store.tables import calendar_change, job

ANNOUNCED = 50  # tasks of one step that live listeners are told of one by one; more are found by loading lists again


@dataclass(frozen=True, slots=True)
class BeginCalendarChange:
    """`total` tasks and clocks are to be looked at."""

    key: int
    total: int


@dataclass(frozen=True, slots=True)
class MoveDeadlines:
    """Of these cases. `reached`: there are none besides them up to this key; None: there are no more at all."""

    key: int
    cases: tuple[int, ...]
    reached: int | None


@dataclass(slots=True)
class _Step:
    """What one step finds out, before it is written."""

    changes: list[Row[Any]]  # those that are not done yet: the calendars are those of after all of them
    rearms: bool  # what comes due moves with its task or clock; else, when it comes too early, it waits again
    seen: int = 0
    tasks: list[dict[str, Any]] = field(default_factory=list)  # with when each is due, and what it was
    elements: list[dict[str, Any]] = field(default_factory=list)
    clocks: list[dict[str, Any]] = field(default_factory=list)
    records: list[dict[str, Any]] = field(default_factory=list)  # of the register
    shown: list[dict[str, Any]] = field(default_factory=list)
    alarms: Rearming = field(default_factory=Rearming)
    told: list[dict[str, Any]] = field(default_factory=list)  # to live listeners
    moved: dict[int, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))  # by case
    between: dict[int, list[tuple[datetime, datetime]]] = field(default_factory=lambda: defaultdict(list))


@handles(BeginCalendarChange, permission="system:run", event=NO_INSTANCE)
def begin_calendar_change(command: BeginCalendarChange, _target: Target, tx: Transaction) -> None:
    """Nothing happens unless it waits to be begun."""
    row = _locked(tx, command.key)
    if row.state == "CREATED":
        _carry(tx, row, {"state": "ACTIVE", "started_at": tx.now, "total": command.total})


@handles(MoveDeadlines, permission="system:run", event=NO_INSTANCE)
def move_deadlines(command: MoveDeadlines, _target: Target, tx: Transaction) -> int:
    """How many deadlines moved. Each case that has some gets one event of history, which says which moved from when to
    when and why. What a person set does not move, nor what counts every hour.

    A step that was done already does nothing. The cases are locked as every command locks them.
    """
    row = _locked(tx, command.key)
    if row.state != "ACTIVE" or (command.reached is not None and command.reached <= row.reached):
        return 0
    changes = open_changes(tx.db)
    step = _Step(changes, not only_close(tx.db, changes, tx.now, tx.services.zone))
    if command.cases:
        chains = lock_chains(tx.db, command.cases)
        alive = {key: chain for key, chain in chains.items() if chain.state in ALIVE}
        _look(tx, row, alive, step)
        _write(tx, alive, step)
        _record(tx, alive, step)
    moved = sum(map(len, step.moved.values()))
    done = {"done": row.done + step.seen, "moved": row.moved + moved}
    if command.reached is None:
        _carry(tx, row, {**done, "total": done["done"], "state": "COMPLETED", "ended_at": tx.now})
    else:
        _carry(tx, row, {**done, "total": max(row.total, done["done"]), "reached": command.reached})
    return moved


def _locked(tx: Transaction, key: int) -> Row[Any]:
    return tx.db.execute(select(calendar_change).where(calendar_change.c.key == key).with_for_update()).one()


def _carry(tx: Transaction, row: Row[Any], values: dict[str, Any]) -> None:
    """Write how far it is; as long as it has not ended it is due again at once."""
    tx.db.execute(update(calendar_change).where(calendar_change.c.key == row.key).values(**values))
    ended = values.get("ended_at")
    state = {"state": "PENDING" if ended is None else "COMPLETED", "due_at": tx.now, "ended_at": ended}
    tx.db.execute(update(job).where(job.c.key == row.key).values(**state))
    tx.announce("calendar-change", {"calendarChangeKey": str(row.key)})
    if ended is None:
        tx.wake_at(tx.now)


def _look(tx: Transaction, change: Row[Any], chains: dict[int, Chain], step: _Step) -> None:
    """Compute what is due when."""
    cases, span = list(chains), span_of(change, tx.services.zone)
    counting = Counting(tx, change.calendar, {key: chain.definition_key for key, chain in chains.items()})
    tasks = counted.counted_tasks(tx.db, cases, span)
    clocks = counted.running_clocks(tx.db, cases)
    step.seen = len(tasks) + sum(touches(span, c.started_at, c.due_at) for c in clocks)
    moved_tasks = [(t, over) for t in tasks if (over := counting.of_task(t)) not in (None, t.standard_due_at)]
    moved_clocks = [(c, found) for c in clocks if (found := counting.of_clock(c)) and found.due_at != c.due_at]
    for element in counted.counted_elements(tx.db, cases, span):
        if (over := counting.of_element(element)) not in (None, element.standard_due_at):
            step.elements.append({"key": element.key, "standard_due_at": over})
    waiting = _waiting(tx, [row.key for row, _ in (*moved_tasks, *moved_clocks)] if step.rearms else ())
    for task, over in moved_tasks:
        _move_task(tx, counting, step, task, over, waiting[task.key])
    for clock, term in moved_clocks:
        _move_clock(tx, counting, step, clock, term, waiting[clock.key])
    _show(step, clocks)


def _waiting(tx: Transaction, of: Sequence[int]) -> dict[int, list[Waiting]]:
    """What waits to come due, by the task or clock."""
    found: dict[int, list[Waiting]] = defaultdict(list)
    for row in counted.waiting_alarms(tx.db, of) if of else ():
        alarm = Waiting(row.key, row.element_instance_key, row.kind, row.due_at, row.payload)
        found[alarm.of].append(alarm)
    return found


def _move_task(
    tx: Transaction, counting: Counting, step: _Step, task: Row[Any], over: datetime, waiting: Iterable[Waiting]
) -> None:
    """Its standard time is over at another moment; that is when it is due, too, unless somebody said otherwise."""
    moves = task.due_at == task.standard_due_at
    due = over if moves else task.due_at
    sort = due_sort(due, task.statutory_due_at)
    step.tasks.append({"key": task.key, "due_at": due, "standard_due_at": over, "task_key": task.key, "due_sort": sort})
    if not moves:
        return
    if step.rearms:
        process = counting.process(task.process_instance_key)
        node, span = process.nodes[task.element_id], (task.created_at, due)
        office = counting.office(task.process_instance_key, task.candidate_groups, task.created_at)
        wanted = reminders_of_task(process, node, span, office, tx.now)
        step.alarms.plan((task.key, task.process_instance_key, task.element_id), waiting, wanted)
    said = {"userTaskKey": str(task.key), "element": task.element_id}
    _note(step, task.process_instance_key, said, (task.standard_from, task.due_at, due))
    if len(step.told) <= ANNOUNCED:
        told = {"userTaskKey": str(task.key), "state": task.state, "assignee": task.assignee}
        step.told.append(told | {"candidateGroups": task.candidate_groups})


def _move_clock(
    tx: Transaction, counting: Counting, step: _Step, row: Row[Any], term: Term, waiting: Iterable[Waiting]
) -> None:
    case = row.process_instance_key
    if step.rearms:
        office = counting.office(case, (), term.started_at)
        wanted = alarms_of_clock(counting.process(case), row.deadline_id, term, office, tx.now)
        step.alarms.plan((row.key, case, None), waiting, wanted)
    state = state_when_running(term, tx.now)
    moved = {"key": row.key, "due_at": term.due_at, "late_until": term.late_until, "state": state}
    step.clocks.append(moved | {"case": case})
    step.records.append(record_row(tx, case, row.key, "MOVED", due_before=row.due_at, due_after=term.due_at))
    said = {"deadline": row.deadline_id, "scope": str(row.scope_key), "state": state}
    _note(step, case, said, (row.started_at, row.due_at, term.due_at))


def _note(step: _Step, case: int, said: dict[str, Any], moments: tuple[datetime, datetime, datetime]) -> None:
    since, before, due = moments
    step.moved[case].append({**said, "before": before.isoformat(), "dueAt": due.isoformat()})
    step.between[case].append((since, max(before, due)))


def _show(step: _Step, clocks: Sequence[Row[Any]]) -> None:
    """The open tasks of a case show the earliest statutory clock that runs."""
    moved = {clock["key"]: clock["due_at"] for clock in step.clocks}
    earliest: dict[int, datetime] = {}
    for clock in clocks:
        if clock.kind == "statutory":
            due, case = moved.get(clock.key, clock.due_at), clock.process_instance_key
            earliest[case] = min(due, earliest.get(case, due))
    cases = {clock["case"] for clock in step.clocks} & earliest.keys()
    step.shown = [{"process_instance_key": case, "statutory_due_at": earliest[case]} for case in sorted(cases)]


def _write(tx: Transaction, chains: dict[int, Chain], step: _Step) -> None:
    batch, db, alarms = tx.batch, tx.db, step.alarms
    counted.MOVE_TASKS.add(batch, db, step.tasks)
    counted.MOVE_CANDIDATES.add(batch, db, step.tasks)
    counted.MOVE_ELEMENTS.add(batch, db, step.elements)
    counted.MOVE_CLOCKS.add(batch, db, step.clocks)
    batch.add(NEW_RECORD, step.records)
    counted.SHOW_CLOCKS.add(batch, db, step.shown)
    counted.SORT_ANEW.add(batch, db, step.shown)
    moves = [{"key": key, "due_at": due, "updated_at": tx.now} for key, due in alarms.moves.items()]
    counted.MOVE_ALARMS.add(batch, db, moves)
    ends = [{"key": key, "state": "CANCELED", "ended_at": tx.now} for key in alarms.cancels]
    counted.END_ALARMS.add(batch, db, ends)
    new = [
        timer_row(tx.now, tx.key(), chains[case], of, element, alarm) for (of, case, element), alarm in alarms.missing
    ]
    if new:
        tx.db.execute(insert(job), new)
    if due := [*alarms.moves.values(), *(alarm.due_at for _, alarm in alarms.missing)]:
        tx.wake_at(min(due))
    for told in step.told if len(step.told) <= ANNOUNCED else ():
        tx.announce("user-task", told)


def _record(tx: Transaction, chains: dict[int, Chain], step: _Step) -> None:
    """One event for each case, with every change that is not done yet and has to do with what moved."""
    changes = [(told_of(row), span_of(row, tx.services.zone)) for row in step.changes]
    every = [said for said, _ in changes]
    for case, moved in step.moved.items():
        reasons = every
        if len(changes) > 1:
            reasons = [said for said, span in changes if any(touches(span, *of) for of in step.between[case])]
        tx.record_for_office(chains[case], "deadlines-moved", reasons=reasons, moved=moved)
