"""The form of a task as it was sent: the version that the task was given, with the data of that moment."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from engine.model.actor import Actor
from engine.model.masking import Cover
from engine.queries import elements
from engine.queries.evidence import require_contents
from engine.queries.masking import covers
from engine.queries.tasks import get_task, get_task_form
from engine.store.sealing import read_bodies
from engine.store.tables import history_event

# what people sent of a task; where its listeners are asked first, that stands in the request
_SENT = ("user-task-completed", "user-task-completion-requested")


def get_filled_form(db: Connection, actor: Actor, key: int) -> dict[str, Any] | None:
    """{form, variables}: what the task saw when it was completed, and over it what was sent; None while it is not, or
    was not by anybody. Raises NotFound, and Forbidden for who may not see what the case holds."""
    task = get_task(db, actor, key)
    case = int(task["processInstanceKey"])
    require_contents(db, actor, case)
    sent = _sent(db, case, key) if task["state"] == "COMPLETED" else None
    if sent is None:
        return None
    sequence, submitted = sent
    masked = covers(db, actor, [case], past=True).get(case, Cover())
    variables = masked(_seen(db, case, key, sequence) | submitted)
    return {"form": get_task_form(db, actor, key), "variables": variables}


def _sent(db: Connection, case: int, key: int) -> tuple[int, dict[str, Any]] | None:
    """The event with which the task was sent for the last time, and what was."""
    c = history_event.c
    of_task = (c.process_instance_key == case, c.element_instance_key == key, c.type.in_(_SENT))
    rows = db.execute(select(c.sequence, c.body).where(*of_task).order_by(c.sequence)).all()
    sent = [
        (row.sequence, said["data"]["variables"])
        for row, said in zip(rows, read_bodies(db, (row.body for row in rows)), strict=True)
        if isinstance(said["data"].get("variables"), dict)
    ]
    return sent[-1] if sent else None


def _seen(db: Connection, case: int, key: int, sequence: int) -> dict[str, Any]:
    """The variables that the task saw right before; of each name the innermost."""
    scopes = [str(scope) for scope in elements.scopes_of(db, key)]
    c = history_event.c
    until = (c.process_instance_key == case, c.sequence <= sequence, c.type == "variable-set")
    values: dict[str, dict[str, Any]] = {scope: {} for scope in scopes}
    for said in read_bodies(db, db.execute(select(c.body).where(*until).order_by(c.sequence)).scalars()):
        data = said["data"]
        if str(data["scope"]) in values:
            values[str(data["scope"])][data["name"]] = data["value"]
    return {name: value for scope in reversed(scopes) for name, value in values[scope].items()}
