"""Co-signatures: who is asked to sign what a person filled in, and what they said."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, String, Table, Text, text

from engine.store.tables.base import Moment, instance_column, key_column, metadata

co_signature = Table(
    "co_signature",
    metadata,
    key_column(),
    instance_column(nullable=False, index=True),
    Column("task_key", BigInteger, nullable=False, index=True),
    Column("kind", String(8), nullable=False),  # user | group: one member of it
    Column("name", String(256), nullable=False),
    Column("source", String(8), nullable=False),  # DIAGRAM | PERSON: who asks for it
    Column("state", String(8), nullable=False),  # PENDING AGREED REFUSED; VOID: what it was about has changed
    Column("digest", String(64), nullable=False),  # SHA-256 of what was laid before them
    Column("asked_by", String(256), nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("signed_by", String(256)),
    Column("signed_through", String(256)),  # the substitute who signed in that name
    Column("signed_at", Moment),
    Column("reason", Text),
    Index("ix_co_signature_asked", "state", "kind", "name", "task_key"),
    Index(
        "ix_co_signature_signed",
        "signed_by",
        "process_instance_key",
        sqlite_where=text("signed_by IS NOT NULL"),
        postgresql_where=text("signed_by IS NOT NULL"),
    ),
)
