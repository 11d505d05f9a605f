"""Hand over the open tasks of somebody who leaves: each is a command of its own, so that one refusal stops no other."""

from __future__ import annotations

from typing import Any

from api.runtime import Runtime
from engine.commands.hand_over_task import HandOverTask
from engine.errors import EngineError
from engine.model.actor import Actor
from engine.queries.tasks import open_tasks_of

MOST = 1_000  # at once


def hand_over(runtime: Runtime, actor: Actor, leaver: str, to: str | None, reason: str) -> dict[str, Any]:
    """How many tasks were handed over, which were refused and why, and whether there are more than MOST. Repeated, it
    goes on with what is left. Raises Forbidden for who hands over nothing at all."""
    with runtime.database.read() as db:
        keys = open_tasks_of(db, actor, leaver, MOST + 1)
    refused: list[dict[str, Any]] = []
    for key in keys[:MOST]:
        try:
            runtime.bus.run(HandOverTask(key, leaver, to, reason), actor)
        except EngineError as error:
            words = {"th": error.members.get("th", error.th), "en": error.members.get("en", error.en)}
            refused.append({"userTaskKey": str(key), "code": error.code, **words})
    return {"handedOver": len(keys[:MOST]) - len(refused), "refused": refused, "hasMore": len(keys) > MOST}
