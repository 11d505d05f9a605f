"""Accounts of the office's own at push services."""

import sqlalchemy as sa
from alembic import op

from engine.store.tables.base import KEY

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """There are none yet."""
    op.create_table(
        "push_service",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=256), nullable=False),
        sa.Column("service", sa.String(length=16), nullable=False),
        sa.Column("sealed_address", sa.Text(), nullable=False),
        sa.Column("added_by", sa.String(length=256), nullable=False),
        sa.Column("added_at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.add_column("push_address", sa.Column("service_key", sa.BigInteger(), nullable=True))
    op.create_index("ix_push_address_service_key", "push_address", ["service_key"])
