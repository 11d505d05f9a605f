"""Drafts of processes, with the history of their files."""

import sqlalchemy as sa
from alembic import op

from engine.store.tables.base import KEY
from engine.store.tables.drafts import statements

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "model_draft",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("process_id", sa.String(length=256), nullable=True),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("kept_bytes", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.String(length=256), nullable=False),
        sa.Column("created_at", sa.String(length=27), nullable=False),
        sa.Column("updated_by", sa.String(length=256), nullable=False),
        sa.Column("updated_at", sa.String(length=27), nullable=False),
        sa.Column("deployment_key", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["deployment_key"], ["deployment.key"]),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("ix_model_draft_process", "model_draft", ["process_id", "key"])
    op.create_table(
        "model_draft_file",
        sa.Column("draft_key", sa.BigInteger(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(length=512), nullable=False),
        sa.Column("content", sa.Text(), nullable=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("author", sa.String(length=256), nullable=False),
        sa.Column("written_at", sa.String(length=27), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["draft_key"], ["model_draft.key"]),
        sa.PrimaryKeyConstraint("draft_key", "revision"),
    )
    op.create_index("ix_model_draft_file_path", "model_draft_file", ["draft_key", "path", "revision"])
    for statement in statements(op.get_bind().dialect.name):
        op.execute(statement)
