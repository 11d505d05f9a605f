"""Mark a notification as read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update

from engine.commands.registry import NO_INSTANCE, Target, handles
from engine.commands.telling import announce
from engine.commands.transaction import Transaction
from engine.errors import NotFound
from engine.model.access import NORMAL
from engine.model.actor import Actor
from engine.notify.recipients import Recipient
from engine.policy.permissions import Facts
from engine.store.tables import notification, process_instance


@dataclass(frozen=True, slots=True)
class ReadNotification:
    """One notification, to oneself or to a group of one's own."""

    key: int


def _target(command: ReadNotification, tx: Transaction) -> Target:
    """The person concerned is the actor. Raises NotFound, also for what was told to somebody else, or of a case above
    the actor's clearance: no list shows it either."""
    n, case = notification.c, process_instance.c
    of_case = notification.outerjoin(process_instance, case.key == n.process_instance_key)
    columns = (n.recipient_kind, n.recipient, n.process_instance_key, case.access_class)
    row = tx.db.execute(select(*columns).select_from(of_case).where(n.key == command.key)).one_or_none()
    if row is None or not _is_for(tx.actor, row) or (row.access_class or NORMAL) > tx.actor.clearance:
        raise NotFound(notificationKey=str(command.key))
    return Target(Facts(person=tx.actor.id), rows={"notification": row})


def _is_for(actor: Actor, row: Any) -> bool:
    return row.recipient in actor.groups if row.recipient_kind == "group" else row.recipient == actor.id


@handles(ReadNotification, permission="notification:read", event=NO_INSTANCE, target=_target)
def read_notification(command: ReadNotification, found: Target, tx: Transaction) -> None:
    """Reading again keeps the first moment. Raises NotFound."""
    unread = (notification.c.key == command.key, notification.c.read_at.is_(None))
    if tx.db.execute(update(notification).where(*unread).values(read_at=tx.now)).rowcount:
        row = found.rows["notification"]
        announce(tx, [Recipient(row.recipient_kind, row.recipient)], row.process_instance_key)
