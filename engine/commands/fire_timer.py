"""Something is due: a timer, a start timer, a thrown signal, a reminder, a deadline.

The dispatcher hands in the key of a due row; what it is for is decided here by its kind. The row is
read again under the lock of its instance, so a doubled delivery does nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Row, bindparam, select, update

from engine.calendar.timers import next_of_cycle, parse_cycle
from engine.commands.broadcast_signal import BroadcastSignal, broadcast_signal
from engine.commands.correlation import lock_instances, waiting_for
from engine.commands.registry import NO_INSTANCE, Target, handles
from engine.commands.running import running
from engine.commands.start_events import add_start_timer
from engine.commands.starting import Occurrence, begin
from engine.commands.transaction import Transaction
from engine.model.jobs import BY_ITSELF
from engine.store.prepared import Prepared
from engine.store.tables import job

_JOB = select(job).where(job.c.key == bindparam("b_key"))
_OF_KEY, _OF_KEY_LOCKED = Prepared(_JOB), Prepared({"sqlite": _JOB, "postgresql": _JOB.with_for_update()})
_FINISH = Prepared(
    update(job).where(job.c.key == bindparam("b_key")).values(state="COMPLETED", ended_at=bindparam("b_at"))
)


@dataclass(frozen=True, slots=True)
class FireTimer:
    """Do what the due row is for."""

    job_key: int


Due = Callable[[Transaction, Row[Any]], None]
KINDS: dict[str, Due] = {}  # by the row's kind; the rooms that make such rows register here


def due_kind(kind: str) -> Callable[[Due], Due]:
    """Register what happens when a row of a kind, one of BY_ITSELF (model/jobs.py), is due."""
    if kind not in BY_ITSELF:
        raise ValueError(f"{kind} is no kind of what comes due by itself")

    def register(action: Due) -> Due:
        KINDS[kind] = action
        return action

    return register


def due_target(command: Any, tx: Transaction) -> Target:
    """The row `command.job_key` (None when there is none), the instance that it belongs to locked."""
    tx.lock_instance_of_job(command.job_key)
    row = _row(tx, _OF_KEY, command.job_key)
    if row is not None and row.process_instance_key is not None:
        return Target(instance=tx.lock_instance(row.process_instance_key), rows={"job": row})
    return Target(rows={"job": _row(tx, _OF_KEY_LOCKED, command.job_key)})


def _row(tx: Transaction, query: Prepared, key: int) -> SimpleNamespace | None:
    found = query.rows(tx.db, {"b_key": key})
    return SimpleNamespace(**dict(zip(job.c.keys(), found[0], strict=True))) if found else None


@handles(FireTimer, permission="system:run", event=NO_INSTANCE, target=due_target)
def fire_timer(command: FireTimer, target: Target, tx: Transaction) -> bool:
    """Whether there was something to do; the row is not due a second time."""
    row = target.rows["job"]
    if row is None or row.state != "PENDING" or row.due_at is None or row.due_at > tx.now:
        return False
    KINDS[row.kind](tx, row)
    return True


def finish(tx: Transaction, key: int) -> None:
    """The row is done, once the command is."""
    tx.batch.add(_FINISH, [{"b_key": key, "b_at": tx.now}])


@due_kind("TIMER")
def _timer(tx: Transaction, row: Row[Any]) -> None:
    instance = tx.lock_instance(row.process_instance_key)
    finish(tx, row.key)
    if instance.state != "ACTIVE":
        return
    r = running(tx)
    case = r.case(instance)
    if not case.waits_for(row.element_instance_key, row.key):
        return
    tx.record(instance, "timer-fired", row.element_id, row.element_instance_key, dueAt=row.due_at.isoformat())
    case.trigger(row.element_instance_key, row.key, {})
    r.settle(instance)


@due_kind("TIMER_START")
def _timer_start(tx: Transaction, row: Row[Any]) -> None:
    finish(tx, row.key)
    deployed = tx.services.definitions.process(tx.db, row.definition_key)
    begin(tx, deployed, row.element_id, row.payload.get("part"), Occurrence("timer"))
    cycle = row.payload.get("cycle")
    if cycle is None:
        return
    fired, armed = row.payload["fired"] + 1, datetime.fromisoformat(row.payload["armed"])
    following = next_of_cycle(parse_cycle(cycle), row.due_at, fired, armed, tx.services.zone)
    if following is not None:
        payload = {**row.payload, "fired": fired}
        add_start_timer(tx, row.process_id, row.element_id, row.definition_key, following, payload)


@due_kind("SIGNAL")
def _signal(tx: Transaction, row: Row[Any]) -> None:
    finish(tx, row.key)
    command = BroadcastSignal(row.payload["name"], row.payload["variables"])
    heard = row.payload.get("heard", ())
    waiting = [w for w in waiting_for(tx, "signal", command.name, None) if w.key not in heard]
    lock_instances(tx, waiting)
    broadcast_signal(command, Target(rows={"waiting": waiting}), tx)
