"""History and checkpoints become append-only, and checkpoints say which histories they cover, and how far."""

import sqlalchemy as sa
from alembic import op

from engine.store.tables.append_only import statements
from engine.store.tables.base import KEY

TABLES = ("history_event", "service_event", "checkpoint", "checkpoint_head")
revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """No release wrote checkpoints before: the table is made anew."""
    op.drop_table("checkpoint")
    op.create_table(
        "checkpoint",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("made_at", sa.String(length=27), nullable=False),
        sa.Column("instances", sa.Integer(), nullable=False),
        sa.Column("events", sa.Integer(), nullable=False),
        sa.Column("root", sa.String(length=64), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "checkpoint_head",
        sa.Column("process_instance_key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("head", sa.String(length=64), nullable=False),
        sa.Column("checkpoint_key", KEY, nullable=False),
        sa.ForeignKeyConstraint(["checkpoint_key"], ["checkpoint.key"]),
        sa.PrimaryKeyConstraint("process_instance_key", "sequence"),
    )
    op.create_index(op.f("ix_checkpoint_head_checkpoint_key"), "checkpoint_head", ["checkpoint_key"], unique=False)
    for table in TABLES:
        for statement in statements(op.get_bind().dialect.name, table):
            op.execute(statement)
