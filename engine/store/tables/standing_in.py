"""Who stands in for whom, and until when."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, String, Table

from engine.store.tables.base import Moment, key_column, metadata

substitution = Table(
    "substitution",
    metadata,
    key_column(),
    Column("absent", String(256), ForeignKey("person.username"), nullable=False),
    Column("substitute", String(256), ForeignKey("person.username"), nullable=False),
    Column("scope", String(16), nullable=False),  # all | group | process
    Column("scope_name", String(256), nullable=False, server_default=""),  # of the group or process
    Column("starts_at", Moment, nullable=False),
    Column("ends_at", Moment, nullable=False),  # brought forward by who ends it before its time
    Column("entered_by", String(256), nullable=False),
    Column("entered_at", Moment, nullable=False),
    Column("ended_by", String(256)),
    CheckConstraint("absent <> substitute", name="ck_substitution_another"),  # nobody stands in for oneself
    Index("ix_substitution_absent", "absent", "ends_at"),
    Index("ix_substitution_substitute", "substitute", "ends_at"),
    Index("ix_substitution_ends", "ends_at"),  # those that are not over, among all there ever were
)
