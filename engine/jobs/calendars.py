"""Carry changes of the office's calendars out: what is open and due by them is computed anew, step by step.

A step and how far it has come are one transaction: a crash at any moment loses nothing and doubles nothing, and any
number of nodes may work on the same change. Between two steps everything else that is due has its turn.
"""

from __future__ import annotations

import logging

from sqlalchemy import bindparam, literal_column, select, update

from engine.bus import Bus
from engine.commands.calendar_entries import KIND
from engine.commands.calendar_spans import span_of
from engine.commands.move_deadlines import BeginCalendarChange, MoveDeadlines
from engine.jobs.dispatcher import BUSY
from engine.model.actor import SYSTEM
from engine.store.counted import count_open, next_cases
from engine.store.prepared import Prepared
from engine.store.tables import calendar_change, job

log = logging.getLogger("krabuan.calendars")
STEP = 2_000  # tasks or clocks of one transaction
_J = job.c
_BY_NOW = _J.due_at <= bindparam("b_now", type_=_J.due_at.type)
# by an expression, for which there is no index: PostgreSQL would walk along that of the keys, past all timers that wait
_DUE = Prepared(
    select(_J.key)
    .where(_J.kind == KIND, _J.state == "PENDING", _BY_NOW)
    .order_by(_J.key + 0)
    .limit(literal_column("1"))
)


def run_calendar_changes(bus: Bus, step: int = STEP) -> int:
    """Carry the earliest change on by a step; whether there was one. The others come after it."""
    with bus.database.read() as db:
        found = _DUE.rows(db, {"b_now": bus.clock.now()})
    if not found:
        return 0
    key: int = found[0][0]
    try:
        _carry_on(bus, key, step)
    except Exception:  # it goes on in a moment
        log.exception("change %s of a calendar could not be carried on", key)
        with bus.database.write() as db:
            later = update(job).where(_J.key == key, _J.state == "PENDING")
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
