"""Tell people from within a command, and have what leaves sent as soon as it is committed."""

from __future__ import annotations

from collections.abc import Sequence

from engine.commands.transaction import Transaction
from engine.model.manual import Words
from engine.notify.recipients import Recipient
from engine.notify.send import Notice, send


def tell(tx: Transaction, recipients: Sequence[Recipient], notice: Notice) -> list[Recipient]:
    """Returns whom it told."""
    told = send(tx.db, tx.key, tx.now, recipients, notice)
    if told:
        tx.wake_at(tx.now)
        announce(tx, told, notice.process_instance_key)
    return told


def announce(tx: Transaction, recipients: Sequence[Recipient], process_instance_key: int | None) -> None:
    """Have the bells of these people look again after the commit: of a case, of those who are cleared for it."""
    to = [[recipient.kind, recipient.name] for recipient in recipients]
    tx.announce("notification", {"to": to, "processInstanceKey": process_instance_key})


def plain(text: str) -> Words:
    """What somebody wrote, in whatever language."""
    return Words(text, text)
