"""Append events to the chains of the instances that a command touched."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

import orjson
from sqlalchemy import Connection

from engine.history.sealing import OfOffice, People, Sealing
from engine.model.actor import Actor
from engine.model.chain import link
from engine.model.event import Event
from engine.model.sealed import FORMAT
from engine.store.batch import Batch
from engine.store.instances import Instance
from engine.store.many import ManyInserts
from engine.store.tables import history_event, moment_text

_INSERT = ManyInserts(history_event)


class Chained(Protocol):
    """What has a history: an instance, loaded or not."""

    key: int
    history_sequence: int
    history_head: str


def append(
    batch: Batch, db: Connection, sealing: Sealing, actor: Actor, at: datetime, events: Sequence[tuple[Instance, Event]]
) -> None:
    """Add the events to the batch in their order and move each instance's head and sequence on.

    The instances' rows are added afterwards by the caller, in the same transaction.
    """
    sealing.gather(events)
    who = _who(sealing.people, actor)
    _INSERT.add(batch, db, [_row(case, event, sealing.data(case, event.data), who, at) for case, event in events])
    sealing.flush(batch)


def append_many(
    batch: Batch, db: Connection, office: OfOffice, actor: Actor, at: datetime, events: Sequence[tuple[Chained, Event]]
) -> None:
    """As `append`, for what the office says in the histories of thousands of cases."""
    who = _who(office.people, actor)
    rows = [_row(chain, event, office.data(event.data), who, at) for chain, event in events]
    _INSERT.add(batch, db, rows)


def _who(people: People, actor: Actor) -> tuple[str, str | None]:
    return people.name(actor.id), None if actor.on_behalf_of is None else people.name(actor.on_behalf_of)


def _row(
    instance: Chained, event: Event, data: dict[str, Any], who: tuple[str, str | None], at: datetime
) -> dict[str, Any]:
    sequence = instance.history_sequence + 1
    body = body_of(sequence, at, event, *who, data)
    head = link(instance.history_head, body)
    instance.history_sequence, instance.history_head = sequence, head
    return {
        "process_instance_key": instance.key,
        "sequence": sequence,
        "at": at,
        "type": event.type,
        "actor": who[0],
        "on_behalf_of": who[1],
        "element_id": event.element_id,
        "element_instance_key": event.element_instance_key,
        "body": body,
        "hash": head,
    }


def body_of(
    sequence: int, at: datetime, event: Event, actor: str, on_behalf_of: str | None, data: dict[str, Any]
) -> str:
    """The text that is stored and hashed: every column of the row again, and the data, with people and personal data
    as model/sealed.py says."""
    return orjson.dumps(
        {
            "sequence": sequence,
            "format": FORMAT,
            "at": moment_text(at),
            "type": event.type,
            "actor": actor,
            "onBehalfOf": on_behalf_of,
            "elementId": event.element_id,
            "elementInstanceKey": event.element_instance_key,
            "data": data,
        }
    ).decode()
