"""An event that starts a process has come: an instance begins, or what came is kept until all of it is there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select, update

from engine.commands import start_arrivals
from engine.commands.create_instance import begin_by_event
from engine.commands.definitions import DeployedProcess
from engine.commands.transaction import Transaction
from engine.execution.starts import together
from engine.store.instances import Instance
from engine.store.tables import job, message_correlation, process_instance, subscription


@dataclass(frozen=True, slots=True)
class Occurrence:
    """What came: a message (with its key and its subscription's), a signal, a timer or a condition.

    `variables` are FEEL values; `name` is "" for a timer or condition, `correlation_key` for all but messages.
    """

    kind: str
    name: str = ""
    variables: Mapping[str, Any] | None = None
    correlation_key: str = ""
    message_key: int | None = None
    subscription_key: int | None = None


def starts_with_others(deployed: DeployedProcess, element_id: str, part: int | None) -> bool:
    """Whether an instance needs other events beside this one: those of a parallel multiple start event, or
    those behind a parallel event-based gateway."""
    return part is not None or bool(together(deployed.definition.process, element_id))


def begin(
    tx: Transaction, deployed: DeployedProcess, element_id: str, part: int | None, came: Occurrence
) -> list[Instance] | None:
    """The instances that begin at a start event now; none while other parts of a parallel multiple one are missing.

    None says that the event was not taken: an instance that the same correlation key started is active, the same
    part has come before and waits for the others, or it is one of an older version's (10.5.2, 13.2).
    """
    with_others = starts_with_others(deployed, element_id, part)
    if with_others:
        start_arrivals.lock_start(tx, deployed.process_id)
    if came.kind == "message" and came.correlation_key and _is_active(tx, deployed, element_id, came, with_others):
        return None
    if part is None:
        start_message = (came.name, came.correlation_key) if came.kind == "message" else None
        begun = [begin_by_event(tx, deployed, element_id, came.variables or {}, start_message)]
        _note(tx, element_id, begun[0], came.name, came.correlation_key, came.message_key, came.subscription_key)
        _take_over_timers(tx, deployed, element_id)
        return begun
    if tx.services.definitions.find_process(tx.db, deployed.process_id) != deployed.key:
        return None
    if not start_arrivals.keep(tx, deployed, element_id, part, came):
        return None
    begun = []
    for rows in start_arrivals.complete(tx, deployed, element_id, part, came.correlation_key):
        begun.append(_begin_by_all(tx, deployed, element_id, rows))
    return begun


def _begin_by_all(tx: Transaction, deployed: DeployedProcess, element_id: str, rows: Sequence[Any]) -> Instance:
    """An instance with the variables of everything that came, the later over the earlier."""
    variables: dict[str, Any] = {}
    for row in rows:
        variables |= start_arrivals.variables_of(row)
    told = [{"kind": r.kind, "name": r.name or None, "at": r.arrived_at.isoformat()} for r in rows]
    messages = [(r.name, r.correlation_key) for r in rows if r.kind == "message"]
    instance = begin_by_event(tx, deployed, element_id, variables, messages[0] if messages else None, told)
    for row in rows:
        _note(tx, element_id, instance, row.name, row.correlation_key, row.message_key, row.subscription_key)
    return instance


def _is_active(
    tx: Transaction, deployed: DeployedProcess, element_id: str, came: Occurrence, with_others: bool
) -> bool:
    """Whether an instance is active that this message, or one that belongs to it, started with this key."""
    p, s = process_instance.c, subscription.c
    same = p.start_message == came.name
    if with_others:
        group = [n.id for n in together(deployed.definition.process, element_id)] or [element_id]
        mine = (s.definition_key == deployed.key) & (s.kind == "message") & s.element_id.in_(group)
        same = p.start_message.in_(select(s.name).where(mine))
    query = select(p.key).where(
        p.process_id == deployed.process_id, p.ended_at.is_(None), same, p.start_correlation_key == came.correlation_key
    )
    return tx.db.execute(query).first() is not None


def _take_over_timers(tx: Transaction, deployed: DeployedProcess, element_id: str) -> None:
    """The instance that another event began waits for the timers behind its gateway: they start none more."""
    group = [n.id for n in together(deployed.definition.process, element_id)]
    if group:
        c = job.c
        pending = (c.kind == "TIMER_START") & (c.definition_key == deployed.key) & (c.state == "PENDING")
        tx.db.execute(update(job).where(pending, c.element_id.in_(group)).values(state="CANCELED", ended_at=tx.now))


def _note(
    tx: Transaction, element_id: str, instance: Instance, name: str, correlation_key: str, message_key: int | None,
    subscription_key: int | None,
) -> None:  # fmt: skip
    """Write down for good that a message started the instance."""
    if message_key is not None and subscription_key is not None:
        note_correlation(tx, message_key, name, correlation_key, subscription_key, instance, element_id, None)


def note_correlation(
    tx: Transaction, message_key: int, name: str, correlation_key: str, subscription_key: int, instance: Instance,
    element_id: str, element_instance_key: int | None,
) -> None:  # fmt: skip
    """Write down for good that a message reached the instance."""
    tx.db.execute(
        insert(message_correlation),
        {
            "key": tx.key(), "message_key": message_key, "name": name, "correlation_key": correlation_key,
            "correlated_at": tx.now, "subscription_key": subscription_key, "process_id": instance.process_id,
            "definition_key": instance.definition_key, "process_instance_key": instance.key,
            "element_id": element_id, "element_instance_key": element_instance_key,
        },
    )  # fmt: skip
