"""Which cases have been kept as long as they must be: what retention would be carried out on. Nothing is changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from engine.commands.definitions import Definitions
from engine.commands.retained import Due, Periods, due_pages
from engine.model.actor import Actor
from engine.policy.permissions import Facts, require
from engine.store.holds import held
from engine.store.tables import process_instance

AT_ONCE = 200  # cases that are looked at together
_P = process_instance.c


def preview_retention(
    db: Connection,
    actor: Actor,
    definitions: Definitions,
    zone: str,
    default: str,
    now: datetime,
    after: int,
    limit: int,
) -> tuple[list[dict[str, Any]], int | None]:
    """Up to `limit` cases that were called by none and whose time is over, in the order of their keys, beginning after
    the key `after`: {processInstanceKey, processDefinitionId, cases, events, endDate, keptUntil, held}; and the key to
    go on after, None at the end. `cases` and `events` count what it called, too; `default` is the period of processes
    that name none. What is above the actor's clearance, or calls what is, is left out.

    That their histories verify is only found out when it is carried out. Raises Forbidden.
    """
    require(actor, "retention:read", Facts())
    found: list[dict[str, Any]] = []
    for due, is_held in _seen(db, actor, Periods(db, definitions, now, zone, default), after):
        if len(found) == limit:
            return found, int(found[-1]["processInstanceKey"])
        found.append(_told(due, is_held))
    return found, None


def _seen(db: Connection, actor: Actor, periods: Periods, after: int) -> Iterator[tuple[Due, bool]]:
    for _, page in due_pages(db, periods, AT_ONCE, after):
        roots = [due.root for due in page]
        highest = select(_P.root_key, func.max(_P.access_class)).where(_P.root_key.in_(roots)).group_by(_P.root_key)
        classes = {row[0]: row[1] for row in db.execute(highest)}
        kept = held(db, roots)
        for due in page:
            if actor.is_system or classes[due.root] <= actor.clearance:
                yield due, due.root in kept


def _told(due: Due, is_held: bool) -> dict[str, Any]:
    return {
        "processInstanceKey": str(due.root), "processDefinitionId": due.process_id, "cases": len(due.cases),
        "events": sum(events for _, events, _ in due.cases), "endDate": due.ended_at, "keptUntil": due.until,
        "held": is_held,
    }  # fmt: skip
