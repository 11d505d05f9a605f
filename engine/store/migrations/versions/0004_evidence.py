"""What is proved: history, control points, deadlines, and what people wrote and were told."""

import sqlalchemy as sa
from alembic import op

from engine.store.tables.base import KEY

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what is new."""
    op.create_table(
        "checkpoint",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("made_at", sa.String(length=27), nullable=False),
        sa.Column("instances", sa.Integer(), nullable=False),
        sa.Column("root", sa.String(length=64), nullable=False),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "decision_import",
        sa.Column("importing_key", sa.BigInteger(), nullable=False),
        sa.Column("imported_key", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["imported_key"],
            ["decision_requirements.key"],
        ),
        sa.ForeignKeyConstraint(
            ["importing_key"],
            ["decision_requirements.key"],
        ),
        sa.PrimaryKeyConstraint("importing_key", "imported_key"),
    )
    op.create_table(
        "comment",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("process_instance_key", sa.BigInteger(), nullable=False),
        sa.Column("task_key", sa.BigInteger(), nullable=True),
        sa.Column("author", sa.String(length=256), nullable=False),
        sa.Column("written_at", sa.String(length=27), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["process_instance_key"],
            ["process_instance.key"],
        ),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index(op.f("ix_comment_process_instance_key"), "comment", ["process_instance_key"], unique=False)
    op.create_table(
        "control_point_result",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("process_instance_key", sa.BigInteger(), nullable=False),
        sa.Column("process_id", sa.String(length=256), nullable=False),
        sa.Column("task_key", sa.BigInteger(), nullable=False),
        sa.Column("element_id", sa.String(length=256), nullable=False),
        sa.Column("control_point_id", sa.String(length=256), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("detail", sa.Text(), nullable=True),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("recorded_by", sa.String(length=256), nullable=False),
        sa.ForeignKeyConstraint(
            ["process_instance_key"],
            ["process_instance.key"],
        ),
        sa.PrimaryKeyConstraint("key"),
        sa.UniqueConstraint("task_key", "control_point_id", name="uq_control_point_result"),
    )
    op.create_index(
        op.f("ix_control_point_result_process_instance_key"),
        "control_point_result",
        ["process_instance_key"],
        unique=False,
    )
    op.create_table(
        "deadline",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("process_instance_key", sa.BigInteger(), nullable=False),
        sa.Column("process_id", sa.String(length=256), nullable=False),
        sa.Column("deadline_id", sa.String(length=256), nullable=False),
        sa.Column("scope_key", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("started_at", sa.String(length=27), nullable=False),
        sa.Column("due_at", sa.String(length=27), nullable=False),
        sa.Column("late_until", sa.String(length=27), nullable=True),
        sa.Column("stopped_at", sa.String(length=27), nullable=True),
        sa.Column("stopped_by_element", sa.String(length=256), nullable=True),
        sa.Column("warnings", sa.Text(), nullable=False),
        sa.Column("late_reasons", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["process_instance_key"],
            ["process_instance.key"],
        ),
        sa.PrimaryKeyConstraint("key"),
        sa.UniqueConstraint("scope_key", "deadline_id", name="uq_deadline"),
    )
    op.create_index(op.f("ix_deadline_process_instance_key"), "deadline", ["process_instance_key"], unique=False)
    op.create_index("ix_deadline_state", "deadline", ["state", "due_at"], unique=False)
    op.create_table(
        "history_event",
        sa.Column("process_instance_key", sa.BigInteger(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("type", sa.String(length=64), nullable=False),
        sa.Column("actor", sa.String(length=256), nullable=False),
        sa.Column("on_behalf_of", sa.String(length=256), nullable=True),
        sa.Column("element_id", sa.String(length=256), nullable=True),
        sa.Column("element_instance_key", sa.BigInteger(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["process_instance_key"],
            ["process_instance.key"],
        ),
        sa.PrimaryKeyConstraint("process_instance_key", "sequence"),
    )
    op.create_index("ix_history_event_type", "history_event", ["process_instance_key", "type"], unique=False)
    op.create_table(
        "notification",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("recipient_kind", sa.String(length=8), nullable=False),
        sa.Column("recipient", sa.String(length=256), nullable=False),
        sa.Column("process_instance_key", sa.BigInteger(), nullable=True),
        sa.Column("task_key", sa.BigInteger(), nullable=True),
        sa.Column("about", sa.String(length=256), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("created_at", sa.String(length=27), nullable=False),
        sa.Column("read_at", sa.String(length=27), nullable=True),
        sa.ForeignKeyConstraint(
            ["process_instance_key"],
            ["process_instance.key"],
        ),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index(
        op.f("ix_notification_process_instance_key"), "notification", ["process_instance_key"], unique=False
    )
    op.create_index("ix_notification_recipient", "notification", ["recipient_kind", "recipient", "key"], unique=False)


def downgrade() -> None:
    """Take it away again."""
    op.drop_table("notification")
    op.drop_table("history_event")
    op.drop_table("deadline")
    op.drop_table("control_point_result")
    op.drop_table("comment")
    op.drop_table("decision_import")
    op.drop_table("checkpoint")
