"""Keep what a person has typed into a task's form, and throw it away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import delete, insert, select

from engine.commands.masking import kept_of, own_of
from engine.commands.registry import NO_INSTANCE, Target, handles
from engine.commands.signing import void_if_changed
from engine.commands.targets import task_target
from engine.commands.transaction import Transaction
from engine.errors import InvalidArgument, InvalidState, StaleRevision
from engine.feel import to_json
from engine.store.instances import Instance
from engine.store.tables import task_draft
from engine.store.tasks import Task

MAX_DRAFT = 512 * 1024  # bytes of JSON


class NewerDraft(StaleRevision):
    """There is another draft of this by now, saved from another page or machine, or by who helped with the task."""

    code = "newer-draft"
    th = "มีร่างอื่นที่บันทึกไว้หลังจากที่คุณเปิดหน้านี้"


@dataclass(frozen=True, slots=True)
class SaveDraft:
    """Keep these answers, unchecked, for the actor alone. With `over_any` false they replace only the draft that was
    saved at `based_on`; None: there is none yet."""

    task_key: int
    variables: Mapping[str, Any] = field(default_factory=dict)
    over_any: bool = True
    based_on: datetime | None = None


@dataclass(frozen=True, slots=True)
class DeleteDraft:
    """Throw the actor's draft away."""

    task_key: int


@handles(SaveDraft, permission="user-task:draft", event=NO_INSTANCE, target=task_target)
def save_draft(command: SaveDraft, target: Target, tx: Transaction) -> dict[str, Any]:
    """Replaces an earlier draft; what somebody signed is void when this differs from it.

    Raises InvalidState when the task is not open, NewerDraft when another was saved meanwhile, InvalidArgument when it
    is too large, AboveClearance.
    """
    task, instance = target.rows["task"], target.instance
    assert instance is not None
    if task.state != "CREATED":
        raise InvalidState(userTaskKey=str(command.task_key))
    if not command.over_any and _saved_at(tx, task.key, tx.actor.name) != command.based_on:
        raise NewerDraft(userTaskKey=str(task.key))
    own = keep_draft(tx, instance, task, tx.actor.name, command.variables)
    void_if_changed(tx, instance, task, own)
    return {"savedAt": tx.now.strftime("%Y-%m-%dT%H:%M:%S.%fZ")}


@handles(DeleteDraft, permission="user-task:draft", event=NO_INSTANCE, target=task_target)
def delete_draft(command: DeleteDraft, target: Target, tx: Transaction) -> None:
    """Nothing happens when there is none; what somebody signed is void without it."""
    assert target.instance is not None
    drop_draft(tx, command.task_key, tx.actor.name)
    void_if_changed(tx, target.instance, target.rows["task"], None)


def keep_draft(
    tx: Transaction, instance: Instance, task: Task, person: str, variables: Mapping[str, Any]
) -> dict[str, Any]:
    """In the place of an earlier one of this person; returns what is kept: nothing that is above who types it. Raises
    InvalidArgument when it is too large, AboveClearance."""
    own = own_of(variables, kept_of(tx, instance, variables))
    text = orjson.dumps(to_json(own)).decode()
    if len(text) > MAX_DRAFT:
        raise InvalidArgument(f"a draft has at most {MAX_DRAFT} bytes")
    _write(tx, task.key, person, text)
    return own


def copy_draft(tx: Transaction, task_key: int, of: str, to: str) -> None:
    """What one person typed is what another goes on with; nothing happens when there is nothing."""
    c = task_draft.c
    query = select(c.variables).where(c.task_key == task_key, c.person == of)
    text = tx.db.execute(query).scalar()
    if text is not None:
        _write(tx, task_key, to, text)


def drop_draft(tx: Transaction, task_key: int, person: str) -> None:
    """Throw the draft of a person away, if there is one."""
    c = task_draft.c
    tx.db.execute(delete(task_draft).where(c.task_key == task_key, c.person == person))


def _saved_at(tx: Transaction, task_key: int, person: str) -> datetime | None:
    c = task_draft.c
    found: datetime | None = tx.db.execute(
        select(c.saved_at).where(c.task_key == task_key, c.person == person)
    ).scalar()
    return found


def _write(tx: Transaction, task_key: int, person: str, text: str) -> None:
    drop_draft(tx, task_key, person)
    row = {"task_key": task_key, "person": person, "variables": text, "saved_at": tx.now}
    tx.db.execute(insert(task_draft), row)
