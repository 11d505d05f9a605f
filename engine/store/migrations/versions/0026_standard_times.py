"""What reports of standard times count."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what is new. What began before has no standard time on record, and no report counts it."""
    op.add_column("element_instance", sa.Column("standard_due_at", sa.String(length=27), nullable=True))
    op.create_index(
        "ix_element_instance_measured",
        "element_instance",
        ["ended_at", "process_instance_key"],
        sqlite_where=sa.text("standard_due_at IS NOT NULL"),
        postgresql_where=sa.text("standard_due_at IS NOT NULL"),
    )
    op.add_column("user_task", sa.Column("standard_due_at", sa.String(length=27), nullable=True))
    op.add_column("user_task", sa.Column("claimed_at", sa.String(length=27), nullable=True))
    op.create_index("ix_user_task_process_done", "user_task", ["process_id", "completed_at"])
    op.create_table(
        "deleted_figure",
        sa.Column("process_id", sa.String(length=256), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("counts", sa.String(length=8), nullable=False),
        sa.Column("element_id", sa.String(length=256), nullable=False),
        sa.Column("candidate_groups", sa.Text(), nullable=False),
        sa.Column("access_class", sa.Integer(), nullable=False),
        sa.Column("counted", sa.Integer(), nullable=False),
        sa.Column("kept", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "process_id", "month", "version", "counts", "element_id", "candidate_groups", "access_class"
        ),
    )
