"""What auditors look for among all cases is found by index."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the indexes."""
    op.create_index("ix_process_instance_started", "process_instance", ["started_at", "key"])
    op.create_index("ix_process_instance_starter", "process_instance", ["started_by"])
    op.create_index(
        "ix_user_task_done_through",
        "user_task",
        ["completed_through"],
        sqlite_where=sa.text("completed_through IS NOT NULL"),
        postgresql_where=sa.text("completed_through IS NOT NULL"),
    )
    op.create_index("ix_control_point_result_state", "control_point_result", ["state", "recorded_at", "key"])
