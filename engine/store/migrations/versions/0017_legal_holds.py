"""Legal holds of cases."""

import sqlalchemy as sa
from alembic import op

from engine.store.tables.base import KEY

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what is new."""
    op.create_table(
        "legal_hold",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("process_instance_key", sa.BigInteger(), nullable=False),
        sa.Column("root_key", sa.BigInteger(), nullable=False),
        sa.Column("process_id", sa.String(length=256), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("placed_by", sa.String(length=256), nullable=False),
        sa.Column("placed_at", sa.String(length=27), nullable=False),
        sa.Column("ended_by", sa.String(length=256), nullable=True),
        sa.Column("ended_at", sa.String(length=27), nullable=True),
        sa.Column("end_reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["process_instance_key"], ["process_instance.key"]),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("ix_legal_hold_process_instance_key", "legal_hold", ["process_instance_key"])
    is_open = sa.text("ended_at IS NULL")
    op.create_index(
        "ix_legal_hold_open", "legal_hold", ["root_key"], sqlite_where=is_open, postgresql_where=is_open
    )
