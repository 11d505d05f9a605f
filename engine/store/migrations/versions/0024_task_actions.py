"""Tasks that somebody helps with, and co-signatures."""

import sqlalchemy as sa
from alembic import op

from engine.store.tables.base import KEY

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what is new."""
    op.add_column("user_task", sa.Column("owner", sa.String(length=256), nullable=True))
    op.add_column("user_task", sa.Column("delegation", sa.String(length=16), nullable=True))
    op.add_column("user_task", sa.Column("hands", sa.Text(), nullable=False, server_default="[]"))
    op.add_column("user_task", sa.Column("signing", sa.String(length=64), nullable=True))
    op.create_index("ix_user_task_owner", "user_task", ["owner", "delegation"])
    op.create_table(
        "co_signature",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("process_instance_key", sa.BigInteger(), nullable=False),
        sa.Column("task_key", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("name", sa.String(length=256), nullable=False),
        sa.Column("source", sa.String(length=8), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("asked_by", sa.String(length=256), nullable=False),
        sa.Column("asked_at", sa.String(length=27), nullable=False),
        sa.Column("signed_by", sa.String(length=256), nullable=True),
        sa.Column("signed_through", sa.String(length=256), nullable=True),
        sa.Column("signed_at", sa.String(length=27), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["process_instance_key"], ["process_instance.key"]),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("ix_co_signature_process_instance_key", "co_signature", ["process_instance_key"])
    op.create_index("ix_co_signature_task_key", "co_signature", ["task_key"])
    op.create_index("ix_co_signature_asked", "co_signature", ["state", "kind", "name", "task_key"])
