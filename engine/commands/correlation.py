"""Bring messages and signals to the instances and definitions that wait for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from sqlalchemy import Row, insert, select

from engine.commands.running import BEFORE_WRITE, Running, running
from engine.commands.start_arrivals import lock_start
from engine.commands.starting import Occurrence, begin, note_correlation, starts_with_others
from engine.commands.transaction import Transaction
from engine.commands.values import variables_in
from engine.execution import effects as fx
from engine.feel import to_json
from engine.store.instances import Instance
from engine.store.locks import lock_name
from engine.store.tables import message, message_correlated, process_instance, subscription
from engine.store.tables.waiting import NO_KEY

LOCKED_AT_ONCE = 10_000  # keys in one statement


def waiting_for(tx: Transaction, kind: str, name: str, correlation_key: str | None) -> list[Row[Any]]:
    """The subscriptions of a message (with its key) or a signal; those of definitions too. Oldest first.

    What an instance waits for behind the parallel gateway that began it does not begin another (13.2).
    """
    rows = _subscribed(tx, kind, name, correlation_key)
    shared = {r.process_id for r in rows if r.definition_key is not None and _with_others(tx, r)}
    for process_id in sorted(shared):
        lock_start(tx, process_id)
    if not shared:
        return rows
    rows = _subscribed(tx, kind, name, correlation_key)
    waiting = {(r.process_id, r.element_id) for r in rows if r.definition_key is None}
    return [
        r
        for r in rows
        if r.definition_key is None or (r.process_id, r.element_id) not in waiting or not _with_others(tx, r)
    ]


def _subscribed(tx: Transaction, kind: str, name: str, correlation_key: str | None) -> list[Row[Any]]:
    c = subscription.c
    query = select(subscription).where(c.kind == kind, c.name == name).order_by(c.key)
    if correlation_key is not None:  # cases that wait for another may be many
        query = query.where(c.correlation_key.in_((correlation_key, NO_KEY)))
    rows = tx.db.execute(query).all()
    return [
        r
        for r in rows
        if correlation_key is None or r.definition_key is not None or r.correlation_key == correlation_key
    ]


def _with_others(tx: Transaction, row: Row[Any]) -> bool:
    deployed = tx.services.definitions.process(tx.db, row.definition_key)
    return starts_with_others(deployed, row.element_id, row.part)


def one_per_process(rows: Sequence[Row[Any]]) -> list[Row[Any]]:
    """One message reaches one instance of each process; an instance that waits goes before a new one."""
    chosen: dict[str, Row[Any]] = {}
    for row in sorted(rows, key=lambda r: (r.definition_key is not None, r.key)):
        chosen.setdefault(row.process_id, row)
    return sorted(chosen.values(), key=lambda r: r.process_instance_key or 0)


def deliver(
    tx: Transaction, row: Row[Any], what: str, correlation_key: str, variables: Mapping[str, Any],
    message_key: int | None = None,
) -> list[Instance] | None:  # fmt: skip
    """Trigger the waiting element, or start instances: those that were reached, none of them if the start
    waits for other events, too. None when it was not taken: nothing waits any more, or an instance with
    this key is active already. `message_key` is None for signals."""
    values = variables_in(variables)
    if row.definition_key is not None:
        deployed = tx.services.definitions.process(tx.db, row.definition_key)
        came = Occurrence(row.kind, what, values, correlation_key, message_key, row.key)
        return begin(tx, deployed, row.element_id, row.part, came)
    instance = tx.lock_instance(row.process_instance_key)
    r = running(tx)
    if instance.state != "ACTIVE" or not r.case(instance).waits_for(row.element_instance_key, row.key):
        return None
    tx.record(
        instance, f"{row.kind}-received", row.element_id, row.element_instance_key, name=what,
        correlationKey=correlation_key, variables=to_json(values),
    )  # fmt: skip
    if message_key is not None:
        note_correlation(
            tx, message_key, row.name, correlation_key, row.key, instance, row.element_id, row.element_instance_key
        )
    r.case(instance).trigger(row.element_instance_key, row.key, values)
    r.settle(instance)
    return [instance]


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
        note_correlation(
            r.tx, found.key, effect.name, effect.correlation_key, effect.key, instance, effect.element_id,
            effect.task_key,
        )  # fmt: skip
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
    used = select(seen.message_key).where(seen.message_key == m.key, seen.process_id == process_id).exists()
    return tx.db.execute(
        select(message)
        .where(
            m.name == effect.name, m.correlation_key == effect.correlation_key, m.expires_at > tx.now,
            ~used,
        )
        .order_by(m.key)
        .limit(1)
    ).one_or_none()  # fmt: skip


def remember(tx: Transaction, message_key: int, process_id: str) -> None:
    """This message has reached this process."""
    tx.db.execute(insert(message_correlated), {"message_key": message_key, "process_id": process_id})


BEFORE_WRITE.append(deliver_buffered)
