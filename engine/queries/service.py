"""Questions about the service itself."""

from __future__ import annotations

from sqlalchemy import Connection, text

from engine.model.actor import Actor
from engine.policy.permissions import Facts, require


def check_database(db: Connection) -> None:
    """Returns when the database answers; raises what it answers instead."""
    db.execute(text("SELECT 1"))


def require_topology(_db: Connection, actor: Actor) -> None:
    """Raises Forbidden or Unauthorized unless the actor may know what the service consists of."""
    require(actor, "topology:read", Facts())
