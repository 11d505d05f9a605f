"""What is to be done: by workers, or by the engine itself when it is due."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, String, Table, Text, text

from engine.store.tables.base import Json, Moment, instance_column, key_column, metadata

job = Table(
    "job",
    metadata,
    key_column(),
    # for workers: BPMN_ELEMENT | EXECUTION_LISTENER | TASK_LISTENER; due by themselves: TIMER | REMINDER | ...
    Column("kind", String(24), nullable=False),
    Column("listener_event", String(24), nullable=False, server_default="UNSPECIFIED"),
    Column("type", String(256), nullable=False),
    # PENDING: due_at decides. LOCKED: taken until locked_until. SUSPENDED: held with its instance. The rest is the end.
    Column("state", String(24), nullable=False),
    Column("due_at", Moment),
    Column("handed_at", Moment),  # when it was given to the queue of the cluster, which does it (adapters/queue.py)
    Column("locked_until", Moment),
    Column("worker", String(256)),
    Column("retries", Integer, nullable=False, server_default="3"),
    Column("priority", Integer, nullable=False, server_default="0"),
    instance_column(index=True),
    Column("element_instance_key", BigInteger, index=True),
    Column("element_id", String(256)),
    Column("process_id", String(256)),
    Column("definition_key", BigInteger),
    Column("payload", Json, nullable=False),
    Column("custom_headers", Json),
    Column("error_code", String(256)),
    Column("error_message", Text),
    Column("denied", Boolean),  # of a task listener that is done: whether it said no
    Column("denied_reason", Text),
    Column("created_at", Moment, nullable=False),
    Column("updated_at", Moment),
    Column("ended_at", Moment),
    Index(
        "ix_job_due",
        "kind",
        "due_at",
        sqlite_where=text("state = 'PENDING'"),
        postgresql_where=text("state = 'PENDING'"),
    ),
    # what the engine does itself among what is made for workers (engine/commands/run_builtin_job.py)
    Index(
        "ix_job_built_in",
        "due_at",
        "key",
        sqlite_where=text("state = 'PENDING' AND substr(type, 1, 8) = 'krabuan:'"),
        postgresql_where=text("state = 'PENDING' AND substr(type, 1, 8) = 'krabuan:'"),
    ),
    # what workers may take of a type, the most urgent first
    Index(
        "ix_job_open",
        "type",
        text("priority DESC"),
        "key",
        sqlite_where=text("state IN ('PENDING', 'LOCKED')"),
        postgresql_where=text("state IN ('PENDING', 'LOCKED')"),
    ),
)
