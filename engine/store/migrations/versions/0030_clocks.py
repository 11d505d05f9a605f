"""What the register of deadlines keeps of each clock, who watches over it, and to when it was extended."""

import sqlalchemy as sa
from alembic import op

from engine.store.tables.base import KEY

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what is new. A clock of before has no unit, and is told by the version that its case runs by now."""
    op.add_column("deadline", sa.Column("owner_unit", sa.String(length=256), nullable=True))
    op.add_column("deadline", sa.Column("definition_key", sa.BigInteger(), nullable=True))
    op.add_column("deadline", sa.Column("extended_until", sa.String(length=27), nullable=True))
    op.create_index("ix_deadline_due", "deadline", ["due_at"])
    op.create_table(
        "deadline_record",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("process_instance_key", sa.BigInteger(), nullable=False),
        sa.Column("deadline_key", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("by", sa.String(length=256), nullable=False),
        sa.Column("through", sa.String(length=256), nullable=True),
        sa.Column("approved_by", sa.String(length=256), nullable=True),
        sa.Column("element_id", sa.String(length=256), nullable=True),
        sa.Column("happened_at", sa.String(length=27), nullable=True),
        sa.Column("due_before", sa.String(length=27), nullable=True),
        sa.Column("due_after", sa.String(length=27), nullable=True),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("document_id", sa.String(length=64), nullable=True),
        sa.Column("document_name", sa.String(length=256), nullable=True),
        sa.ForeignKeyConstraint(["process_instance_key"], ["process_instance.key"]),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("ix_deadline_record_process_instance_key", "deadline_record", ["process_instance_key"])
    op.create_index("ix_deadline_record_deadline_key", "deadline_record", ["deadline_key"])
    op.create_table(
        "deadline_overseer",
        sa.Column("deadline_key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("group_key", sa.String(length=256), nullable=False),
        sa.Column("process_instance_key", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["process_instance_key"], ["process_instance.key"]),
        sa.PrimaryKeyConstraint("deadline_key", "group_key"),
    )
    op.create_index("ix_deadline_overseer_instance", "deadline_overseer", ["process_instance_key", "group_key"])
