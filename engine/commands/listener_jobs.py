"""What a worker is told of a job beyond its row: its variables, and for the listener of a user task the task."""

from __future__ import annotations

from typing import Any

import orjson
from sqlalchemy import Connection, Row, select

from engine.commands.task_listeners import shown_task
from engine.model.jobs import TASK_LISTENER
from engine.store.scopes import visible_variables
from engine.store.tables import user_task


def facts_of_job(db: Connection, row: Row[Any]) -> dict[str, Any]:
    """`variables`, `customHeaders` and `userTask` of a job, as the API has them. The listener of a completion sees
    what was submitted, that of an update what is to be set; the headers say of the task what `userTask` says."""
    variables, headers = visible_variables(db, row.element_instance_key), dict(row.custom_headers or {})
    if row.kind != TASK_LISTENER:
        return {"variables": variables, "customHeaders": headers, "userTask": None}
    task = db.execute(select(user_task).where(user_task.c.key == row.element_instance_key)).one()
    shown = shown_task(task)
    variables |= (task.transition or {}).get("variables", {})
    for name, value in shown.items():
        if value is not None:
            headers[f"io.camunda.zeebe:{name}"] = value if isinstance(value, str) else orjson.dumps(value).decode()
    return {"variables": variables, "customHeaders": headers, "userTask": shown}
