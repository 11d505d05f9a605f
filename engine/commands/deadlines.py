"""Keep the clocks of a case true after every step: start, move, stop, miss (krabuan:deadline)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, select, update

from engine.commands.applying import FOLLOWERS, add_timer
from engine.commands.clock_acts import Act, act_before, act_in, end_of, known
from engine.commands.clocks import (
    add_clock,
    arm,
    clocks_of,
    disarm,
    drawn,
    iso,
    note,
    save,
    show_on_new_tasks,
    show_on_tasks,
)
from engine.commands.fire_timer import due_kind, finish
from engine.commands.running import Running, running
from engine.commands.transaction import Transaction
from engine.deadlines.compute import (
    Term,
    extended,
    moves_with_office,
    reads,
    start_of,
    state_when_running,
    state_when_stopped,
    term_from,
)
from engine.execution import Case
from engine.execution import effects as fx
from engine.feel import to_json
from engine.model.manual import Deadline
from engine.store.instances import ALIVE, Instance
from engine.store.tables import deadline


def follow_deadlines(r: Running, i: Instance, case: Case, effects: Sequence[fx.Effect]) -> None:
    """Look at what a batch of effects means for the clocks of this instance."""
    deadlines = r.deployed(i).definition.process.deadlines
    if not deadlines:
        return
    changed = False
    for clock in deadlines:
        rows, scopes = clocks_of(r, i), [i.key] if clock.scope is None else case.running(clock.scope)
        counting = [key for key, id_ in rows if id_ == clock.id and rows[key, id_]["stopped_at"] is None]
        for scope_key in counting + [key for key in scopes if (key, clock.id) not in rows]:
            changed |= _follow_one(r, i, case, clock, scope_key, effects)
    if changed:
        show_on_tasks(r, i)
    elif any(isinstance(e, fx.UserTaskCreated) for e in effects):
        show_on_new_tasks(r, i)


def follow_migration(r: Running, i: Instance) -> None:
    """The case runs by another version: its running clocks count as that says, and those that are new to it begin."""
    deadlines, case = r.deployed(i).definition.process.deadlines, r.case(i)
    for clock in deadlines:
        rows, scopes = clocks_of(r, i), [i.key] if clock.scope is None else case.running(clock.scope)
        for row in [row for row in rows.values() if row["deadline_id"] == clock.id and row["stopped_at"] is None]:
            row |= {"process_id": i.process_id, "definition_key": i.definition_key}
            save(r, row)
            term = _term(r, i, clock, case.variables.view(row["scope_key"], {}))
            if term is None or not _move(r, i, row, term, {}):
                disarm(r, row)  # the reminders may be others
                arm(r, i, row)
        for key in [key for key in scopes if (key, clock.id) not in rows]:
            _follow_one(r, i, case, clock, key, ())
    if deadlines:
        show_on_tasks(r, i)


def _follow_one(
    r: Running, i: Instance, case: Case, clock: Deadline, scope_key: int, effects: Sequence[fx.Effect]
) -> bool:
    """Whether this clock changed."""
    row, end = clocks_of(r, i).get((scope_key, clock.id)), end_of(clock, scope_key, i, effects)
    if end is not None and row is not None:
        _stop(r, i, clock, row, act_in(r, clock, end), effects)
        return True
    names = reads(clock) | set(clock.evidence)
    changed = {e.name for e in effects if isinstance(e, fx.VariableSet) and (not e.existed or e.before != e.value)}
    if not (row is None or changed & names) or (i.state != "ACTIVE" and end is None):
        return False
    scope = case.variables.view(scope_key, {})
    term = _term(r, i, clock, scope)
    if term is None:
        return False
    evidence = {n: to_json(scope[n]) for n in sorted(names) if n in scope}
    if row is not None:
        moved = _move(r, i, row, term, evidence)
        if not moved and changed & set(clock.evidence):
            note(r, i, row, "MOVED", data=evidence, due_before=row["due_at"], due_after=row["due_at"])
        return moved
    row = _start(r, i, clock, scope_key, term, evidence)
    act = act_in(r, clock, end) or act_before(r, i, clock, scope_key)
    if end is not None or act is not None:  # the act itself brought the evidence, or it was done before
        _stop(r, i, clock, row, act, effects)
    return True


def _term(r: Running, i: Instance, clock: Deadline, scope: Mapping[str, Any]) -> Term | None:
    """The term of a clock; None while the moment that it counts from is not known."""
    start = start_of(clock, scope, r.environment())
    if start is None:
        return None
    calendar = r.tx.calendars().of_unit(r.deployed(i).definition.process.facts.owner_unit)
    counts = r.tx.office_for_due if moves_with_office(clock) else r.tx.office
    return term_from(clock, start, counts(calendar, start))


def _start(
    r: Running, i: Instance, clock: Deadline, scope_key: int, term: Term, evidence: dict[str, Any]
) -> dict[str, Any]:
    facts = r.deployed(i).definition.process.facts
    row: dict[str, Any] = {
        "key": r.tx.key(), "process_instance_key": i.key, "process_id": i.process_id, "deadline_id": clock.id,
        "scope_key": scope_key, "kind": clock.kind, "state": state_when_running(term, r.tx.now),
        "started_at": term.started_at, "due_at": term.due_at, "late_until": term.late_until, "stopped_at": None,
        "stopped_by_element": None, "warnings": [], "late_reasons": None, "owner_unit": facts.owner_unit,
        "definition_key": i.definition_key, "extended_until": None,
    }  # fmt: skip
    add_clock(r, i, clock, row)
    note(r, i, row, "STARTED", data=evidence, happened_at=term.started_at, due_after=term.due_at)
    r.tx.record(
        i, "deadline-started", None, scope_key, deadline=clock.id, kind=clock.kind, startedAt=iso(term.started_at),
        dueAt=iso(term.due_at), lateUntil=iso(term.late_until), evidence=evidence, state=row["state"],
    )  # fmt: skip
    arm(r, i, row)
    return row


def _move(r: Running, i: Instance, row: dict[str, Any], term: Term, evidence: dict[str, Any]) -> bool:
    """The clock counts from another moment, or to another; what it was extended to still counts."""
    term = extended(term, row["extended_until"])
    if Term(row["started_at"], row["due_at"], row["late_until"]) == term:
        return False
    before = {"startedAt": iso(row["started_at"]), "dueAt": iso(row["due_at"]), "state": row["state"]}
    moved = {"due_before": row["due_at"], "due_after": term.due_at, "happened_at": term.started_at}
    note(r, i, row, "MOVED", data=evidence, **moved)
    set_term(r, i, row, term, before)
    return True


def set_term(r: Running, i: Instance, row: dict[str, Any], term: Term, before: Mapping[str, Any]) -> None:
    """A running clock has this term from now on: in its row, in history, and in what falls due of it."""
    row |= {
        "started_at": term.started_at, "due_at": term.due_at, "late_until": term.late_until,
        "state": state_when_running(term, r.tx.now),
    }  # fmt: skip
    save(r, row)
    r.tx.record(
        i, "deadline-moved", None, row["scope_key"], deadline=row["deadline_id"], before=dict(before),
        startedAt=iso(term.started_at), dueAt=iso(term.due_at), lateUntil=iso(term.late_until), state=row["state"],
    )  # fmt: skip
    disarm(r, row)
    arm(r, i, row)


def _stop(
    r: Running, i: Instance, clock: Deadline, row: dict[str, Any], act: Act | None, effects: Sequence[fx.Effect]
) -> None:
    """By its act, which may lie before now; or because nobody needs what it was for any more."""
    values = known(r, i, row["scope_key"], effects)
    proof = {name: to_json(values[name]) for name in clock.proof if act is not None and name in values}
    row["stopped_at"] = r.tx.now if act is None else act.at
    if act is not None:
        row["state"] = state_when_stopped(Term(row["started_at"], row["due_at"], row["late_until"]), act.at)
        row["stopped_by_element"] = act.element_id
    elif row["state"] == "RUNNING":
        row["state"] = "CANCELLED"
    if clock.late_reasons_field is not None and row["state"] in ("LATE", "OUT_OF_TERM"):
        reasons = values.get(clock.late_reasons_field)
        row["late_reasons"] = reasons if isinstance(reasons, str) else None
    save(r, row)
    element, hands = (None, None) if act is None else (act.element_id, act.hands)
    note(r, i, row, "STOPPED", hands, element_id=element, data=proof, happened_at=row["stopped_at"])
    r.tx.record(
        i, "deadline-stopped", element, row["scope_key"], deadline=clock.id, state=row["state"],
        dueAt=iso(row["due_at"]), stoppedAt=iso(row["stopped_at"]), lateReasons=row["late_reasons"], proof=proof,
    )  # fmt: skip
    disarm(r, row)


def resume_clocks(r: Running, i: Instance, element: str, at: datetime | None) -> Callable[[], None]:
    """The clocks that the completion of `element` at that moment stopped run on, as if it had not been; what is
    returned is to be called when the case has come to rest, and shows them on its tasks."""
    resumed = False
    for row in clocks_of(r, i).values():
        clock = drawn(r, i, row["deadline_id"])
        if clock is None or row["stopped_by_element"] != element or row["stopped_at"] != at:
            continue
        term = Term(row["started_at"], row["due_at"], row["late_until"])
        row |= {"stopped_at": None, "stopped_by_element": None, "late_reasons": None}
        row["state"], resumed = state_when_running(term, r.tx.now), True
        save(r, row)
        note(r, i, row, "RESUMED", element_id=element, due_after=row["due_at"])
        said = {"deadline": clock.id, "state": row["state"], "dueAt": iso(row["due_at"])}
        r.tx.record(i, "deadline-resumed", element, row["scope_key"], **said)
        arm(r, i, row)
    return lambda: show_on_tasks(r, i) if resumed else None


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
    state, r = state_when_running(term, tx.now), running(tx)
    if state == "RUNNING":  # a holiday moved its end, and not this row: it waits for the end as it is now
        after = term.due_at + timedelta(microseconds=1)
        add_timer(r, instance, tx.key(), row.element_instance_key, None, row.kind, after, dict(row.payload))
    if state in ("RUNNING", found["state"]):
        return
    tx.db.execute(update(deadline).where(deadline.c.key == found["key"]).values(state=state))
    tx.record(
        instance, "deadline-out-of-term" if state == "OUT_OF_TERM" else "deadline-missed", None, found["scope_key"],
        deadline=found["deadline_id"], dueAt=iso(term.due_at),
    )  # fmt: skip
    tx.announce("process-instance", {"processInstanceKey": str(instance.key)})


FOLLOWERS.append(follow_deadlines)
