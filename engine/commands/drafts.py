"""Keep what a person has typed into a task's form, and throw it away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson
from sqlalchemy import delete, insert

from engine.commands.masking import kept_of
from engine.commands.registry import NO_INSTANCE, Target, handles
from engine.commands.targets import task_target
from engine.commands.transaction import Transaction
from engine.errors import InvalidArgument, InvalidState
from engine.feel import to_json
from engine.store.tables import task_draft

MAX_DRAFT = 512 * 1024  # bytes of JSON


@dataclass(frozen=True, slots=True)
class SaveDraft:
    """Keep these answers, unchecked, for the actor alone."""

    task_key: int
    variables: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DeleteDraft:
    """Throw the actor's draft away."""

    task_key: int


@handles(SaveDraft, permission="user-task:draft", event=NO_INSTANCE, target=task_target)
def save_draft(command: SaveDraft, target: Target, tx: Transaction) -> dict[str, Any]:
    """Replaces an earlier draft. Raises InvalidState when the task is not open, InvalidArgument when
    the draft is too large, AboveClearance."""
    if target.rows["task"].state != "CREATED":
        raise InvalidState(userTaskKey=str(command.task_key))
    assert target.instance is not None
    kept = kept_of(tx, target.instance, command.variables, target.rows["task"].form_key)
    own = {name: value for name, value in command.variables.items() if name not in kept}
    text = orjson.dumps(to_json(own)).decode()
    if len(text) > MAX_DRAFT:
        raise InvalidArgument(f"a draft has at most {MAX_DRAFT} bytes")
    delete_draft(DeleteDraft(command.task_key), target, tx)
    row = {"task_key": command.task_key, "person": tx.actor.id, "variables": text, "saved_at": tx.now}
    tx.db.execute(insert(task_draft), row)
    return {"savedAt": tx.now.isoformat()}


@handles(DeleteDraft, permission="user-task:draft", event=NO_INSTANCE, target=task_target)
def delete_draft(command: DeleteDraft, target: Target, tx: Transaction) -> None:
    """Nothing happens when there is none."""
    c = task_draft.c
    tx.db.execute(delete(task_draft).where(c.task_key == command.task_key, c.person == tx.actor.id))
