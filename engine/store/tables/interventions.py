"""Interventions of operators that wait for a second person, or did."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, String, Table, Text

from engine.store.tables.base import Json, Moment, instance_column, key_column, metadata

intervention = Table(
    "intervention",
    metadata,
    key_column(),
    instance_column(nullable=False, index=True),
    Column("process_id", String(256), nullable=False),
    Column("kind", String(16), nullable=False),  # cancel | modify | migrate | changeTimer | resolve | waive | extend
    Column("request", Json, nullable=False),  # the command as data
    Column("element_id", String(256)),  # what it is about; null for the case itself
    Column("element_instance_key", BigInteger),
    Column("reason", Text, nullable=False),
    Column("state", String(16), nullable=False),  # PENDING APPROVED REJECTED WITHDRAWN
    Column("requested_by", String(256), nullable=False),
    Column("on_behalf_of", String(256)),  # in whose name it is asked for
    Column("requested_at", Moment, nullable=False),
    Column("decided_by", String(256)),
    Column("decided_at", Moment),
    Column("note", Text),
    Index("ix_intervention_state", "state", "process_id", "key"),
)
