"""Write a comment on a case, or on a task of it; whom it mentions is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select

from engine.commands.registry import Target, handles
from engine.commands.targets import instance_target
from engine.commands.telling import plain, tell
from engine.commands.transaction import Transaction
from engine.errors import InvalidArgument
from engine.model.manual import Words
from engine.notify.recipients import Recipient
from engine.notify.send import Notice
from engine.store.instances import Instance
from engine.store.readers import reads_case
from engine.store.tables import comment, person, user_task

MAX_TEXT = 10_000  # characters
MAX_MENTIONS = 20


class MentionedCannotRead(InvalidArgument):
    """Somebody who is mentioned may not read the case, or is not there."""

    code = "mentioned-cannot-read"
    th = "ผู้ที่กล่าวถึงบางคนไม่มีสิทธิอ่านเรื่องนี้ จึงแจ้งให้ทราบไม่ได้"


@dataclass(frozen=True, slots=True)
class WriteComment:
    """The text stays as it is: a comment is never changed. `mentions` are user names."""

    process_instance_key: int
    text: str
    task_key: int | None = None
    mentions: tuple[str, ...] = ()

    def told(self) -> dict[str, Any]:
        """The text, and whom it mentions."""
        mentions = {"mentions": list(self.mentions)} if self.mentions else {}
        return {"text": self.text, "task": str(self.task_key) if self.task_key else None, **mentions}


@handles(WriteComment, permission="comment:write", event="comment-written", target=instance_target)
def write_comment(command: WriteComment, target: Target, tx: Transaction) -> dict[str, Any]:
    """Raises InvalidArgument for an empty or overlong text, a task of another case, or too many people;
    MentionedCannotRead."""
    instance, mentions = target.instance, tuple(dict.fromkeys(command.mentions))
    assert instance is not None
    if not command.text.strip() or len(command.text) > MAX_TEXT:
        raise InvalidArgument(f"a comment has 1 to {MAX_TEXT} characters")
    if len(mentions) > MAX_MENTIONS:
        raise InvalidArgument(f"a comment mentions at most {MAX_MENTIONS} people")
    task = _task(tx, command)
    _check_readers(tx, instance, mentions)
    key = tx.key()
    tx.db.execute(
        insert(comment),
        {
            "key": key, "process_instance_key": instance.key, "task_key": command.task_key,
            "author": tx.actor.name, "written_at": tx.now, "text": command.text, "mentions": list(mentions),
        },
    )  # fmt: skip
    if mentions:
        _tell(tx, instance, task, command, mentions)
    tx.announce("process-instance", {"processInstanceKey": str(instance.key)})
    return {"commentKey": str(key)}


def _task(tx: Transaction, command: WriteComment) -> Any:
    if command.task_key is None:
        return None
    c = user_task.c
    query = select(c.process_instance_key, c.name, c.name_en, c.element_id).where(c.key == command.task_key)
    row = tx.db.execute(query).one_or_none()
    if row is None or row.process_instance_key != command.process_instance_key:
        raise InvalidArgument("the task does not belong to this case")
    return row


def _check_readers(tx: Transaction, instance: Instance, mentions: Sequence[str]) -> None:
    if not mentions:
        return
    query = select(person.c.username).where(person.c.username.in_(mentions), reads_case(instance.key))
    if beyond := set(mentions) - set(tx.db.execute(query).scalars()):
        raise MentionedCannotRead(people=sorted(beyond))


def _tell(tx: Transaction, instance: Instance, task: Any, command: WriteComment, mentions: Sequence[str]) -> None:
    th, en = "มีผู้กล่าวถึงคุณในความเห็น", "A comment mentions you"
    if task is not None:
        name = task.name or task.element_id
        th, en = f"{th}: {name}", f"{en}: {task.name_en or name}"
    about = "comment" if task is None else task.element_id
    notice = Notice("mention", about, Words(th, en), plain(command.text), instance.key, command.task_key)
    tell(tx, [Recipient("user", name) for name in mentions], notice)
