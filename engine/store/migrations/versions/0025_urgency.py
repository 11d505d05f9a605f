"""The inbox sorts by the earlier of a task's due date and its case's statutory one."""

from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What open tasks are sorted by follows from their columns."""
    op.execute(
        "UPDATE task_candidate SET due_sort = (SELECT statutory_due_at FROM user_task WHERE key = task_key) "
        "WHERE status <> 'closed' AND EXISTS (SELECT 1 FROM user_task WHERE key = task_key "
        "AND statutory_due_at IS NOT NULL AND (due_at IS NULL OR statutory_due_at < due_at))"
    )
    op.drop_index("ix_user_task_statutory", "user_task")
