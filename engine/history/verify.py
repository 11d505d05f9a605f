"""Verify the chain of an instance: every body, every column beside it, the head, no gap, no missing tail."""

from __future__ import annotations

from dataclasses import dataclass

import orjson
from sqlalchemy import Connection, String, select, type_coerce

from engine.model.chain import genesis, link
from engine.store.tables import history_event, process_instance


@dataclass(frozen=True, slots=True)
class Verification:
    """What verifying one chain found. `first_bad_sequence` is None when it is valid."""

    process_instance_key: int
    valid: bool
    events: int
    head: str
    first_bad_sequence: int | None


# the time as it is stored: one that is none must be found, not fall over
_COLUMNS = [type_coerce(c, String).label(c.name) if c.name == "at" else c for c in history_event.c]


def verify_instance(db: Connection, key: int) -> Verification | None:
    """Verify one instance's chain; None when there is no such instance."""
    row = db.execute(
        select(process_instance.c.history_sequence, process_instance.c.history_head).where(
            process_instance.c.key == key
        )
    ).one_or_none()
    if row is None:
        return None
    head, count = genesis(key), 0
    query = select(*_COLUMNS).where(history_event.c.process_instance_key == key).order_by(history_event.c.sequence)
    for event in db.execute(query).mappings():
        count += 1
        head = link(head, str(event["body"]))
        if event["sequence"] != count or event["hash"] != head or not _agrees(dict(event)):
            return Verification(key, False, count, head, min(count, event["sequence"]))
    if count != row.history_sequence or head != row.history_head:
        return Verification(key, False, count, head, count + 1)
    return Verification(key, True, count, head, None)


def _agrees(event: dict[str, object]) -> bool:
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
