"""Listeners: which event a job is for, whether it said no, and what a user task waits for meanwhile."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what is new."""
    unspecified = sa.Column("listener_event", sa.String(length=24), server_default="UNSPECIFIED", nullable=False)
    op.add_column("job", unspecified)
    op.add_column("job", sa.Column("denied", sa.Boolean(), nullable=True))
    op.add_column("job", sa.Column("denied_reason", sa.Text(), nullable=True))
    op.add_column("user_task", sa.Column("transition", sa.Text(), nullable=True))
