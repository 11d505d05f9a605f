"""Make the address of one's calendar feed: a secret, shown once and stored as its SHA-256."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, select

from engine.commands.registry import NO_INSTANCE, Target, handles
from engine.commands.sign_in import token_hash
from engine.commands.transaction import Transaction
from engine.policy.permissions import Facts
from engine.store.tables import calendar_feed, person


@dataclass(frozen=True, slots=True)
class MakeCalendarFeed:
    """Of `username`; with the free tasks of the person's groups, with the statutory deadlines of the cases that the
    person may see."""

    username: str
    group_tasks: bool = True
    statutory: bool = True


def feed_target(command: Any, _tx: Transaction) -> Target:
    """Whose feed it is, for each of its commands."""
    return Target(Facts(person=command.username))


@handles(MakeCalendarFeed, permission="calendar-feed:manage", event=NO_INSTANCE, target=feed_target)
def make_feed(command: MakeCalendarFeed, _target: Target, tx: Transaction) -> dict[str, Any]:
    """Answer {token}. One that there was opens nothing from the commit on. The audit log says which of both it was."""
    # two requests at once would both find none
    tx.db.execute(select(person.c.username).where(person.c.username == command.username).with_for_update())
    known = tx.db.execute(delete(calendar_feed).where(calendar_feed.c.username == command.username)).rowcount
    token = secrets.token_urlsafe(32)
    row = {
        "username": command.username,
        "token_hash": token_hash(token),
        "made_at": tx.now,
        "group_tasks": command.group_tasks,
        "statutory": command.statutory,
    }
    tx.db.execute(insert(calendar_feed), row)
    tx.record_service("calendar-feed-replaced" if known else "calendar-feed-made", command.username, **choices(command))
    return {"token": token}


def choices(command: Any) -> dict[str, bool]:
    """What the feed holds, as the audit log tells it."""
    return {"groupTasks": command.group_tasks, "statutory": command.statutory}
