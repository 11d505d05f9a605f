"""Arm the start events of the newest version of a process: timers, messages, signals, conditions."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, update

from engine.calendar.errors import CalendarError
from engine.calendar.timers import due_of_date, next_of_cycle, parse_cycle
from engine.commands import start_arrivals
from engine.commands.transaction import Transaction
from engine.errors import DeploymentRefused
from engine.execution import ElementFailure
from engine.execution.expressions import text, value_of
from engine.execution.starts import Start, starting
from engine.model.diagram import Process
from engine.model.faults import Fault
from engine.store.tables import job, subscription
from engine.store.tables.waiting import NO_KEY


def arm_start_events(tx: Transaction, process: Process, definition_key: int) -> None:
    """Disarm the older versions and arm this one. Raises DeploymentRefused for an expression that
    has no value at deployment (start events see no variables)."""
    disarm(tx, process.id)
    start_arrivals.carry_over(tx, process, definition_key)
    for start in starting(process):
        try:
            if start.event.kind == "timer":
                _arm_timer(tx, process, start, definition_key)
            elif start.event.kind in ("message", "signal", "conditional"):
                _subscribe(tx, process, start, definition_key)
        except (ElementFailure, CalendarError) as error:
            raise DeploymentRefused(
                [Fault(process.id, start.node.id, "start-event", f"เริ่มกระบวนงานด้วยเหตุการณ์นี้ไม่ได้: {error}", str(error))]
            ) from error


def disarm(tx: Transaction, process_id: str) -> None:
    """No version of the process starts by itself any more."""
    s, j = subscription.c, job.c
    tx.db.execute(delete(subscription).where(s.process_id == process_id, s.definition_key.is_not(None)))
    tx.db.execute(
        update(job)
        .where(j.kind == "TIMER_START", j.process_id == process_id, j.state == "PENDING")
        .values(state="CANCELED", ended_at=tx.now)
    )


def _arm_timer(tx: Transaction, process: Process, start: Start, definition_key: int) -> None:
    node, event, env = start.node, start.event, tx.environment()
    value, _ = value_of(event.expression or "", {}, env, f"timer of {node.id}", "EXTRACT_VALUE_ERROR")
    payload: dict[str, Any] = {"fired": 0, "armed": tx.now.isoformat(), "part": start.part}
    if event.timer == "cycle":
        payload["cycle"] = str(value)
        due = next_of_cycle(parse_cycle(str(value)), tx.now, 0, tx.now, env.zone)
    else:
        due = due_of_date(value, tx.now, env.zone)
    if due is not None:
        add_start_timer(tx, process.id, node.id, definition_key, due, payload)


def add_start_timer(
    tx: Transaction, process_id: str, element_id: str, definition_key: int, due_at: datetime, payload: dict[str, Any]
) -> None:
    """A row that starts an instance when it comes due."""
    tx.db.execute(
        insert(job),
        {
            "key": tx.key(), "kind": "TIMER_START", "type": "timer-start", "state": "PENDING", "due_at": due_at,
            "retries": 3, "priority": 0, "element_id": element_id, "process_id": process_id,
            "definition_key": definition_key, "payload": payload, "created_at": tx.now,
        },
    )  # fmt: skip
    tx.wake_at(due_at)


def _subscribe(tx: Transaction, process: Process, start: Start, definition_key: int) -> None:
    node, event, kind, name = start.node, start.event, "condition", ""
    if event.kind != "conditional":
        kind = event.kind
        name = text(event.name or "", {}, tx.environment(), f"{kind} name of {node.id}")
    tx.db.execute(
        insert(subscription),
        {
            "key": tx.key(), "kind": kind, "name": name, "correlation_key": NO_KEY, "process_id": process.id,
            "process_instance_key": None, "element_instance_key": None, "definition_key": definition_key,
            "element_id": node.id, "part": start.part,
        },
    )  # fmt: skip
