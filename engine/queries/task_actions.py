"""What the diagram lets people do with a task besides completing it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection

from engine.model.actor import Actor
from engine.model.diagram import Process
from engine.queries.tasks import get_task


def get_task_actions(
    db: Connection, actor: Actor, diagram: Callable[[Connection, int], Process], key: int
) -> dict[str, Any]:
    """Where the case may be sent back to, whether who completes the task may take it back, and whether others sign it
    in any case. Raises NotFound."""
    task = get_task(db, actor, key)
    process = diagram(db, int(task["processDefinitionKey"]))
    node = process.nodes[task["elementId"]]
    targets = (process.nodes[element] for element in node.return_to)
    return {
        "returnTo": [
            {"elementId": n.id, "name": {"th": n.name or n.id, "en": n.name_en or n.name or n.id}} for n in targets
        ],
        "recall": node.recall,
        "coSign": node.co_sign is not None,
    }  # fmt: skip
