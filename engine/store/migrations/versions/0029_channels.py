"""Allowed hosts, webhooks, and people's own push channels."""

import sqlalchemy as sa
from alembic import op

from engine.store.tables.base import KEY

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing is allowed yet."""
    op.create_table(
        "allowed_host",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("pattern", sa.String(length=256), nullable=False),
        sa.Column("port", sa.Integer(), nullable=False),
        sa.Column("scheme", sa.String(length=5), nullable=False),
        sa.Column("private", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("added_by", sa.String(length=256), nullable=False),
        sa.Column("added_at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("uq_allowed_host", "allowed_host", ["pattern", "port", "scheme"], unique=True)
    op.create_table(
        "webhook",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=256), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("topics", sa.Text(), nullable=False),
        sa.Column("groups", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False, server_default=sa.true()),
        sa.Column("sealed_secret", sa.Text(), nullable=False),
        sa.Column("sealed_before", sa.Text(), nullable=True),
        sa.Column("before_until", sa.String(length=27), nullable=True),
        sa.Column("added_by", sa.String(length=256), nullable=False),
        sa.Column("added_at", sa.String(length=27), nullable=False),
        sa.Column("failing_since", sa.String(length=27), nullable=True),
        sa.Column("switched_off_at", sa.String(length=27), nullable=True),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "push_address",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("username", sa.String(length=256), nullable=False),
        sa.Column("label", sa.String(length=256), nullable=False),
        sa.Column("service", sa.String(length=16), nullable=False),
        sa.Column("sealed_address", sa.Text(), nullable=False),
        sa.Column("added_at", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(["username"], ["person.username"]),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("ix_push_address_person", "push_address", ["username"])
