"""Carry changes of the office's calendars out: what is open and due by them is computed anew, step by step.

A step and how far it has come are one transaction: a crash at any moment loses nothing and doubles nothing, and any
number of nodes may work on the same change. Between two steps everything else that is due has its turn.
"""

from __future__ import annotations

import logging

from sqlalchemy import select, update

from engine.bus import Bus
from engine.commands.calendar_entries import KIND
from engine.commands.calendar_spans import span_of
from engine.commands.move_deadlines import BeginCalendarChange, MoveDeadlines
from engine.jobs.dispatcher import BUSY
from engine.model.actor import SYSTEM
from engine.store.counted import count_open, next_cases
from engine.store.tables import calendar_change, job

log = logging.getLogger("krabuan.calendars")
STEP = 2_000  # tasks or clocks of one transaction


def run_calendar_changes(bus: Bus, step: int = STEP) -> int:
    """Carry the earliest change on by a step; whether there was one. The others come after it."""
    c = job.c
    due = select(c.key).where(c.kind == KIND, c.state == "PENDING", c.due_at <= bus.clock.now())
    with bus.database.read() as db:
        key = db.execute(due.order_by(c.key).limit(1)).scalar()
    if key is None:
        return 0
    try:
        _carry_on(bus, key, step)
    except Exception:  # it goes on in a moment
        log.exception("change %s of a calendar could not be carried on", key)
        with bus.database.write() as db:
            later = update(job).where(c.key == key, c.state == "PENDING")
            db.execute(later.values(due_at=bus.clock.now() + BUSY))
    return 1


def _carry_on(bus: Bus, key: int, step: int) -> None:
    """What is to be looked at is looked for outside the transaction that does it: nobody waits for that. What comes to
    it meanwhile was counted by the changed calendar already."""
    with bus.database.read() as db:
        row = db.execute(select(calendar_change).where(calendar_change.c.key == key)).one()
        span = span_of(row, bus.services.zone)
        command: BeginCalendarChange | MoveDeadlines
        if row.state == "CREATED":
            command = BeginCalendarChange(key, count_open(db, span))
        else:
            cases, reached = next_cases(db, span, row.reached, step)
            command = MoveDeadlines(key, tuple(cases), reached)
    bus.run(command, SYSTEM)
