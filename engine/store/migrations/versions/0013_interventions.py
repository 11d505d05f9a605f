"""Interventions of operators that wait for a second person."""

import sqlalchemy as sa
from alembic import op

from engine.store.tables.base import KEY

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what is new."""
    op.create_table(
        "intervention",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("process_instance_key", sa.BigInteger(), nullable=False),
        sa.Column("process_id", sa.String(length=256), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("request", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("requested_by", sa.String(length=256), nullable=False),
        sa.Column("requested_at", sa.String(length=27), nullable=False),
        sa.Column("decided_by", sa.String(length=256), nullable=True),
        sa.Column("decided_at", sa.String(length=27), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["process_instance_key"], ["process_instance.key"]),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("ix_intervention_process_instance_key", "intervention", ["process_instance_key"])
    op.create_index("ix_intervention_state", "intervention", ["state", "process_id", "key"])
