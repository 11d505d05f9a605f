"""Legal holds: cases that nobody may delete or erase, by whose order, and why."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, String, Table, Text, text

from engine.store.tables.base import Moment, instance_column, key_column, metadata

legal_hold = Table(
    "legal_hold",
    metadata,
    key_column(),
    instance_column(nullable=False, index=True),
    Column("root_key", BigInteger, nullable=False),  # a hold on one case holds all that it called and was called by
    Column("process_id", String(256), nullable=False),
    Column("reason", Text, nullable=False),
    Column("placed_by", String(256), nullable=False),
    Column("placed_at", Moment, nullable=False),
    Column("ended_by", String(256)),
    Column("ended_at", Moment),
    Column("end_reason", Text),
    Index(
        "ix_legal_hold_open",
        "root_key",
        sqlite_where=text("ended_at IS NULL"),
        postgresql_where=text("ended_at IS NULL"),
    ),
)
