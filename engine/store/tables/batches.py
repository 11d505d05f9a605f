"""What is done to many cases: batch operations, and each case that one is about."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, String, Table, Text

from engine.store.tables.base import Json, Moment, instance_column, key_column, metadata

batch_operation = Table(
    "batch_operation",
    metadata,
    key_column(),  # equals the key of its row in the table of jobs
    Column("type", String(48), nullable=False),
    # CREATED ACTIVE SUSPENDED COMPLETED PARTIALLY_COMPLETED CANCELED FAILED
    Column("state", String(24), nullable=False),
    Column("actor", String(256), nullable=False),  # who asked, and in whose name each item is done
    Column("actor_kind", String(16), nullable=False),  # person | client | system
    Column("on_behalf_of", String(256)),
    Column("filter", Json, nullable=False),  # as it was asked
    Column("plan", Json, nullable=False),  # what is done to each, besides the type
    Column("total", Integer, nullable=False),
    Column("completed", Integer, nullable=False),
    Column("failed", Integer, nullable=False),
    Column("errors", Json, nullable=False),  # [{type, message}]
    Column("created_at", Moment, nullable=False),
    Column("started_at", Moment),
    Column("ended_at", Moment),
)

batch_operation_item = Table(
    "batch_operation_item",
    metadata,
    key_column(),
    Column("batch_key", BigInteger, ForeignKey("batch_operation.key"), nullable=False),
    instance_column(nullable=False),
    # ACTIVE until it is done, in the transaction that does it: a second try finds it done
    Column("state", String(16), nullable=False),  # ACTIVE COMPLETED SKIPPED CANCELED FAILED
    Column("processed_at", Moment),
    Column("error_message", Text),
    Index("ix_batch_operation_item_state", "batch_key", "state", "key"),
    Index("uq_batch_operation_item", "process_instance_key", "batch_key", unique=True),
)
