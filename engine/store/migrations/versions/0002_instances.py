"""What runs: instances, elements, variables, user tasks."""

import sqlalchemy as sa
from alembic import op

from engine.store.tables.base import KEY

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what is new."""
    op.create_table(
        "process_instance",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("root_key", sa.BigInteger(), nullable=False),
        sa.Column("parent_key", sa.BigInteger(), nullable=True),
        sa.Column("parent_element_instance_key", sa.BigInteger(), nullable=True),
        sa.Column("definition_key", sa.BigInteger(), nullable=False),
        sa.Column("process_id", sa.String(length=256), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("business_id", sa.String(length=256), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("execution", sa.Text(), nullable=True),
        sa.Column("execution_format", sa.Integer(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.String(length=27), nullable=False),
        sa.Column("started_by", sa.String(length=256), nullable=False),
        sa.Column("ended_at", sa.String(length=27), nullable=True),
        sa.Column("incidents", sa.Integer(), server_default="0", nullable=False),
        sa.Column("start_message", sa.String(length=256), nullable=True),
        sa.Column("start_correlation_key", sa.String(length=256), nullable=True),
        sa.Column("tags", sa.Text(), nullable=True),
        sa.Column("history_sequence", sa.Integer(), nullable=False),
        sa.Column("history_head", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["definition_key"],
            ["process_definition.key"],
        ),
        sa.ForeignKeyConstraint(
            ["parent_key"],
            ["process_instance.key"],
        ),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("ix_process_instance_list", "process_instance", ["process_id", "state", "key"], unique=False)
    op.create_index(op.f("ix_process_instance_root_key"), "process_instance", ["root_key"], unique=False)
    op.create_index(
        "uq_process_instance_business_id",
        "process_instance",
        ["process_id", "business_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL AND business_id IS NOT NULL AND parent_key IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL AND business_id IS NOT NULL AND parent_key IS NULL"),
    )
    op.create_index(
        "uq_process_instance_start_key",
        "process_instance",
        ["process_id", "start_message", "start_correlation_key"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL AND start_correlation_key IS NOT NULL AND start_correlation_key <> ''"),
        postgresql_where=sa.text(
            "ended_at IS NULL AND start_correlation_key IS NOT NULL AND start_correlation_key <> ''"
        ),
    )
    op.create_table(
        "element_instance",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("process_instance_key", sa.BigInteger(), nullable=False),
        sa.Column("scope_key", sa.BigInteger(), nullable=False),
        sa.Column("element_id", sa.String(length=256), nullable=False),
        sa.Column("element_name", sa.Text(), nullable=True),
        sa.Column("element_type", sa.String(length=48), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("started_at", sa.String(length=27), nullable=False),
        sa.Column("ended_at", sa.String(length=27), nullable=True),
        sa.Column("incident_key", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["process_instance_key"],
            ["process_instance.key"],
        ),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index(
        op.f("ix_element_instance_process_instance_key"), "element_instance", ["process_instance_key"], unique=False
    )
    op.create_table(
        "user_task",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("process_instance_key", sa.BigInteger(), nullable=False),
        sa.Column("root_key", sa.BigInteger(), nullable=False),
        sa.Column("definition_key", sa.BigInteger(), nullable=False),
        sa.Column("process_id", sa.String(length=256), nullable=False),
        sa.Column("process_version", sa.Integer(), nullable=False),
        sa.Column("process_name", sa.Text(), nullable=True),
        sa.Column("process_name_en", sa.Text(), nullable=True),
        sa.Column("business_id", sa.String(length=256), nullable=True),
        sa.Column("element_id", sa.String(length=256), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.Column("step_number", sa.String(length=32), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("assignee", sa.String(length=256), nullable=True),
        sa.Column("candidate_groups", sa.Text(), nullable=False),
        sa.Column("candidate_users", sa.Text(), nullable=False),
        sa.Column("due_at", sa.String(length=27), nullable=True),
        sa.Column("follow_up_at", sa.String(length=27), nullable=True),
        sa.Column("statutory_due_at", sa.String(length=27), nullable=True),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("form_key", sa.BigInteger(), nullable=True),
        sa.Column("external_form_reference", sa.Text(), nullable=True),
        sa.Column("custom_headers", sa.Text(), nullable=False),
        sa.Column("created_at", sa.String(length=27), nullable=False),
        sa.Column("completed_at", sa.String(length=27), nullable=True),
        sa.Column("completed_by", sa.String(length=256), nullable=True),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["process_instance_key"],
            ["process_instance.key"],
        ),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("ix_user_task_assignee", "user_task", ["assignee", "state", "due_at", "key"], unique=False)
    op.create_index("ix_user_task_done", "user_task", ["completed_by", "completed_at"], unique=False)
    op.create_index(op.f("ix_user_task_process_instance_key"), "user_task", ["process_instance_key"], unique=False)
    op.create_index("ix_user_task_state_due", "user_task", ["state", "due_at", "key"], unique=False)
    op.create_index(
        "ix_user_task_statutory",
        "user_task",
        ["statutory_due_at"],
        unique=False,
        sqlite_where=sa.text("state = 'CREATED' AND statutory_due_at IS NOT NULL"),
        postgresql_where=sa.text("state = 'CREATED' AND statutory_due_at IS NOT NULL"),
    )
    op.create_table(
        "variable",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("process_instance_key", sa.BigInteger(), nullable=False),
        sa.Column("scope_key", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=256), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["process_instance_key"],
            ["process_instance.key"],
        ),
        sa.PrimaryKeyConstraint("key"),
        sa.UniqueConstraint("scope_key", "name", name="uq_variable_scope_name"),
    )
    op.create_index(op.f("ix_variable_process_instance_key"), "variable", ["process_instance_key"], unique=False)
    op.create_table(
        "task_candidate",
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("name", sa.String(length=256), nullable=False),
        sa.Column("task_key", sa.BigInteger(), nullable=False),
        sa.Column("process_instance_key", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(length=8), nullable=False),
        sa.Column("due_sort", sa.String(length=27), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["process_instance_key"],
            ["process_instance.key"],
        ),
        sa.ForeignKeyConstraint(
            ["task_key"],
            ["user_task.key"],
        ),
        sa.PrimaryKeyConstraint("kind", "name", "task_key"),
    )
    op.create_index(
        "ix_task_candidate_due", "task_candidate", ["kind", "name", "status", "due_sort", "task_key"], unique=False
    )
    op.create_index(
        op.f("ix_task_candidate_process_instance_key"), "task_candidate", ["process_instance_key"], unique=False
    )
    op.create_index("ix_task_candidate_task", "task_candidate", ["task_key"], unique=False)
    op.create_table(
        "task_draft",
        sa.Column("task_key", sa.BigInteger(), nullable=False),
        sa.Column("person", sa.String(length=256), nullable=False),
        sa.Column("variables", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(
            ["task_key"],
            ["user_task.key"],
        ),
        sa.PrimaryKeyConstraint("task_key", "person"),
    )


def downgrade() -> None:
    """Take it away again."""
    op.drop_table("task_draft")
    op.drop_table("task_candidate")
    op.drop_table("variable")
    op.drop_table("user_task")
    op.drop_table("element_instance")
    op.drop_table("process_instance")
