"""What has come of the events that must all come to start a process (BPMN 2.0.2, sections 10.5.2 and 13.5.1).

Messages belong together by their correlation key. Signals, timers and conditions have none: each is kept
once and serves every key that lacks nothing but it. A second one of a kind that is kept already, before
the rest has come, is not taken, as by an event that catches.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, bindparam, delete, insert, select, update

from engine.commands.definitions import DeployedProcess
from engine.commands.transaction import Transaction
from engine.commands.values import variables_in
from engine.feel import to_json
from engine.model.diagram import Process
from engine.store.locks import lock_name
from engine.store.tables import start_arrival

if TYPE_CHECKING:
    from engine.commands.starting import Occurrence

_a = start_arrival.c


def lock_start(tx: Transaction, process_id: str) -> None:
    """Of two events that start the same instance, or an event and a deployment, one sees what the other did."""
    lock_name(tx.db, "start", process_id)


def keep(tx: Transaction, deployed: DeployedProcess, element_id: str, part: int, came: Occurrence) -> bool:
    """Keep one part of a parallel multiple start event; False when it is kept already.

    The caller holds the lock of the process's start.
    """
    known = select(_a.key).where(
        _a.process_id == deployed.process_id, _a.element_id == element_id, _a.part == part,
        _a.correlation_key == came.correlation_key,
    )  # fmt: skip
    if tx.db.execute(known).first() is not None:
        return False
    tx.db.execute(
        insert(start_arrival),
        {
            "key": tx.key(), "process_id": deployed.process_id, "definition_key": deployed.key,
            "element_id": element_id, "part": part, "correlation_key": came.correlation_key, "kind": came.kind,
            "name": came.name, "variables": to_json(dict(came.variables or {})), "arrived_at": tx.now,
            "message_key": came.message_key, "subscription_key": came.subscription_key,
        },
    )  # fmt: skip
    return True


def complete(
    tx: Transaction, deployed: DeployedProcess, element_id: str, part: int, correlation_key: str
) -> Iterator[list[Row[Any]]]:
    """The sets that are complete now that this part has come, each in the order of arrival; they are forgotten."""
    event = deployed.definition.process.nodes[element_id].event
    assert event is not None
    query = select(start_arrival).where(_a.process_id == deployed.process_id, _a.element_id == element_id)
    if event.parts[part].kind == "message":  # no other key can be complete by it
        query = query.where(_a.correlation_key.in_([correlation_key, ""]))
    rows = tx.db.execute(query.order_by(_a.key)).all()
    shared = [r for r in rows if event.parts[r.part].kind != "message"]
    by_key: dict[str, list[Row[Any]]] = {}
    for row in rows:
        if event.parts[row.part].kind == "message":
            by_key.setdefault(row.correlation_key, []).append(row)
    sets = [[*shared, *own] for own in by_key.values()] if by_key else [shared]
    found = [sorted(s, key=lambda r: (r.arrived_at, r.key)) for s in sets if len(s) == len(event.parts)]
    used = [{"b_key": key} for key in sorted({row.key for whole in found for row in whole})]
    if used:
        tx.db.execute(delete(start_arrival).where(_a.key == bindparam("b_key")), used)
    yield from found


def variables_of(row: Row[Any]) -> dict[str, Any]:
    """What one arrival brought, as FEEL values."""
    return variables_in(row.variables)


def carry_over(tx: Transaction, process: Process, definition_key: int) -> None:
    """A new version is armed: what has come counts for it if the start event has stayed the same, else it is
    forgotten, as nothing waits for it any more."""
    lock_start(tx, process.id)
    mine = _a.process_id == process.id
    known = select(_a.definition_key, _a.element_id).where(mine, _a.definition_key != definition_key).distinct()
    for old_key, element_id in tx.db.execute(known).all():
        old = tx.services.definitions.process(tx.db, old_key).definition.process.nodes[element_id]
        new = process.nodes.get(element_id)
        these = mine & (_a.definition_key == old_key) & (_a.element_id == element_id)
        if new is not None and (new.type, new.scope, new.event) == (old.type, old.scope, old.event):
            tx.db.execute(update(start_arrival).where(these).values(definition_key=definition_key))
        else:
            tx.db.execute(delete(start_arrival).where(these))


def forget(tx: Transaction, process_id: str) -> None:
    """No version of the process starts any more."""
    tx.db.execute(delete(start_arrival).where(_a.process_id == process_id))
