"""Forge a history as somebody would who may write everything: hashes and head are made anew."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Connection, delete, insert, select, update

from engine.history.service import SETTING
from engine.model.chain import SERVICE, genesis, link
from engine.store.tables import history_event as h
from engine.store.tables import metadata, setting
from engine.store.tables import process_instance as pi
from engine.store.tables import service_event as s

Change = Callable[[list[dict[str, Any]]], None]


def rewrite(db: Connection, case: int, change: Change) -> None:
    """Change the events of a case, then make numbers, bodies, hashes and head anew, so that the chain verifies."""
    query = select(h).where(h.c.process_instance_key == case).order_by(h.c.sequence)
    events = [{**row, "said": orjson.loads(row["body"])} for row in db.execute(query).mappings()]
    change(events)
    db.execute(delete(h).where(h.c.process_instance_key == case))
    head = genesis(case)
    for number, event in enumerate(events, 1):
        said = event.pop("said") | {"sequence": number}
        body = orjson.dumps(said).decode()
        head = link(head, body)
        beside = {"actor": said["actor"], "type": said["type"], "element_id": said["elementId"]}
        row = {**event, **beside, "sequence": number, "body": body, "hash": head, "process_instance_key": case}
        db.execute(insert(h), row)
    db.execute(update(pi).where(pi.c.key == case).values(history_sequence=len(events), history_head=head))


def rewrite_service(db: Connection, change: Change) -> None:
    """As `rewrite`, of the service's own events."""
    events = [{**row, "said": orjson.loads(row["body"])} for row in db.execute(select(s).order_by(s.c.sequence)).mappings()]
    change(events)
    db.execute(delete(s))
    head = genesis(SERVICE)
    for number, event in enumerate(events, 1):
        said = event.pop("said") | {"sequence": number}
        body = orjson.dumps(said).decode()
        head = link(head, body)
        beside = {"actor": said["actor"], "type": said["type"], "at": datetime.fromisoformat(said["at"])}
        key = {"key": said["elementInstanceKey"], "entity_key": said["data"]["entityKey"]}
        db.execute(insert(s), {**event, **beside, **key, "sequence": number, "body": body, "hash": head})
    value = orjson.dumps([len(events), head]).decode()
    db.execute(update(setting).where(setting.c.name == SETTING).values(value=value))


def delete_case(db: Connection, key: int) -> None:
    """Everything of a case, with every right, and without a certificate."""
    for table in reversed(metadata.sorted_tables):
        if "process_instance_key" in table.c and table.name not in ("deleted_case", "checkpoint_head"):
            db.execute(delete(table).where(table.c.process_instance_key == key))
    db.execute(delete(pi).where(pi.c.key == key))
