"""What is a person's own in the inbox: marks of tasks (read, put off), and saved views."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, String, Table, UniqueConstraint, text

from engine.store.tables.base import Json, Moment, instance_column, key_column, metadata

task_mark = Table(
    "task_mark",
    metadata,
    Column("username", String(256), primary_key=True),  # the account that looks, a substitute too
    Column("task_key", BigInteger, ForeignKey("user_task.key"), primary_key=True),
    instance_column(nullable=False, index=True),
    Column("read_at", Moment),  # none: not read, or marked as not read
    Column(
        "snoozed_until", Moment
    ),  # put off; a moment that is over says nothing
    # what a person has put off, however much was read
    Index(
        "ix_task_mark_snoozed",
        "username",
        "snoozed_until",
        sqlite_where=text("snoozed_until IS NOT NULL"),
        postgresql_where=text("snoozed_until IS NOT NULL"),
    ),
)

inbox_view = Table(
    "inbox_view",
    metadata,
    key_column(),
    Column("username", String(256), ForeignKey("person.username"), nullable=False),
    Column("name", String(100), nullable=False),
    Column("content", Json, nullable=False),  # {view, filter, columns, grouping, sort}
    Column("rev", Integer, nullable=False),
    # a name tells the views of a person apart
    UniqueConstraint("username", "name", name="uq_inbox_view_name"),
)
