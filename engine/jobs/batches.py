"""Work batch operations off: find their cases, then do each in a transaction of its own, as who asked for it.

What an item does and that it is done are one transaction: a crash at any moment loses nothing and
doubles nothing, and any number of nodes may work on the same operation.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from functools import partial
from typing import Any

from sqlalchemy import Integer, Row, bindparam, select, update
from sqlalchemy.exc import DataError

from engine.bus import Bus
from engine.commands.advance_batch_operation import AdvanceBatchOperation, FailBatchItem
from engine.commands.batch_plans import command_of
from engine.commands.batches import KIND
from engine.commands.begin_batch_operation import BeginBatchOperation
from engine.errors import Busy, EngineError
from engine.jobs.dispatcher import BUSY, MAX_MESSAGE
from engine.model.actor import SYSTEM, Actor
from engine.queries.batches import MOST_CASES, cases_for
from engine.queries.people import account_of
from engine.store.batches import open_items, take_item
from engine.store.prepared import Prepared
from engine.store.tables import batch_operation, job

log = logging.getLogger("krabuan.batches")
CHUNK = 50  # items between two looks at what else is due
_J = job.c
_BY_NOW = _J.due_at <= bindparam("b_now", type_=_J.due_at.type)
_DUE = Prepared(
    select(_J.key)
    .where(_J.kind == KIND, _J.state == "PENDING", _BY_NOW)
    .order_by(_J.due_at, _J.key)
    .limit(bindparam("b_most", type_=Integer))
)


def run_batches(bus: Bus, limit: int = 5) -> int:
    """Carry up to `limit` operations on a little; returns how many there were."""
    with bus.database.read() as db:
        keys = [key for key, in _DUE.rows(db, {"b_now": bus.clock.now(), "b_most": limit})]
    for key in keys:
        try:
            _carry_on(bus, key)
        except Exception:  # one operation must not stop the others; it goes on in a moment
            log.exception("batch operation %s could not be carried on", key)
            with bus.database.write() as db:
                later = update(job).where(_J.key == key, _J.state == "PENDING")
                db.execute(later.values(due_at=bus.clock.now() + BUSY))
    return len(keys)


def _carry_on(bus: Bus, key: int) -> None:
    with bus.database.read() as db:
        row = db.execute(select(batch_operation).where(batch_operation.c.key == key)).one()
        actor = _actor(db, row)
        items = open_items(db, key, CHUNK)
    if row.state == "CREATED":
        bus.run(_beginning(bus, row, actor), SYSTEM)
        return
    waits = [_do(bus, row, item, actor) for item in items]
    bus.run(AdvanceBatchOperation(key, int(any(waits))), SYSTEM)


def _actor(db: Any, row: Row[Any]) -> Actor:
    """Who asked, with what that account may do now: nothing, when it is gone or closed."""
    if row.actor_kind == "system":
        return SYSTEM
    found = account_of(db, row.actor)
    now = Actor(row.actor) if found is None or not found.active else found.actor()
    return replace(now, on_behalf_of=row.on_behalf_of)


def _beginning(bus: Bus, row: Row[Any], actor: Actor) -> BeginBatchOperation:
    try:
        with bus.database.read() as db:
            cases = cases_for(db, actor, row.type, row.filter)
    except (EngineError, DataError) as error:
        told = str(error)[:MAX_MESSAGE] if isinstance(error, EngineError) else "a value in the filter fits nothing"
        return BeginBatchOperation(row.key, failure=("QUERY_FAILED", told))
    if len(cases) > MOST_CASES:
        told = f"the filter finds more than {MOST_CASES} cases"
        return BeginBatchOperation(row.key, failure=("RESULT_BUFFER_SIZE_EXCEEDED", told))
    return BeginBatchOperation(row.key, tuple(cases))


def _do(bus: Bus, row: Row[Any], item: Row[Any], actor: Actor) -> bool:
    """Do one item; whether it has to wait for others who are faster."""
    try:
        command = command_of(row.type, row.plan, item.process_instance_key, row.key)
        bus.run(command, actor, ticket=partial(take_item, key=item.key))
    except Busy:
        return True
    except Exception as error:  # one item must not stop the others
        if not isinstance(error, EngineError):
            log.exception("item %s of batch operation %s failed", item.key, row.key)
        message = f"{error.code}: {error}" if isinstance(error, EngineError) else type(error).__name__
        bus.run(FailBatchItem(item.key, message[:MAX_MESSAGE]), SYSTEM)
    return False
