"""Write notifications, and the mails that follow them as jobs to be sent after the commit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from engine.model.access import NORMAL
from engine.model.masking import without
from engine.notify.recipients import Recipient
from engine.store.clearances import clearances
from engine.store.masks import masked_names, quoted_of
from engine.store.tables import job, membership, notification, person, process_instance

MAX_SUBJECT = 300  # characters
TRIES = 8  # of a mail, over about a day


@dataclass(frozen=True, slots=True)
class Notice:
    """What is told, about which case and task. `about` is reminder, escalation, or an element's id."""

    about: str
    subject: str
    body: str
    process_instance_key: int | None = None
    task_key: int | None = None


def send(
    db: Connection, new_key: Callable[[], int], now: datetime, recipients: Sequence[Recipient], notice: Notice
) -> list[Recipient]:
    """One row for each recipient, once; one mail for each person with an address, once. Returns whom.

    Of a classified case nobody is told who is not cleared for it, and a mail, which others may read on its way, says
    nothing but its number; nor does a mail quote a field that is classified.
    """
    level = _class_of(db, notice)
    told = _cleared(db, list(dict.fromkeys(recipients)), level)
    if not told:
        return []
    subject = " ".join(notice.subject.split())[:MAX_SUBJECT]
    rows = [
        {
            "key": new_key(), "recipient_kind": r.kind, "recipient": r.name,
            "process_instance_key": notice.process_instance_key, "task_key": notice.task_key,
            "about": notice.about, "subject": subject, "body": notice.body, "created_at": now, "read_at": None,
        }
        for r in told
    ]  # fmt: skip
    db.execute(insert(notification), rows)
    subject, body = _for_mail(db, notice, subject, level)
    mails = [_mail(new_key(), now, a, subject, body) for a in _addresses(db, told, level)]
    if mails:
        db.execute(insert(job), mails)
    return told


def _class_of(db: Connection, notice: Notice) -> int:
    p = process_instance.c
    found = db.execute(select(p.access_class).where(p.key == notice.process_instance_key)).scalar()
    return found or NORMAL


def _cleared(db: Connection, recipients: list[Recipient], level: int) -> list[Recipient]:
    """Of a group those who are cleared see the notification: it stays."""
    if level == NORMAL:
        return recipients
    known = clearances(db, (r.name for r in recipients if r.kind == "user"))
    return [r for r in recipients if r.kind == "group" or known.get(r.name, NORMAL) >= level]


def _for_mail(db: Connection, notice: Notice, subject: str, level: int) -> tuple[str, str]:
    key = notice.process_instance_key
    if key is None:
        return subject, notice.body
    if level > NORMAL:
        said = f"เรื่องที่มีชั้นความลับ เลขที่ {key} / Classified case {key}"
        return said, f"{said}\n\nกรุณาเข้าสู่ระบบเพื่ออ่านข้อความ\nPlease sign in to read the message."
    quoted = quoted_of(db, masked_names(db, [key], NORMAL)).get(key, frozenset())
    return without(subject, quoted), without(notice.body, quoted)


def _addresses(db: Connection, recipients: Sequence[Recipient], level: int) -> list[str]:
    groups = [r.name for r in recipients if r.kind == "group"]
    users = [r.name for r in recipients if r.kind == "user"]
    members = select(membership.c.username).where(membership.c.group_key.in_(groups))
    p = person.c
    query = (
        select(p.email)
        .where(p.email.is_not(None), p.active, p.clearance >= level, p.username.in_(users) | p.username.in_(members))
        .order_by(p.email)
    )
    return list(dict.fromkeys(db.execute(query).scalars()))


def _mail(key: int, now: datetime, address: str, subject: str, body: str) -> dict[str, Any]:
    return {
        "key": key, "kind": "MAIL", "type": "mail", "state": "PENDING", "due_at": now, "retries": TRIES,
        "priority": 0, "payload": {"to": address, "subject": subject, "body": body}, "created_at": now,
    }  # fmt: skip
