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
    return told


def plain(text: str) -> Words:
    """What somebody wrote, in whatever language."""
    return Words(text, text)
