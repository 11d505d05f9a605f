"""A person's own saved views of the inbox."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from engine.model.actor import Actor
from engine.policy.permissions import Facts, require
from engine.store.tables import inbox_view


def inbox_views(db: Connection, actor: Actor) -> list[dict[str, Any]]:
    """{inboxViewKey, name, rev, view, filter, columns, grouping, sort} of each, in the order in which they were made.
    Raises Forbidden."""
    require(actor, "inbox-view:manage", Facts(person=actor.id))
    c = inbox_view.c
    rows = db.execute(select(c.key, c.name, c.rev, c.content).where(c.username == actor.id).order_by(c.key))
    return [{"inboxViewKey": str(key), "name": name, "rev": rev, **content} for key, name, rev, content in rows]
