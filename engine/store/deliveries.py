"""What is on its way: by kind of channel."""

from __future__ import annotations

from sqlalchemy import ColumnElement

from engine.store.tables import delivery


def of_kind(kind: str) -> ColumnElement[bool]:
    """The deliveries of a kind of channel: of `mail`, or of `webhook` with any key."""
    channel = delivery.c.channel
    return (channel == kind) | channel.startswith(f"{kind}:")
