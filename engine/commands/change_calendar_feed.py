"""Choose what one's calendar feed holds; its address stays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import update

from engine.commands.make_calendar_feed import choices, feed_target
from engine.commands.registry import OfService, Target, handles
from engine.commands.transaction import Transaction
from engine.errors import NotFound
from engine.store.tables import calendar_feed


@dataclass(frozen=True, slots=True)
class ChangeCalendarFeed:
    """As MakeCalendarFeed."""

    username: str
    group_tasks: bool
    statutory: bool

    def told(self) -> dict[str, Any]:
        """What the audit log says of it."""
        return choices(self)


_EVENT = OfService("calendar-feed-changed", lambda command, _: command.username)


@handles(ChangeCalendarFeed, permission="calendar-feed:manage", event=_EVENT, target=feed_target)
def change_feed(command: ChangeCalendarFeed, _target: Target, tx: Transaction) -> None:
    """Raises NotFound when there is none."""
    mine = update(calendar_feed).where(calendar_feed.c.username == command.username)
    if not tx.db.execute(mine.values(group_tasks=command.group_tasks, statutory=command.statutory)).rowcount:
        raise NotFound(username=command.username)
