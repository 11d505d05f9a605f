"""Batch operations with their items, documents, and the number of an incident's text."""

import sqlalchemy as sa
from alembic import op

from engine.model.text_hash import text_hash
from engine.store.tables.base import KEY

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what is new; incidents that are there get the number of their text."""
    op.create_table(
        "batch_operation",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("type", sa.String(length=48), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("actor", sa.String(length=256), nullable=False),
        sa.Column("actor_kind", sa.String(length=16), nullable=False),
        sa.Column("on_behalf_of", sa.String(length=256), nullable=True),
        sa.Column("filter", sa.Text(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("completed", sa.Integer(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("errors", sa.Text(), nullable=False),
        sa.Column("created_at", sa.String(length=27), nullable=False),
        sa.Column("started_at", sa.String(length=27), nullable=True),
        sa.Column("ended_at", sa.String(length=27), nullable=True),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "batch_operation_item",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("batch_key", sa.BigInteger(), nullable=False),
        sa.Column("process_instance_key", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("processed_at", sa.String(length=27), nullable=True),
        sa.Column("error_message", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["batch_key"], ["batch_operation.key"]),
        sa.ForeignKeyConstraint(["process_instance_key"], ["process_instance.key"]),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("ix_batch_operation_item_state", "batch_operation_item", ["batch_key", "state", "key"])
    op.create_index(
        "uq_batch_operation_item", "batch_operation_item", ["process_instance_key", "batch_key"], unique=True
    )
    op.create_table(
        "document",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("process_instance_key", sa.BigInteger(), nullable=True),
        sa.Column("process_id", sa.String(length=256), nullable=True),
        sa.Column("file_name", sa.String(length=256), nullable=False),
        sa.Column("content_type", sa.String(length=256), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("custom_properties", sa.Text(), nullable=False),
        sa.Column("uploaded_by", sa.String(length=256), nullable=False),
        sa.Column("uploaded_at", sa.String(length=27), nullable=False),
        sa.Column("expires_at", sa.String(length=27), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["process_instance_key"], ["process_instance.key"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_document_instance", "document", ["process_instance_key"])
    op.create_index("ix_document_uploader", "document", ["uploaded_by"])
    op.create_index("ix_document_expiry", "document", ["expires_at"])
    op.add_column("incident", sa.Column("message_hash", sa.Integer(), nullable=True))
    incident = sa.table("incident", sa.column("key"), sa.column("message"), sa.column("message_hash"))
    for row in op.get_bind().execute(sa.select(incident.c.key, incident.c.message)).all():
        op.execute(sa.update(incident).where(incident.c.key == row.key).values(message_hash=text_hash(row.message)))


def downgrade() -> None:
    """Take it away again."""
    op.drop_column("incident", "message_hash")
    op.drop_table("document")
    op.drop_table("batch_operation_item")
    op.drop_table("batch_operation")
