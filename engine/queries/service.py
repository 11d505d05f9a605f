"""Questions about the service itself."""

from __future__ import annotations

from sqlalchemy import Connection, text

from engine.model.actor import Actor
from engine.policy.permissions import Facts, require
from engine.store.migrations import revisions


def check_database(db: Connection) -> None:
    """Returns when the database answers; raises what it answers instead."""
    db.execute(text("SELECT 1"))


def require_topology(_db: Connection, actor: Actor) -> None:
    """Raises Forbidden or Unauthorized unless the actor may know what the service consists of."""
    require(actor, "topology:read", Facts())


def schema_is_behind(db: Connection) -> bool:
    """Whether this release needs a newer schema than there is. A newer one than its own has what it needs: it is that
    of a release which is about to take over."""
    present, needed = revisions(db)
    return present is None or present < needed


def require_metrics(_db: Connection, actor: Actor) -> None:
    """Raises Forbidden or Unauthorized unless the actor may read the measures of the service."""
    require(actor, "metrics:read", Facts())
