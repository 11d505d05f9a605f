"""Append events to the chains of the instances that a command touched."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import insert

from engine.model.actor import Actor
from engine.model.chain import link
from engine.model.event import Event
from engine.store.batch import Batch
from engine.store.instances import Instance
from engine.store.prepared import Prepared
from engine.store.tables import history_event, moment_text

_INSERT = Prepared(insert(history_event))


def append(batch: Batch, actor: Actor, at: datetime, events: Sequence[tuple[Instance, Event]]) -> None:
    """Add the events to the batch in their order and move each instance's head and sequence on.

    The instances' rows are added afterwards by the caller, in the same transaction.
    """
    batch.add(_INSERT, [_row(instance, event, actor, at) for instance, event in events])


def _row(instance: Instance, event: Event, actor: Actor, at: datetime) -> dict[str, Any]:
    sequence = instance.history_sequence + 1
    body = body_of(sequence, at, event, actor.id, actor.on_behalf_of)
    head = link(instance.history_head, body)
    instance.history_sequence, instance.history_head = sequence, head
    return {
        "process_instance_key": instance.key,
        "sequence": sequence,
        "at": at,
        "type": event.type,
        "actor": actor.id,
        "on_behalf_of": actor.on_behalf_of,
        "element_id": event.element_id,
        "element_instance_key": event.element_instance_key,
        "body": body,
        "hash": head,
    }


def body_of(sequence: int, at: datetime, event: Event, actor: str, on_behalf_of: str | None) -> str:
    """The text that is stored and hashed: every column of the row again, and the data."""
    return orjson.dumps(
        {
            "sequence": sequence,
            "at": moment_text(at),
            "type": event.type,
            "actor": actor,
            "onBehalfOf": on_behalf_of,
            "elementId": event.element_id,
            "elementInstanceKey": event.element_instance_key,
            "data": event.data,
        }
    ).decode()
