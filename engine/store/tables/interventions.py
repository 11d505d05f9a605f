"""Interventions of operators that wait for a second person, or did."""

from __future__ import annotations

from sqlalchemy import Column, Index, String, Table, Text

from engine.store.tables.base import Json, Moment, instance_column, key_column, metadata

intervention = Table(
    "intervention",
    metadata,
    key_column(),
    instance_column(nullable=False, index=True),
    Column("process_id", String(256), nullable=False),
    Column("kind", String(16), nullable=False),  # cancel | modify | migrate | changeTimer | resolve
    Column("request", Json, nullable=False),  # the command as data
    Column("reason", Text, nullable=False),
    Column("state", String(16), nullable=False),  # PENDING APPROVED REJECTED WITHDRAWN
    Column("requested_by", String(256), nullable=False),
    Column("requested_at", Moment, nullable=False),
    Column("decided_by", String(256)),
    Column("decided_at", Moment),
    Column("note", Text),
    Index("ix_intervention_state", "state", "process_id", "key"),
)
