"""Who has the page of a task open."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "task_presence",
        sa.Column("task_key", sa.BigInteger(), primary_key=True),
        sa.Column("username", sa.String(length=256), primary_key=True),
        sa.Column("arrived_at", sa.String(length=27), nullable=False),
        sa.Column("seen_at", sa.String(length=27), nullable=False),
    )
    op.create_index("ix_task_presence_seen", "task_presence", ["seen_at"])
