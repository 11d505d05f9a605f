"""Revoke one's calendar feed: from the commit on, its address opens nothing."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete

from engine.commands.make_calendar_feed import feed_target
from engine.commands.registry import OfService, Target, handles
from engine.commands.transaction import Transaction
from engine.errors import NotFound
from engine.store.tables import calendar_feed


@dataclass(frozen=True, slots=True)
class RevokeCalendarFeed:
    """Of `username`."""

    username: str


_EVENT = OfService("calendar-feed-revoked", lambda command, _: command.username)


@handles(RevokeCalendarFeed, permission="calendar-feed:manage", event=_EVENT, target=feed_target)
def revoke_feed(command: RevokeCalendarFeed, _target: Target, tx: Transaction) -> None:
    """Raises NotFound when there is none."""
    mine = calendar_feed.c.username == command.username
    if not tx.db.execute(delete(calendar_feed).where(mine)).rowcount:
        raise NotFound(username=command.username)
