"""Substitutions, and through whom a task was completed in another's name."""

import sqlalchemy as sa
from alembic import op

from engine.store.tables.base import KEY

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what is new."""
    op.add_column("user_task", sa.Column("completed_through", sa.String(length=256), nullable=True))
    op.create_table(
        "substitution",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("absent", sa.String(length=256), nullable=False),
        sa.Column("substitute", sa.String(length=256), nullable=False),
        sa.Column("scope", sa.String(length=16), nullable=False),
        sa.Column("scope_name", sa.String(length=256), server_default="", nullable=False),
        sa.Column("starts_at", sa.String(length=27), nullable=False),
        sa.Column("ends_at", sa.String(length=27), nullable=False),
        sa.Column("entered_by", sa.String(length=256), nullable=False),
        sa.Column("entered_at", sa.String(length=27), nullable=False),
        sa.Column("ended_by", sa.String(length=256), nullable=True),
        sa.CheckConstraint("absent <> substitute", name="ck_substitution_another"),
        sa.ForeignKeyConstraint(["absent"], ["person.username"]),
        sa.ForeignKeyConstraint(["substitute"], ["person.username"]),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("ix_substitution_absent", "substitution", ["absent", "ends_at"])
    op.create_index("ix_substitution_substitute", "substitution", ["substitute", "ends_at"])
