"""The chain of the service's own events: sign-ins, accounts, tokens, deployments; what no case's history tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import orjson
from sqlalchemy import Connection, delete, insert, select

from engine.history.append import body_of
from engine.history.sealing import People
from engine.model.actor import Actor
from engine.model.audit import OF_THE_SERVICE, ServiceEvent
from engine.model.chain import SERVICE, genesis, link
from engine.model.event import Event
from engine.model.sealed import escaped
from engine.ports import KeySource
from engine.store.locks import lock_name
from engine.store.tables import service_event, setting

SETTING = "service-history"
_OF_ACCOUNTS = ("USER", "CLIENT", "AUTHORIZATION")


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
    db: Connection, keys: KeySource, people: People, actor: Actor, at: datetime, events: Sequence[ServiceEvent]
) -> None:
    """Write the events in their order, in the transaction of their command, and move the head on.

    Writers of this chain wait for each other here, at the end of their work, until they commit.
    """
    lock_name(db, SETTING)
    head, rows = service_head(db), []
    behalf = None if actor.on_behalf_of is None else people.name(actor.on_behalf_of)
    for event in events:
        key, by, entity = keys.next(), people.name(event.by or actor.id), _entity(people, event)
        data = {"entityKey": entity, **people.data(event.data)}
        body = body_of(head.sequence + 1, at, Event(event.type, None, key), by, behalf, data)
        head = Head(head.sequence + 1, link(head.hash, body))
        rows.append(
            {
                "sequence": head.sequence,
                "key": key,
                "at": at,
                "type": event.type,
                "actor": by,
                "on_behalf_of": behalf,
                "entity_key": entity,
                "body": body,
                "hash": head.hash,
            }
        )
    db.execute(insert(service_event), rows)
    db.execute(delete(setting).where(setting.c.name == SETTING))
    db.execute(insert(setting), {"name": SETTING, "value": orjson.dumps([head.sequence, head.hash]).decode()})


def _entity(people: People, event: ServiceEvent) -> str:
    """Which thing: an account by its pseudonym. The key of a case may look like the name of one."""
    meaning = OF_THE_SERVICE.get(event.type)
    if meaning is not None and meaning.entity in _OF_ACCOUNTS:
        return people.name(event.entity_key)
    return escaped(event.entity_key)
