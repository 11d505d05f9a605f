"""Calendar feeds: the address by which a calendar program reads a person's due dates."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, String, Table

from engine.store.tables.base import Moment, metadata

calendar_feed = Table(
    "calendar_feed",
    metadata,
    # one for each person: a new address takes the place of the old one
    Column("username", String(256), ForeignKey("person.username"), primary_key=True),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("made_at", Moment, nullable=False),
    Column("group_tasks", Boolean, nullable=False),  # tasks of the person's groups that nobody has taken, too
    Column("statutory", Boolean, nullable=False),  # and the statutory deadlines of cases that the person may see
)
