"""What history says of a case at an earlier moment."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, func, select

from engine.store.sealing import read_bodies
from engine.store.tables import history_event

_h = history_event.c


def last_activation(db: Connection, instance_key: int, element_id: str) -> int | None:
    """The number of the event with which an element last began; None when it never did."""
    query = select(func.max(_h.sequence)).where(
        _h.process_instance_key == instance_key, _h.type == "element-activated", _h.element_id == element_id
    )
    found: int | None = db.execute(query).scalar()
    return found


def process_variables_at(db: Connection, instance_key: int, sequence: int) -> dict[str, Any]:
    """The variables of the process scope after the event with this number, as JSON values."""
    query = select(_h.body).where(
        _h.process_instance_key == instance_key, _h.type == "variable-set", _h.sequence <= sequence
    )
    found: dict[str, Any] = {}
    for said in read_bodies(db, db.execute(query.order_by(_h.sequence)).scalars()):
        data = said["data"]
        if data["scope"] == str(instance_key):
            found[data["name"]] = data["value"]
    return found
