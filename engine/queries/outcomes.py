"""What has become of something that listeners were asked about."""

from __future__ import annotations

from sqlalchemy import Connection, select

from engine.model.actor import Actor
from engine.model.jobs import TASK_LISTENER
from engine.store.tables import job, process_instance, user_task


def outcome_of(db: Connection, _actor: Actor, task_key: int, operation: str) -> tuple[str, str | None] | None:
    """DONE, DENIED with the listener's reason, or CANCELED with its task; None while it is not decided.

    For the one who asked for the operation: whoever knows its key was allowed to.
    """
    query = select(user_task.c.state, user_task.c.transition).where(user_task.c.key == task_key)
    task = db.execute(query).one()
    asked = task.transition
    if asked is not None and asked["operation"] == operation:
        return None
    c = job.c
    denials = select(c.denied_reason, c.payload).where(
        c.element_instance_key == task_key, c.kind == TASK_LISTENER, c.denied
    )
    for row in db.execute(denials):
        if row.payload.get("operation") == operation:
            return "DENIED", row.denied_reason
    return ("CANCELED" if task.state in ("CANCELING", "CANCELED") else "DONE"), None


def case_is_over(db: Connection, _actor: Actor, key: int) -> bool:
    """Whether a case has ended."""
    ended = select(process_instance.c.ended_at).where(process_instance.c.key == key)
    return db.execute(ended).scalar() is not None
