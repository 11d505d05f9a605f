"""The chain of the service's own events: sign-ins, accounts, tokens, deployments; what no case's history tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import orjson
from sqlalchemy import Connection, delete, insert, select

from engine.history.append import body_of
from engine.model.actor import Actor
from engine.model.audit import ServiceEvent
from engine.model.chain import SERVICE, genesis, link
from engine.model.event import Event
from engine.ports import KeySource
from engine.store.locks import lock_name
from engine.store.tables import service_event, setting

SETTING = "service-history"


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a chain: the number of its last event, and its head."""

    sequence: int
    hash: str


def service_head(db: Connection) -> Head:
    """Where the service's chain ends; before its first event that is GENESIS of SERVICE."""
    stored = db.execute(select(setting.c.value).where(setting.c.name == SETTING)).scalar_one_or_none()
    if stored is None:
        return Head(0, genesis(SERVICE))
    try:
        sequence, head = orjson.loads(stored)
    except (orjson.JSONDecodeError, TypeError, ValueError):
        return Head(-1, "")  # no chain ends there, so verifying says so
    return Head(sequence, head)


def append_service(
    db: Connection, keys: KeySource, actor: Actor, at: datetime, events: Sequence[ServiceEvent]
) -> None:
    """Write the events in their order, in the transaction of their command, and move the head on.

    Writers of this chain wait for each other here, at the end of their work, until they commit.
    """
    lock_name(db, SETTING)
    head, rows = service_head(db), []
    for event in events:
        key, by = keys.next(), event.by or actor.id
        told = Event(event.type, None, key, {"entityKey": event.entity_key, **event.data})
        body = body_of(head.sequence + 1, at, told, by, actor.on_behalf_of)
        head = Head(head.sequence + 1, link(head.hash, body))
        rows.append(
            {
                "sequence": head.sequence,
                "key": key,
                "at": at,
                "type": event.type,
                "actor": by,
                "on_behalf_of": actor.on_behalf_of,
                "entity_key": event.entity_key,
                "body": body,
                "hash": head.hash,
            }
        )
    db.execute(insert(service_event), rows)
    db.execute(delete(setting).where(setting.c.name == SETTING))
    db.execute(insert(setting), {"name": SETTING, "value": orjson.dumps([head.sequence, head.hash]).decode()})
