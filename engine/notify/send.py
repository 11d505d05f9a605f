"""Write notifications, and the mails that follow them as jobs to be sent after the commit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from engine.notify.recipients import Recipient
from engine.store.tables import job, membership, notification, person

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
) -> None:
    """One row for each recipient, once; one mail for each person with an address, once."""
    told = list(dict.fromkeys(recipients))
    if not told:
        return
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
    mails = [_mail(new_key(), now, a, subject, notice.body) for a in _addresses(db, told)]
    if mails:
        db.execute(insert(job), mails)


def _addresses(db: Connection, recipients: Sequence[Recipient]) -> list[str]:
    groups = [r.name for r in recipients if r.kind == "group"]
    users = [r.name for r in recipients if r.kind == "user"]
    members = select(membership.c.username).where(membership.c.group_key.in_(groups))
    p = person.c
    query = (
        select(p.email)
        .where(p.email.is_not(None), p.active, p.username.in_(users) | p.username.in_(members))
        .order_by(p.email)
    )
    return list(dict.fromkeys(db.execute(query).scalars()))


def _mail(key: int, now: datetime, address: str, subject: str, body: str) -> dict[str, Any]:
    return {
        "key": key, "kind": "MAIL", "type": "mail", "state": "PENDING", "due_at": now, "retries": TRIES,
        "priority": 0, "payload": {"to": address, "subject": subject, "body": body}, "created_at": now,
    }  # fmt: skip
