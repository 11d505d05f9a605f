"""A person's own saved searches."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from engine.model.actor import Actor
from engine.policy.permissions import Facts, require
from engine.store.tables import saved_search


def saved_searches(db: Connection, actor: Actor) -> list[dict[str, Any]]:
    """{savedSearchKey, name, conditions} of each, by name. Raises Forbidden."""
    require(actor, "saved-search:manage", Facts(person=actor.id))
    c = saved_search.c
    rows = db.execute(select(c.key, c.name, c.conditions).where(c.username == actor.id).order_by(c.name))
    return [{"savedSearchKey": str(key), "name": name, "conditions": said} for key, name, said in rows]
