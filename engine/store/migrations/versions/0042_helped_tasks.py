"""Tasks that others help with are found by an index of those alone."""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Put a partial index in the place of the whole one."""
    op.drop_index("ix_user_task_owner", "user_task")
    op.create_index(
        "ix_user_task_helped",
        "user_task",
        ["owner", "delegation"],
        sqlite_where=sa.text("owner IS NOT NULL"),
        postgresql_where=sa.text("owner IS NOT NULL"),
    )
