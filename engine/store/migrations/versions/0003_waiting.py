"""What waits, is called for, or went wrong: jobs, messages, subscriptions, incidents, decisions."""

import sqlalchemy as sa
from alembic import op

from engine.store.tables.base import KEY

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what is new."""
    op.create_table(
        "message",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=256), nullable=False),
        sa.Column("correlation_key", sa.String(length=256), nullable=False),
        sa.Column("message_id", sa.String(length=256), nullable=True),
        sa.Column("variables", sa.Text(), nullable=False),
        sa.Column("published_at", sa.String(length=27), nullable=False),
        sa.Column("expires_at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("key"),
        sa.UniqueConstraint("name", "correlation_key", "message_id", name="uq_message_id"),
    )
    op.create_index("ix_message_name", "message", ["name", "correlation_key"], unique=False)
    op.create_table(
        "message_correlated",
        sa.Column("message_key", sa.BigInteger(), nullable=False),
        sa.Column("process_id", sa.String(length=256), nullable=False),
        sa.ForeignKeyConstraint(["message_key"], ["message.key"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("message_key", "process_id"),
    )
    op.create_table(
        "decision_instance",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("evaluation_key", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("root_key", sa.BigInteger(), nullable=False),
        sa.Column("decision_key", sa.BigInteger(), nullable=False),
        sa.Column("decision_id", sa.String(length=256), nullable=False),
        sa.Column("decision_type", sa.String(length=32), nullable=False),
        sa.Column("process_instance_key", sa.BigInteger(), nullable=True),
        sa.Column("element_instance_key", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("evaluated_at", sa.String(length=27), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("inputs", sa.Text(), nullable=False),
        sa.Column("rules", sa.Text(), nullable=False),
        sa.Column("failure", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["process_instance_key"],
            ["process_instance.key"],
        ),
        sa.PrimaryKeyConstraint("key"),
        sa.UniqueConstraint("evaluation_key", "number", name="uq_decision_instance"),
    )
    op.create_index(
        op.f("ix_decision_instance_process_instance_key"), "decision_instance", ["process_instance_key"], unique=False
    )
    op.create_table(
        "incident",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("process_instance_key", sa.BigInteger(), nullable=False),
        sa.Column("definition_key", sa.BigInteger(), nullable=False),
        sa.Column("process_id", sa.String(length=256), nullable=False),
        sa.Column("element_instance_key", sa.BigInteger(), nullable=False),
        sa.Column("element_id", sa.String(length=256), nullable=False),
        sa.Column("job_key", sa.BigInteger(), nullable=True),
        sa.Column("error_type", sa.String(length=48), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.String(length=27), nullable=False),
        sa.Column("resolved_at", sa.String(length=27), nullable=True),
        sa.ForeignKeyConstraint(
            ["process_instance_key"],
            ["process_instance.key"],
        ),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index(op.f("ix_incident_process_instance_key"), "incident", ["process_instance_key"], unique=False)
    op.create_index("ix_incident_state", "incident", ["state", "key"], unique=False)
    op.create_table(
        "job",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("type", sa.String(length=256), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("due_at", sa.String(length=27), nullable=True),
        sa.Column("locked_until", sa.String(length=27), nullable=True),
        sa.Column("worker", sa.String(length=256), nullable=True),
        sa.Column("retries", sa.Integer(), server_default="3", nullable=False),
        sa.Column("priority", sa.Integer(), server_default="0", nullable=False),
        sa.Column("process_instance_key", sa.BigInteger(), nullable=True),
        sa.Column("element_instance_key", sa.BigInteger(), nullable=True),
        sa.Column("element_id", sa.String(length=256), nullable=True),
        sa.Column("process_id", sa.String(length=256), nullable=True),
        sa.Column("definition_key", sa.BigInteger(), nullable=True),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("custom_headers", sa.Text(), nullable=True),
        sa.Column("error_code", sa.String(length=256), nullable=True),
        sa.Column("error_message", sa.Text(), nullable=True),
        sa.Column("created_at", sa.String(length=27), nullable=False),
        sa.Column("updated_at", sa.String(length=27), nullable=True),
        sa.Column("ended_at", sa.String(length=27), nullable=True),
        sa.ForeignKeyConstraint(
            ["process_instance_key"],
            ["process_instance.key"],
        ),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index(
        "ix_job_due",
        "job",
        ["kind", "due_at"],
        unique=False,
        sqlite_where=sa.text("state = 'PENDING'"),
        postgresql_where=sa.text("state = 'PENDING'"),
    )
    op.create_index(op.f("ix_job_element_instance_key"), "job", ["element_instance_key"], unique=False)
    op.create_index(op.f("ix_job_process_instance_key"), "job", ["process_instance_key"], unique=False)
    op.create_index(
        "ix_job_type",
        "job",
        ["type", "key"],
        unique=False,
        sqlite_where=sa.text("state IN ('PENDING', 'LOCKED')"),
        postgresql_where=sa.text("state IN ('PENDING', 'LOCKED')"),
    )
    op.create_table(
        "message_correlation",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("message_key", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=256), nullable=False),
        sa.Column("correlation_key", sa.String(length=256), nullable=False),
        sa.Column("correlated_at", sa.String(length=27), nullable=False),
        sa.Column("subscription_key", sa.BigInteger(), nullable=False),
        sa.Column("process_id", sa.String(length=256), nullable=False),
        sa.Column("definition_key", sa.BigInteger(), nullable=False),
        sa.Column("process_instance_key", sa.BigInteger(), nullable=False),
        sa.Column("element_id", sa.String(length=256), nullable=False),
        sa.Column("element_instance_key", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["process_instance_key"],
            ["process_instance.key"],
        ),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("ix_message_correlation_name", "message_correlation", ["name", "correlation_key"], unique=False)
    op.create_index(
        op.f("ix_message_correlation_process_instance_key"),
        "message_correlation",
        ["process_instance_key"],
        unique=False,
    )
    op.create_table(
        "subscription",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("name", sa.String(length=256), nullable=False),
        sa.Column("correlation_key", sa.String(length=256), nullable=False),
        sa.Column("process_id", sa.String(length=256), nullable=False),
        sa.Column("process_instance_key", sa.BigInteger(), nullable=True),
        sa.Column("element_instance_key", sa.BigInteger(), nullable=True),
        sa.Column("definition_key", sa.BigInteger(), nullable=True),
        sa.Column("element_id", sa.String(length=256), nullable=False),
        sa.ForeignKeyConstraint(
            ["definition_key"],
            ["process_definition.key"],
        ),
        sa.ForeignKeyConstraint(
            ["process_instance_key"],
            ["process_instance.key"],
        ),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("ix_subscription_name", "subscription", ["kind", "name", "correlation_key"], unique=False)
    op.create_index(
        op.f("ix_subscription_process_instance_key"), "subscription", ["process_instance_key"], unique=False
    )


def downgrade() -> None:
    """Take it away again."""
    op.drop_table("subscription")
    op.drop_table("message_correlation")
    op.drop_table("job")
    op.drop_table("incident")
    op.drop_table("decision_instance")
    op.drop_table("message_correlated")
    op.drop_table("message")
