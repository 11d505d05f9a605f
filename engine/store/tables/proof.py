"""What is proved: history, control points, deadlines; and what is said about a case."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint, text

from engine.store.tables.append_only import guard
from engine.store.tables.base import KEY, Json, Moment, instance_column, key_column, metadata
from engine.store.tables.months import partitioned

history_event = Table(
    "history_event",
    metadata,
    # append-only; two writers of one instance cannot both write the same number
    instance_column(primary_key=True),
    Column("sequence", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("type", String(64), nullable=False),
    Column("actor", String(256), nullable=False),
    Column("on_behalf_of", String(256)),
    Column("element_id", String(256)),
    Column("element_instance_key", BigInteger),
    Column("body", Text, nullable=False),  # the bytes that the chain hashes
    Column("hash", String(64), nullable=False),
    Index("ix_history_event_type", "process_instance_key", "type"),
    Index("ix_history_event_at", "at", "type"),  # the audit log, by time
    postgresql_partition_by="RANGE (process_instance_key)",  # by the month in which a case began: months.py
)

service_event = Table(
    "service_event",
    metadata,
    # append-only, one chain for the whole service; its head stands in `setting`
    Column("sequence", KEY, primary_key=True, autoincrement=False),
    Column("key", BigInteger, nullable=False, unique=True),
    Column("at", Moment, nullable=False),
    Column("type", String(64), nullable=False),
    Column("actor", String(256), nullable=False),
    Column("on_behalf_of", String(256)),
    Column("entity_key", String(256), nullable=False),
    Column("body", Text, nullable=False),  # the bytes that the chain hashes
    Column("hash", String(64), nullable=False),
    Index("ix_service_event_at", "at", "type"),
)

checkpoint = Table(
    "checkpoint",
    metadata,
    # 1, 2, 3 ...: of two nodes that make the same number at once, one is refused
    key_column(),
    Column("made_at", Moment, nullable=False),
    Column("instances", Integer, nullable=False),
    Column("events", Integer, nullable=False),
    Column("root", String(64), nullable=False),
    Column("previous", String(64), nullable=False),
    Column("body", Text, nullable=False),  # the bytes that are signed; they say all of the above again
    Column("signature", Text, nullable=False),
)

checkpoint_head = Table(
    "checkpoint_head",
    metadata,
    # how far a checkpoint covers the history of an instance, or of the service, which is none
    Column("process_instance_key", BigInteger, primary_key=True, autoincrement=False),
    Column("sequence", Integer, primary_key=True),
    Column("head", String(64), nullable=False),
    Column("checkpoint_key", KEY, ForeignKey("checkpoint.key"), nullable=False, index=True),
)

for _table in (history_event, service_event, checkpoint, checkpoint_head):
    guard(_table)
partitioned(history_event)

control_point_result = Table(
    "control_point_result",
    metadata,
    key_column(),
    instance_column(nullable=False, index=True),
    Column("process_id", String(256), nullable=False),
    Column("task_key", BigInteger, nullable=False),
    Column("element_id", String(256), nullable=False),
    Column("control_point_id", String(256), nullable=False),
    Column("state", String(8), nullable=False),  # PASSED FAILED WAIVED
    Column("detail", Json),
    Column("recorded_at", Moment, nullable=False),
    Column("recorded_by", String(256), nullable=False),
    UniqueConstraint("task_key", "control_point_id", name="uq_control_point_result"),
    Index("ix_control_point_result_state", "state", "recorded_at", "key"),  # those that failed, the latest first
)

deadline = Table(
    "deadline",
    metadata,
    key_column(),
    instance_column(nullable=False, index=True),
    Column("process_id", String(256), nullable=False),
    Column("deadline_id", String(256), nullable=False),
    Column("scope_key", BigInteger, nullable=False),
    Column("kind", String(16), nullable=False),  # statutory | internal
    Column("state", String(16), nullable=False),  # RUNNING KEPT MISSED LATE OUT_OF_TERM CANCELLED
    Column("started_at", Moment, nullable=False),  # the moment the clock counts from
    Column("due_at", Moment, nullable=False),
    Column("late_until", Moment),
    Column("stopped_at", Moment),
    Column("stopped_by_element", String(256)),
    Column("warnings", Json, nullable=False),  # [{at, to, about}]
    Column("late_reasons", Text),
    Column("owner_unit", String(256)),  # of the process
    Column("definition_key", BigInteger),  # the version that says what it is
    Column("extended_until", Moment),  # to when somebody extended it; due_at counts it in
    UniqueConstraint("scope_key", "deadline_id", name="uq_deadline"),
    Index("ix_deadline_state", "state", "due_at"),
    Index("ix_deadline_due", "due_at"),
    # those that a change of the calendar may move, in the order in which it goes through them
    Index(
        "ix_deadline_running",
        "process_instance_key",
        sqlite_where=text("stopped_at IS NULL"),
        postgresql_where=text("stopped_at IS NULL"),
    ),
)

comment = Table(
    "comment",
    metadata,
    key_column(),
    instance_column(nullable=False, index=True),
    Column("task_key", BigInteger),
    Column("author", String(256), nullable=False),
    Column("written_at", Moment, nullable=False),
    Column("text", Text, nullable=False),
    Column("mentions", Json, nullable=False, server_default="[]"),  # user names, in the order of mentioning
    # those in which words are looked for one by one (grams.py)
    Index(
        "ix_comment_long",
        "process_instance_key",
        sqlite_where=text("length(text) > 10000"),
        postgresql_where=text("length(text) > 10000"),
    ),
)

idempotency_key = Table(
    "idempotency_key",
    metadata,
    Column("actor", String(256), primary_key=True),
    Column("key", String(256), primary_key=True),
    Column("request_hash", String(64), nullable=False),
    Column("answer", Text, nullable=False),
    Column("made_at", Moment, nullable=False),
)
