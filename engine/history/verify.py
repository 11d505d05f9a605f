"""Verify the chain of an instance, or of the service: every body, every column beside it, the head, no gap, no
missing tail."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Connection, Select, String, Table, select, type_coerce

from engine.history.service import Head, service_head
from engine.model.chain import SERVICE, genesis, link
from engine.store.archives import archived
from engine.store.tables import history_event, process_instance, service_event

Agrees = Callable[[dict[str, Any]], bool]


@dataclass(frozen=True, slots=True)
class Verification:
    """What verifying one chain found. `first_bad_sequence` is None when it is valid."""

    process_instance_key: int
    valid: bool
    events: int
    head: str
    first_bad_sequence: int | None
    archive: int | None = None  # where the beginning is, which was not looked at: `events` counts it


def _as_stored(table: Table) -> list[ColumnElement[Any]]:
    """The time as it is stored: one that is none must be found, not fall over."""
    return [type_coerce(c, String).label(c.name) if c.name == "at" else c for c in table.c]


OF_CASES, OF_SERVICE = _as_stored(history_event), _as_stored(service_event)


def verify_instance(db: Connection, key: int) -> Verification | None:
    """Verify one instance's chain; None when there is no such instance."""
    row = db.execute(
        select(process_instance.c.history_sequence, process_instance.c.history_head).where(
            process_instance.c.key == key
        )
    ).one_or_none()
    if row is None:
        return None
    query = select(*OF_CASES).where(history_event.c.process_instance_key == key).order_by(history_event.c.sequence)
    filed, end = archived(db, key), Head(row.history_sequence, row.history_head)
    if filed is None:
        return _follow(db, key, query, end, agrees)
    return replace(_follow(db, key, query, end, agrees, Head(filed.events, filed.head)), archive=filed.archive)


def verify_service(db: Connection) -> Verification:
    """Verify the chain of the service's own events, as if it were instance SERVICE."""
    query = select(*OF_SERVICE).order_by(service_event.c.sequence)
    return _follow(db, SERVICE, query, service_head(db), service_agrees)


def _follow(
    db: Connection, key: int, query: Select[Any], end: Head, fits: Agrees, start: Head | None = None
) -> Verification:
    head, count = (genesis(key), 0) if start is None else (start.hash, start.sequence)
    for event in db.execute(query).mappings():
        count += 1
        head = link(head, str(event["body"]))
        if event["sequence"] != count or event["hash"] != head or not fits(dict(event)):
            return Verification(key, False, count, head, min(count, event["sequence"]))
    if count != end.sequence or head != end.hash:
        return Verification(key, False, count, head, count + 1)
    return Verification(key, True, count, head, None)


def service_agrees(event: dict[str, Any]) -> bool:
    """As agrees; which thing the event is about stands in its data."""
    return agrees({**event, "element_id": None, "element_instance_key": event["key"]}) and (
        orjson.loads(event["body"])["data"].get("entityKey") == event["entity_key"]
    )


def agrees(event: dict[str, Any]) -> bool:
    """Whether the columns that lists are made from say what the hashed body says."""
    try:
        body = orjson.loads(str(event["body"]))
    except orjson.JSONDecodeError:
        return False
    return (
        isinstance(body, dict)
        and body.get("sequence") == event["sequence"]
        and body.get("at") == event["at"]
        and body.get("type") == event["type"]
        and body.get("actor") == event["actor"]
        and body.get("onBehalfOf") == event["on_behalf_of"]
        and body.get("elementId") == event["element_id"]
        and body.get("elementInstanceKey") == event["element_instance_key"]
    )
