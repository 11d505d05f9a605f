"""Documents: files that people and workers hand in, perhaps for a case."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, String, Table, text

from engine.store.tables.base import Json, Moment, instance_column, metadata

document = Table(
    "document",
    metadata,
    Column("id", String(64), primary_key=True),
    instance_column(),
    Column("process_id", String(256)),
    Column("file_name", String(256), nullable=False),
    Column("content_type", String(256), nullable=False),  # as it was claimed; never served as such
    Column("size", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("custom_properties", Json, nullable=False),
    Column("uploaded_by", String(256), nullable=False),
    Column("uploaded_at", Moment, nullable=False),
    Column("expires_at", Moment),
    # a rank of model/access.py: its own, which counts where it is above that of its case
    Column("access_class", Integer, nullable=False, default=0, server_default="0"),
    # the user task whose form it was attached to, as long as that is not completed: its performer's alone until then
    Column("draft_of", BigInteger),
    Column("content", LargeBinary, nullable=False),
    Index("ix_document_instance", "process_instance_key"),
    Index("ix_document_uploader", "uploaded_by"),
    Index("ix_document_expiry", "expires_at"),
    Index(
        "ix_document_draft",
        "draft_of",
        sqlite_where=text("draft_of IS NOT NULL"),
        postgresql_where=text("draft_of IS NOT NULL"),
    ),
)
