"""Write notifications for the inbox's bell, and what of them is to leave: sent after the commit."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, exists, insert, select

from engine.model.access import NORMAL
from engine.model.manual import Words
from engine.model.telling import PENDING
from engine.notify.recipients import Recipient
from engine.notify.ways import to_persons, to_programs
from engine.store.clearances import clearances
from engine.store.tables import delivery, notification, process_instance, webhook

MAX_SUBJECT = 300  # characters


@dataclass(frozen=True, slots=True)
class Notice:
    """What is told, about which case and task. `topic` is one of model/telling.py; `about` is reminder, escalation, or
    an element's id. `event` names what caused it: the same event tells the same recipient once, and one without a
    name is another each time. Where there is no English, the Thai stands for it."""

    topic: str
    about: str
    subject: Words
    body: Words
    process_instance_key: int | None = None
    task_key: int | None = None
    event: str | None = None


def send(
    db: Connection, new_key: Callable[[], int], now: datetime, recipients: Sequence[Recipient], notice: Notice,
    but: Collection[str] = (),
) -> list[Recipient]:  # fmt: skip
    """One notification for each recipient, and what of it leaves (ways.py): to persons, members of groups too, each
    once per event and channel, and to webhooks. Returns whom it told; who was told of this event before is not told
    again.

    Of a classified case nobody is told who is not cleared for it; nor are those named in `but`, whose doing it is.
    """
    level, some_webhook = _circumstances(db, notice)
    wanted = dict.fromkeys(r for r in recipients if r.kind == "group" or r.name not in but)
    told = _new(db, _cleared(db, list(wanted), level), notice)
    if not told:
        return []
    event, subject, body = notice.event or str(new_key()), notice.subject, notice.body
    rows = [
        {
            "key": new_key(), "event": event, "topic": notice.topic, "recipient_kind": r.kind, "recipient": r.name,
            "process_instance_key": notice.process_instance_key, "task_key": notice.task_key, "about": notice.about,
            "subject": one_line(subject.th or subject.en), "subject_en": one_line(subject.en or subject.th),
            "body": body.th or body.en, "body_en": body.en or body.th, "created_at": now, "read_at": None,
        }
        for r in told
    ]  # fmt: skip
    db.execute(insert(notification), rows)
    ways = to_persons(db, rows, level, notice.event, now, but)
    if some_webhook:
        ways += to_programs(db, rows)
    if ways:
        db.execute(insert(delivery), [_delivery(new_key(), now, *way) for way in ways])
    return told


def one_line(subject: str) -> str:
    """Of a subject of any text: no line breaks, and not too long."""
    return " ".join(subject.split())[:MAX_SUBJECT]


def _circumstances(db: Connection, notice: Notice) -> tuple[int, bool]:
    """The class of the case, and whether any webhook is switched on: in one statement, as this is asked for each task.
    """
    p = process_instance.c
    level = select(p.access_class).where(p.key == notice.process_instance_key).scalar_subquery()
    row = db.execute(select(level.label("level"), exists().where(webhook.c.active).label("some"))).one()
    return row.level or NORMAL, bool(row.some)


def _cleared(db: Connection, recipients: list[Recipient], level: int) -> list[Recipient]:
    """Of a group those who are cleared see the notification: it stays."""
    if level == NORMAL:
        return recipients
    known = clearances(db, (r.name for r in recipients if r.kind == "user"))
    return [r for r in recipients if r.kind == "group" or known.get(r.name, NORMAL) >= level]


def _new(db: Connection, recipients: list[Recipient], notice: Notice) -> list[Recipient]:
    if notice.event is None or not recipients:
        return recipients
    n = notification.c
    rows = db.execute(select(n.recipient_kind, n.recipient).where(n.event == notice.event))
    known = {Recipient(row.recipient_kind, row.recipient) for row in rows}
    return [r for r in recipients if r not in known]


def _delivery(key: int, now: datetime, row: Mapping[str, Any], username: str, channel: str) -> dict[str, Any]:
    return {
        "key": key, "notification_key": row["key"], "process_instance_key": row["process_instance_key"],
        "username": username, "channel": channel, "state": PENDING, "due_at": now, "created_at": now,
    }  # fmt: skip
