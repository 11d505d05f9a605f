"""Conditions that start a process, and what has come of the events that must all come to start one."""

import sqlalchemy as sa
from alembic import op

from engine.store.tables.base import KEY

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what is new."""
    with op.batch_alter_table("subscription") as table:
        table.alter_column("kind", existing_type=sa.String(length=8), type_=sa.String(length=16), nullable=False)
        table.add_column(sa.Column("part", sa.Integer(), nullable=True))
    op.create_table(
        "start_arrival",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("process_id", sa.String(length=256), nullable=False),
        sa.Column("definition_key", sa.BigInteger(), nullable=False),
        sa.Column("element_id", sa.String(length=256), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("correlation_key", sa.String(length=256), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=256), nullable=False),
        sa.Column("variables", sa.Text(), nullable=False),
        sa.Column("arrived_at", sa.String(length=27), nullable=False),
        sa.Column("message_key", sa.BigInteger(), nullable=True),
        sa.Column("subscription_key", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["definition_key"], ["process_definition.key"]),
        sa.PrimaryKeyConstraint("key"),
        sa.UniqueConstraint("process_id", "element_id", "part", "correlation_key", name="uq_start_arrival"),
    )


def downgrade() -> None:
    """Take it away again."""
    op.drop_table("start_arrival")
    with op.batch_alter_table("subscription") as table:
        table.drop_column("part")
        table.alter_column("kind", existing_type=sa.String(length=16), type_=sa.String(length=8), nullable=False)
