"""What a person keeps for himself or herself."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from engine.model.actor import Actor
from engine.policy.permissions import Facts, require
from engine.store.tables import own_settings, seen_tours


def get_own_settings(db: Connection, actor: Actor) -> dict[str, Any]:
    """How the application looks to the actor on every machine (null, and `rev` 0, while nothing was chosen), and which
    tours were seen. Raises Forbidden."""
    require(actor, "own-settings:manage", Facts(person=actor.id))
    row = db.execute(select(own_settings).where(own_settings.c.username == actor.id)).one_or_none()
    tours = db.execute(select(seen_tours.c.tours).where(seen_tours.c.username == actor.id)).scalar()
    display = None
    if row is not None:
        display = {"language": row.language, "theme": row.theme, "textSize": row.text_size, "still": row.still}
    return {"display": display, "tours": tours or [], "rev": 0 if row is None else row.rev}
