"""Marks of tasks and saved views: what is a person's own in the inbox."""

import sqlalchemy as sa
from alembic import op

from engine.store.tables.base import KEY

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "task_mark",
        sa.Column("username", sa.String(length=256), nullable=False),
        sa.Column("task_key", sa.BigInteger(), nullable=False),
        sa.Column("process_instance_key", sa.BigInteger(), nullable=False),
        sa.Column("read_at", sa.String(length=27), nullable=True),
        sa.Column("snoozed_until", sa.String(length=27), nullable=True),
        sa.ForeignKeyConstraint(["process_instance_key"], ["process_instance.key"]),
        sa.ForeignKeyConstraint(["task_key"], ["user_task.key"]),
        sa.PrimaryKeyConstraint("username", "task_key"),
    )
    op.create_index("ix_task_mark_process_instance_key", "task_mark", ["process_instance_key"])
    op.create_index(
        "ix_task_mark_snoozed",
        "task_mark",
        ["username", "snoozed_until"],
        sqlite_where=sa.text("snoozed_until IS NOT NULL"),
        postgresql_where=sa.text("snoozed_until IS NOT NULL"),
    )
    op.create_table(
        "inbox_view",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("username", sa.String(length=256), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["username"], ["person.username"]),
        sa.PrimaryKeyConstraint("key"),
        sa.UniqueConstraint("username", "name", name="uq_inbox_view_name"),
    )
