"""Mark a notification as read."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select, update

from engine.commands.registry import NO_INSTANCE, Target, handles
from engine.commands.transaction import Transaction
from engine.errors import NotFound
from engine.policy.permissions import Facts
from engine.store.tables import notification


@dataclass(frozen=True, slots=True)
class ReadNotification:
    """One notification, to oneself or to a group of one's own."""

    key: int


def _target(command: ReadNotification, tx: Transaction) -> Target:
    """The person concerned is the actor when the notification went to the actor or to one of the actor's groups."""
    query = select(notification.c.recipient_kind, notification.c.recipient).where(notification.c.key == command.key)
    row = tx.db.execute(query).one_or_none()
    if row is None:
        raise NotFound(notificationKey=str(command.key))
    if row.recipient_kind == "group":
        return Target(Facts(person=tx.actor.id if row.recipient in tx.actor.groups else None))
    return Target(Facts(person=row.recipient))


@handles(ReadNotification, permission="notification:read", event=NO_INSTANCE, target=_target)
def read_notification(command: ReadNotification, _found: Target, tx: Transaction) -> None:
    """Reading again keeps the first moment. Raises NotFound."""
    unread = (notification.c.key == command.key, notification.c.read_at.is_(None))
    tx.db.execute(update(notification).where(*unread).values(read_at=tx.now))
