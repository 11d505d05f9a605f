"""Tell people from within a command, and have what leaves sent as soon as it is committed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from engine.calendar.thai import thai_date_time
from engine.commands.transaction import Transaction
from engine.model.manual import Words
from engine.notify.recipients import Recipient
from engine.notify.send import Notice, send
from engine.store.instances import Instance


def tell(
    tx: Transaction, recipients: Sequence[Recipient], notice: Notice, but: Collection[str] = ()
) -> list[Recipient]:
    """Returns whom it told: not those whose own doing it is, and not those named in `but`."""
    told = send(tx.db, tx.key, tx.now, recipients, notice, {*but, *tx.actor.hands})
    if told:
        tx.wake_at(tx.now)
        announce(tx, told, notice.process_instance_key)
    return told


def announce(tx: Transaction, recipients: Sequence[Recipient], process_instance_key: int | None) -> None:
    """Have the bells of these people look again after the commit: of a case, of those who are cleared for it."""
    to = [[recipient.kind, recipient.name] for recipient in recipients]
    tx.announce("notification", {"to": to, "processInstanceKey": process_instance_key})


def tell_assignee(tx: Transaction, instance: Instance, task: Any, person: str, but: Collection[str] = ()) -> None:
    """A task (a row of user_task or a Task, as it is now or just was) is this person's now, by another's doing."""
    th, en = task.name or task.element_id, task.name_en or task.name or task.element_id
    subject = Words(f"มีงานที่มอบหมายให้คุณ: {th}", f"A task was assigned to you: {en}")
    event = f"task-{task.key}-{task.rev}"
    body = about_task(task, tx.services.zone)
    notice = Notice("task-assigned", "task-assigned", subject, body, instance.key, task.key, event)
    tell(tx, [Recipient("user", person)], notice, but)


def about_task(task: Any, zone: str) -> Words:
    """What its process is called, and when it is due."""
    name = (task.process_name or "", task.process_name_en or task.process_name or "")
    if task.due_at is None:
        return Words(*name)
    due = task.due_at.astimezone(ZoneInfo(zone))
    th, en = f"กำหนดเสร็จ {thai_date_time(due)}\n{name[0]}", f"Due {due:%Y-%m-%d %H:%M}\n{name[1]}"
    return Words(th.rstrip(), en.rstrip())


def plain(text: str) -> Words:
    """What somebody wrote, in whatever language."""
    return Words(text, text)
