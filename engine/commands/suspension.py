"""Hold back what moves a case by itself, and let it go again.

Timers, jobs and reminders of steps are held in the state SUSPENDED, so that nobody finds them due.
Statutory clocks and the warnings about them go on: the law does not wait.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, select, update

from engine.commands.running import running
from engine.commands.transaction import Transaction
from engine.execution import effects as fx
from engine.model.jobs import FOR_WORKERS
from engine.store.instances import Instance
from engine.store.tables import deadline, job, process_instance, subscription

HELD_KINDS = ("TIMER", "REMINDER", "NEW_TASK", *FOR_WORKERS)


def hierarchy(tx: Transaction, root: Instance, state: str) -> list[Instance]:
    """The instances of a locked call hierarchy that are in a state, callers first."""
    p = process_instance.c
    keys = tx.db.execute(select(p.key).where(p.root_key == root.key, p.state == state).order_by(p.key)).scalars()
    return [tx.relative(key) for key in keys]


def hold(tx: Transaction, instances: Iterable[Instance]) -> None:
    """Suspend active instances. A worker that has a job cannot complete it any more."""
    c = job.c
    for instance in instances:
        instance.state = "SUSPENDED"
        tx.db.execute(
            update(job)
            .where(_held(instance), c.state.in_(("PENDING", "LOCKED")))
            .values(state="SUSPENDED", worker=None, locked_until=None, updated_at=tx.now)
        )
        tx.announce("process-instance", {"processInstanceKey": str(instance.key)})


def release(tx: Transaction, instances: Iterable[Instance]) -> None:
    """Make suspended instances active: what is overdue falls due now, and messages kept meanwhile arrive."""
    c = job.c
    for instance in instances:
        instance.state = "ACTIVE"
        again = {"state": "PENDING", "updated_at": tx.now}
        tx.db.execute(update(job).where(_held(instance), c.state == "SUSPENDED").values(**again))
        _look_for_messages(tx, instance)
        tx.announce("process-instance", {"processInstanceKey": str(instance.key)})
    tx.wake_at(tx.now)


def _held(instance: Instance) -> ColumnElement[bool]:
    c, d = job.c, deadline.c
    clocks = select(d.key).where(d.process_instance_key == instance.key)
    warns = (c.kind == "REMINDER") & c.element_instance_key.in_(clocks)
    held: ColumnElement[bool] = (c.process_instance_key == instance.key) & c.kind.in_(HELD_KINDS) & ~warns
    return held


def _look_for_messages(tx: Transaction, instance: Instance) -> None:
    """Treat what the instance waits for as opened just now, so that kept messages reach it."""
    running(tx)
    s = subscription.c
    query = select(subscription).where(s.process_instance_key == instance.key, s.kind == "message").order_by(s.key)
    opened: list[Any] = tx.cache.setdefault("opened", [])
    for row in tx.db.execute(query):
        effect = fx.SubscriptionOpened(
            row.key, row.element_instance_key, row.element_id, "message", row.name, row.correlation_key
        )
        opened.append((instance, effect))
