"""Write notifications for the inbox's bell, and what of them is to leave by mail: sent after the commit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from engine.model.access import NORMAL
from engine.model.manual import Words
from engine.model.telling import MAIL, PENDING
from engine.notify.recipients import Recipient
from engine.store.clearances import clearances
from engine.store.tables import delivery, membership, notification, person, process_instance

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
    db: Connection, new_key: Callable[[], int], now: datetime, recipients: Sequence[Recipient], notice: Notice
) -> list[Recipient]:
    """One notification for each recipient, and one delivery for each person among them who has an address: members of
    groups too, each once per event. Returns whom it told; who was told of this event before is not told again.

    Of a classified case nobody is told who is not cleared for it.
    """
    level = _class_of(db, notice)
    told = _new(db, _cleared(db, list(dict.fromkeys(recipients)), level), notice)
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
    mails = [_delivery(new_key(), now, row, username) for username, row in _with_address(db, rows, level, notice.event)]
    if mails:
        db.execute(insert(delivery), mails)
    return told


def one_line(subject: str) -> str:
    """Of a subject of any text: no line breaks, and not too long."""
    return " ".join(subject.split())[:MAX_SUBJECT]


def _class_of(db: Connection, notice: Notice) -> int:
    if notice.process_instance_key is None:
        return NORMAL
    p = process_instance.c
    found = db.execute(select(p.access_class).where(p.key == notice.process_instance_key)).scalar()
    return found or NORMAL


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


def _with_address(
    db: Connection, rows: Sequence[dict[str, Any]], level: int, event: str | None
) -> list[tuple[str, dict[str, Any]]]:
    """Each person who is told of the event for the first time, with the notification that tells it."""
    by_name = {(row["recipient_kind"], row["recipient"]): row for row in reversed(rows)}
    groups = [name for kind, name in by_name if kind == "group"]
    users = [name for kind, name in by_name if kind == "user"]
    p, m = person.c, membership.c
    fits = (p.email.is_not(None), p.active, p.clearance >= level)
    found: list[Row[Any]] = []
    if users:
        found += db.execute(select(p.username).where(p.username.in_(users), *fits).order_by(p.username))
    if groups:
        members = select(p.username, m.group_key).join_from(person, membership).where(m.group_key.in_(groups), *fits)
        found += db.execute(members.order_by(p.username, m.group_key))
    told: dict[str, dict[str, Any]] = {}
    for row in found:
        group = getattr(row, "group_key", None)
        told.setdefault(row.username, by_name["user", row.username] if group is None else by_name["group", group])
    earlier = _told_before(db, event) if event is not None else set()
    return [(username, row) for username, row in told.items() if username not in earlier]


def _told_before(db: Connection, event: str) -> set[str]:
    d, n = delivery.c, notification.c
    query = select(d.username).join_from(delivery, notification).where(n.event == event, d.channel == MAIL)
    return set(db.execute(query).scalars())


def _delivery(key: int, now: datetime, row: dict[str, Any], username: str) -> dict[str, Any]:
    return {
        "key": key, "notification_key": row["key"], "process_instance_key": row["process_instance_key"],
        "username": username, "channel": MAIL, "state": PENDING, "due_at": now, "created_at": now,
    }  # fmt: skip
