"""Write notifications for the inbox's bell, and what of them is to leave: sent after the commit."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, exists, insert, select

from engine.model.access import NORMAL
from engine.model.manual import Words
from engine.model.telling import PENDING
from engine.notify.recipients import Recipient
from engine.notify.ways import to_persons, to_programs
from engine.store.batch import Batch
from engine.store.clearances import clearances
from engine.store.prepared import Prepared
from engine.store.tables import delivery, notification, process_instance, webhook

MAX_SUBJECT = 300  # characters
_C, _N = process_instance.c, notification.c
_LEVEL = select(_C.access_class).where(_C.key == bindparam("b_case", type_=_C.key.type)).scalar_subquery()
_CIRCUMSTANCES = Prepared(select(_LEVEL, exists().where(webhook.c.active)))
_TOLD = Prepared(select(_N.recipient_kind, _N.recipient).where(_N.event == bindparam("b_event")))
_TELL, _DELIVER = Prepared(insert(notification)), Prepared(insert(delivery))


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
    earlier = _told_before(db, notice.event)
    told = [r for r in _cleared(db, list(wanted), level) if r not in earlier]
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
    ways = to_persons(db, rows, level, notice.event if earlier else None, now, but)
    if some_webhook:
        ways += to_programs(db, rows)
    batch = Batch()
    batch.add(_TELL, rows)
    batch.add(_DELIVER, [_delivery(new_key(), now, *way) for way in ways])
    batch.run(db)
    return told


def one_line(subject: str) -> str:
    """Of a subject of any text: no line breaks, and not too long."""
    return " ".join(subject.split())[:MAX_SUBJECT]


def _circumstances(db: Connection, notice: Notice) -> tuple[int, bool]:
    """The class of the case, and whether any webhook is switched on: in one statement, as this is asked for each task.
    """
    ((level, some),) = _CIRCUMSTANCES.rows(db, {"b_case": notice.process_instance_key})
    return level or NORMAL, bool(some)


def _cleared(db: Connection, recipients: list[Recipient], level: int) -> list[Recipient]:
    """Of a group those who are cleared see the notification: it stays."""
    if level == NORMAL:
        return recipients
    known = clearances(db, (r.name for r in recipients if r.kind == "user"))
    return [r for r in recipients if r.kind == "group" or known.get(r.name, NORMAL) >= level]


def _told_before(db: Connection, event: str | None) -> set[Recipient]:
    return set() if event is None else {Recipient(*row) for row in _TOLD.rows(db, {"b_event": event})}


def _delivery(key: int, now: datetime, row: Mapping[str, Any], username: str, channel: str) -> dict[str, Any]:
    return {
        "key": key, "notification_key": row["key"], "process_instance_key": row["process_instance_key"],
        "username": username, "channel": channel, "state": PENDING, "due_at": now, "created_at": now,
    }  # fmt: skip
