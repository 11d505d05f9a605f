"""Write a comment on a case, or on a task of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select

from engine.commands.registry import Target, handles
from engine.commands.targets import instance_target
from engine.commands.transaction import Transaction
from engine.errors import InvalidArgument
from engine.store.tables import comment, user_task

MAX_TEXT = 10_000  # characters


@dataclass(frozen=True, slots=True)
class WriteComment:
    """The text stays as it is: a comment is never changed."""

    process_instance_key: int
    text: str
    task_key: int | None = None

    def told(self) -> dict[str, Any]:
        """The text."""
        return {"text": self.text, "task": str(self.task_key) if self.task_key else None}


@handles(WriteComment, permission="comment:write", event="comment-written", target=instance_target)
def write_comment(command: WriteComment, target: Target, tx: Transaction) -> dict[str, Any]:
    """Raises InvalidArgument for an empty or overlong text, or a task of another case."""
    if not command.text.strip() or len(command.text) > MAX_TEXT:
        raise InvalidArgument(f"a comment has 1 to {MAX_TEXT} characters")
    if command.task_key is not None:
        c = user_task.c
        of = tx.db.execute(select(c.process_instance_key).where(c.key == command.task_key)).scalar()
        if of != command.process_instance_key:
            raise InvalidArgument("the task does not belong to this case")
    key = tx.key()
    tx.db.execute(
        insert(comment),
        {
            "key": key, "process_instance_key": command.process_instance_key, "task_key": command.task_key,
            "author": tx.actor.name, "written_at": tx.now, "text": command.text,
        },
    )  # fmt: skip
    tx.announce("process-instance", {"processInstanceKey": str(command.process_instance_key)})
    return {"commentKey": str(key)}
