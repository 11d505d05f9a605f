"""Bring messages and signals to the instances and definitions that wait for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from sqlalchemy import Row, insert, select

from engine.commands.create_instance import begin_by_event
from engine.commands.running import BEFORE_WRITE, Running, running
from engine.commands.transaction import Transaction
from engine.commands.values import variables_in
from engine.execution import effects as fx
from engine.feel import to_json
from engine.store.instances import Instance
from engine.store.locks import lock_name
from engine.store.tables import message, message_correlated, message_correlation, process_instance, subscription

LOCKED_AT_ONCE = 10_000  # keys in one statement


def waiting_for(tx: Transaction, kind: str, name: str, correlation_key: str | None) -> list[Row[Any]]:
    """The subscriptions of a message (with its key) or a signal; those of definitions too. Oldest first."""
    c = subscription.c
    query = select(subscription).where(c.kind == kind, c.name == name).order_by(c.key)
    rows = tx.db.execute(query).all()
    return [
        r
        for r in rows
        if correlation_key is None or r.definition_key is not None or r.correlation_key == correlation_key
    ]


def one_per_process(rows: Sequence[Row[Any]]) -> list[Row[Any]]:
    """One message reaches one instance of each process; an instance that waits goes before a new one."""
    chosen: dict[str, Row[Any]] = {}
    for row in sorted(rows, key=lambda r: (r.definition_key is not None, r.key)):
        chosen.setdefault(row.process_id, row)
    return sorted(chosen.values(), key=lambda r: r.process_instance_key or 0)


def deliver(
    tx: Transaction, row: Row[Any], what: str, correlation_key: str, variables: Mapping[str, Any],
    message_key: int | None = None,
) -> Instance | None:  # fmt: skip
    """Trigger the waiting element, or start an instance; None when it does not wait any more or an
    instance with this key is active already. `message_key` is None for signals."""
    values = variables_in(variables)
    if row.definition_key is not None:
        started = _start(tx, row, what, correlation_key, values)
        if started is not None and message_key is not None:
            _note(tx, message_key, row, correlation_key, started)
        return started
    instance = tx.lock_instance(row.process_instance_key)
    r = running(tx)
    if instance.state != "ACTIVE" or not r.case(instance).waits_for(row.element_instance_key, row.key):
        return None
    tx.record(
        instance, f"{row.kind}-received", row.element_id, row.element_instance_key, name=what,
        correlationKey=correlation_key, variables=to_json(values),
    )  # fmt: skip
    if message_key is not None:
        _note(tx, message_key, row, correlation_key, instance)
    r.case(instance).trigger(row.element_instance_key, row.key, values)
    r.settle(instance)
    return instance


def _note(tx: Transaction, message_key: int, row: Any, correlation_key: str, instance: Instance) -> None:
    """Write down for good that the message reached the instance; `row` is the subscription or its opening."""
    tx.db.execute(
        insert(message_correlation),
        {
            "key": tx.key(), "message_key": message_key, "name": row.name, "correlation_key": correlation_key,
            "correlated_at": tx.now, "subscription_key": row.key, "process_id": instance.process_id,
            "definition_key": instance.definition_key, "process_instance_key": instance.key,
            "element_id": row.element_id,
            "element_instance_key": getattr(row, "task_key", None) or getattr(row, "element_instance_key", None),
        },
    )  # fmt: skip


def _start(tx: Transaction, row: Row[Any], what: str, correlation_key: str, values: dict[str, Any]) -> Instance | None:
    deployed = tx.services.definitions.process(tx.db, row.definition_key)
    start_message = (what, correlation_key) if row.kind == "message" else None
    if start_message is not None and correlation_key and _is_active(tx, row.process_id, start_message):
        return None
    return begin_by_event(tx, deployed, row.element_id, values, start_message)


def _is_active(tx: Transaction, process_id: str, start_message: tuple[str, str]) -> bool:
    p = process_instance.c
    query = select(p.key).where(
        p.process_id == process_id, p.ended_at.is_(None), p.start_message == start_message[0],
        p.start_correlation_key == start_message[1],
    )  # fmt: skip
    return tx.db.execute(query).first() is not None


def deliver_buffered(r: Running) -> None:
    """A subscription was opened: a message that came before and is still kept reaches it now."""
    opened: list[tuple[Instance, fx.SubscriptionOpened]] = r.tx.cache.get("opened", [])
    while opened:
        instance, effect = opened.pop(0)
        found = _buffered(r.tx, instance.process_id, effect)
        if found is None or instance.state != "ACTIVE":
            continue
        if not r.case(instance).waits_for(effect.task_key, effect.key):
            continue
        values = variables_in(orjson.loads(found.variables))
        r.tx.record(
            instance, "message-received", effect.element_id, effect.task_key, name=effect.name,
            correlationKey=effect.correlation_key, variables=to_json(values), message=str(found.key),
        )  # fmt: skip
        remember(r.tx, found.key, instance.process_id)
        _note(r.tx, found.key, effect, effect.correlation_key, instance)
        r.case(instance).trigger(effect.task_key, effect.key, values)
        r.settle(instance)


def lock_message(tx: Transaction, name: str, correlation_key: str) -> None:
    """Nobody else publishes this message, or begins to wait for it, until this transaction has ended: of a
    message and a subscription that are made at the same moment, one sees the other."""
    lock_name(tx.db, "message", name, correlation_key)


def lock_instances(tx: Transaction, rows: Sequence[Row[Any]]) -> None:
    """Lock what these subscriptions belong to in the order of the roots, as every command does, so that two
    broadcasts never wait for each other."""
    if tx.db.dialect.name != "postgresql":
        return
    p = process_instance.c
    keys = sorted({r.process_instance_key for r in rows if r.process_instance_key is not None})
    found: list[tuple[int, int]] = []
    for at in range(0, len(keys), LOCKED_AT_ONCE):
        query = select(p.root_key, p.key).where(p.key.in_(keys[at : at + LOCKED_AT_ONCE]))
        found += [(row.root_key, row.key) for row in tx.db.execute(query)]
    for _, key in sorted(found):
        tx.lock_instance(key)


def _buffered(tx: Transaction, process_id: str, effect: fx.SubscriptionOpened) -> Row[Any] | None:
    lock_message(tx, effect.name, effect.correlation_key)
    m, seen = message.c, message_correlated.c
    used = select(seen.message_key).where(seen.process_id == process_id)
    return tx.db.execute(
        select(message)
        .where(
            m.name == effect.name, m.correlation_key == effect.correlation_key, m.expires_at > tx.now,
            m.key.not_in(used),
        )
        .order_by(m.key)
        .limit(1)
    ).one_or_none()  # fmt: skip


def remember(tx: Transaction, message_key: int, process_id: str) -> None:
    """This message has reached this process."""
    tx.db.execute(insert(message_correlated), {"message_key": message_key, "process_id": process_id})


BEFORE_WRITE.append(deliver_buffered)
